"""The profile section of the points shop in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.records.profiles import describe_section

SHOP = {
    "refill_days": _("working days in which goods that run low are got"),
    "settle_days": _("working days for each step of a settlement"),
}

describe_section("shop", pgettext_lazy("shop", "Points shop"), SHOP)
