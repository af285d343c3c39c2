"""Of which level a place is, as quotas and coverage speak of it."""

from typing import Final

from django.db.models import F, Q

from linli.contacts.sections import Level
from linli.territory.models import Place

OF_LEVEL: Final[dict[Level, tuple[str, Q]]] = {
    "street": ("division", Q(street_id=F("pk"))),
    "community": ("division", Q(community_id=F("pk"))),
    "grid": ("grid", Q()),
    "building": ("building", Q()),
}


def level_of(place: Place) -> Level | None:
    """The level of a place, if one answers for places of it."""
    if place.type == Place.Type.DIVISION:
        if place.community_id == place.pk:
            return "community"
        return "street" if place.street_id == place.pk else None
    return {"grid": "grid", "building": "building"}.get(place.type)  # type: ignore[return-value]


def places_of(level: Level) -> Q:
    """The current places of a level."""
    kind, condition = OF_LEVEL[level]
    return Q(type=kind, until=None, placeholder=False) & condition
