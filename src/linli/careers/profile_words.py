"""The profile section of careers in words."""

from django.utils.translation import gettext_lazy as _

from linli.records.profiles import describe_section

CAREERS = {
    "ladder": _("rungs of the career ladder, from the lowest up"),
    "posts": _("kinds of posts"),
    "steps": _("steps of a promotion"),
    "fills": _("reserve that is used by an appointment"),
    "criteria": _("criteria of selection"),
    "factors": _("factors of staffing"),
    "staffing": _("how many community workers a place should have"),
    "per_10000": _("community workers for 10,000 urban residents, by the national rule"),
    "own_per_10000": _("community workers for 10,000 urban residents, by the place's own rule"),
    "series": _("statistic of urban residents"),
    "grid_workers": _("grid workers for each grid"),
    "reserves": _("how many reserves each community has"),
    "secretary": _("reserves for secretary"),
    "committee": _("reserves for other committee posts"),
    "approve_days": _("working days in which a nomination is decided"),
    "fill_days": _("working days in which a gap is filled"),
    "talents": _("categories of talents"),
    "elder": _("one of the five olds"),
    "components": _("parts of pay"),
    "allowances": _("allowances with their bands"),
    "least": _("at least, yuan a month"),
    "most": _("at most, yuan a month"),
    "steward_unit": _("kind of household group that a steward has"),
}

describe_section("careers", _("Careers"), CAREERS)
