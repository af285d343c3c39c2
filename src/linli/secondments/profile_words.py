"""The profile section of secondments in words."""

from django.utils.translation import gettext_lazy as _

from linli.records.profiles import describe_section

SECONDMENTS = {
    "roles": _("roles in which people are sent"),
    "roles.post": _("kind of post that it gives"),
    "roles.term_months": _("months of a term"),
    "roles.days_a_month": _("days on site a month"),
    "roles.insurance": _("least cover of the accident insurance, in yuan"),
    "roles.fund": _("least work fund, in yuan"),
    "roles.visits_a_quarter": _("visits of the sending body in a quarter, at least"),
    "roles.transfers": _("what is transferred to the host"),
    "roles.fixed": _("place, person, target and duty are fixed at the beginning"),
    "state_days": _("working days in which a month is stated"),
    "confirm_days": _("working days in which a month is confirmed"),
    "end_days": _("days before the end of a term at which one is reminded"),
}

describe_section("secondments", _("Secondments"), SECONDMENTS)
