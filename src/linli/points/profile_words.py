"""The profile section of points in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.points.sections import DEFAULTS
from linli.points.workflow import KINDS
from linli.records.profiles import describe_section

POINTS = {
    "rules": _("what earns points"),
    "kind": pgettext_lazy("points", "for what"),
    "per": pgettext_lazy("points", "for each"),
    "amount": pgettext_lazy("points", "points"),
    "cap_day": _("at most in a day"),
    "cap_month": _("at most in a month"),
    "first_only": pgettext_lazy("points", "only for the first who reports it"),
    "since": _("in force from"),
    "until": _("in force until"),
    "expire_months": _("months after which points expire"),
    "reserve_days": _("days for which reserved goods are kept"),
    "hour": pgettext_lazy("points", "hour"),
    "time": pgettext_lazy("points", "time"),
    **dict(KINDS),
}


def _built_in() -> dict[str, Any]:
    return {"rules": [rule.model_dump(mode="json", exclude_defaults=True) for rule in DEFAULTS]}


describe_section("points", pgettext_lazy("points", "Points"), POINTS, _built_in)
