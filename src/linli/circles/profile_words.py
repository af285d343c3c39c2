"""The profile section of circles in words."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.circles.sections import CirclesSection
from linli.circles.workflow import GROUPS
from linli.records.profiles import describe_section

CIRCLES = {
    "minutes": _("minutes that a walk takes at most"),
    "km_per_hour": _("kilometres that one walks in an hour"),
    "nearest_m": _("metres to the street that a home or facility belongs to, at most"),
    "idle": _("states of facilities that stand idle"),
    "kinds": pgettext_lazy("circle", "kinds of services"),
    "group": pgettext_lazy("circle", "group"),
    "facilities": _("kinds of facilities that count for it"),
    **dict(GROUPS),
}


def _built_in() -> dict[str, Any]:
    return CirclesSection().model_dump(mode="json", include={"kinds"})


describe_section("circles", _("15-minute circle"), CIRCLES, built_in=_built_in, choices={"group": lambda: dict(GROUPS)})
