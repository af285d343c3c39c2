"""The profile section of members in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.records.profiles import describe_section

MEMBERS = {
    "services": pgettext_lazy("members", "kinds of turn-outs"),
    "modes": pgettext_lazy("participation", "modes of taking part"),
    "modes_called": pgettext_lazy("participation", "what the modes are called together"),
    "services_a_month": _("turn-outs that a member owes each month"),
    "households": _("households with which a member is paired"),
    "declined_counts": _("a household that was asked and declined counts"),
    "two_bodies": _("the employer of a member is asked for"),
    "confirm_days": _("working days in which a turn-out is confirmed"),
    "attach_days": _("working days in which every member is counted in a grid; 0 asks for nothing"),
    "least_told": _("members of a unit from which on it is told totals"),
}

describe_section("members", _("Members who serve"), MEMBERS)
