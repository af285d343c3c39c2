"""The profile sections of deliberation in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.records.profiles import describe_section

MEETINGS = {
    "kinds": _("kinds of meetings"),
    "family": pgettext_lazy("meeting", "family"),
    "rhythm": _("how often"),
    "every_days": _("every so many days"),
    "starts": _("hour at which it begins"),
    "minutes": _("length in minutes"),
    "forum": _("residents' forums"),
    "joint": _("joint meetings"),
    "party": _("Party life"),
    "week": pgettext_lazy("rhythm", "every week"),
    "month": pgettext_lazy("rhythm", "every month"),
    "quarter": pgettext_lazy("rhythm", "every quarter"),
    "days": pgettext_lazy("rhythm", "every so many days"),
}

describe_section("meetings", _("Forums and joint meetings"), MEETINGS)
