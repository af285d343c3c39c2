"""The profile section of teams in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.records.profiles import describe_section

TEAMS = {
    "kinds": _("kinds of teams"),
    "composition": _("who must be in a team of this kind"),
    "of": _("capacities that are counted together"),
    "exactly": _("exactly so many"),
    "at_least": _("at least so many"),
    "capacities": _("in which capacity people belong to a team"),
    "posts": _("kinds of posts"),
    "decide_days": _("working days to prolong or dissolve a team after its planned end"),
}

describe_section("teams", pgettext_lazy("team", "Teams"), TEAMS)
