"""The profile section of notices in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.records.profiles import describe_section

NOTICES = {
    "kinds": _("kinds of notices, and what is asked of each"),
    "ends": pgettext_lazy("notice", "says until when it holds"),
    "urgent": pgettext_lazy("notice", "may reach people at once"),
    "approval": pgettext_lazy("notice", "a second person publishes it"),
    "approve_days": _("working days in which a notice is approved"),
    "letter_months": _("months from one letter to those who live elsewhere to the next"),
}

describe_section("notices", _("Notices"), NOTICES)
