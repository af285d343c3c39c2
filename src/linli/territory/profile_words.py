"""The profile's `grids.yaml` in words."""

from django.utils.translation import gettext_lazy as _

from linli.records.profiles import describe_section

WORDS = {
    "levels": _("levels of grids"),
    "kinds": _("kinds of grids"),
    "codes": _("code schemes"),
    "checklist": _("checklist of grids"),
    "days": _("days until it is due again"),
    "categories": _("categories of matters"),
    "households_from": _("households from"),
    "households_to": _("households to"),
    "overlay": _("lies over the others"),
    "services": _("services"),
    "level": _("level"),
    "kind": _("kind"),
    "pattern": _("pattern"),
    "length": _("digits of the code"),
    "within": _("begins with the code above"),
}

describe_section("grids", _("Grids"), WORDS)
