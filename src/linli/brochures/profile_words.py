"""The profile section of brochures in words."""

from django.utils.translation import gettext_lazy as _

from linli.records.profiles import describe_section

BROCHURES = {
    "numbers": _("numbers printed on the back of every brochure"),
    "groups": _("groups to whom packs are sent"),
    "low_copies": _("copies left at which a point is owed more"),
    "restock_days": _("working days in which a point gets more"),
}

describe_section("brochures", _("Pocket brochures"), BROCHURES)
