"""The profile section of stars in words."""

from django.utils.translation import gettext_lazy as _

from linli.records.profiles import describe_section

STARS = {
    "levels": _("stars, and the hours that reach them"),
    "basis": _("the rule on which the stars rest"),
    "notice_days": _("working days of public notice"),
}

describe_section("stars", _("Stars of volunteers"), STARS)
