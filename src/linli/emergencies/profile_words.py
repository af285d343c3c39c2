"""The profile section of emergencies in words."""

from django.utils.translation import gettext_lazy as _

from linli.records.profiles import describe_section

EMERGENCIES = {
    "kinds": _("kinds of emergencies"),
    "levels": _("levels of an emergency, the lowest first"),
    "needs": _("kinds of help that a help card may ask for, never conditions of people"),
    "check_days": _("days after which an emergency plan is looked through again"),
    "review_days": _("working days in which an emergency is reviewed after its end"),
    "most_days": _("days for which an emergency may be planned at once"),
    "card_days": _("days for which a help card holds unless it is renewed"),
    "few": _("fewest help cards of which the number is told"),
}

describe_section("emergencies", _("Emergencies"), EMERGENCIES)
