"""The figures of a place that everybody may read, and the way to it and on from it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.core.errors import NotFound
from linli.records.figures.compile import Scope
from linli.records.figures.publishing import Level, Published, public_day, published
from linli.territory.models import Place
from linli.territory.queries import root_place


@dataclass(frozen=True, slots=True)
class PublicPlace:
    """A division with its published figures, the divisions above it and those in it."""

    place: Place
    day: date
    above: tuple[Place, ...]
    inside: tuple[Place, ...]
    figures: tuple[Published, ...]

    @property
    def withholds(self) -> bool:
        """Whether anything is withheld, so that the page says why."""
        return any(item.withheld for item in self.figures)

    @property
    def least(self) -> int:
        """The fewest persons that are counted in public."""
        return self.figures[0].least

    def as_dict(self) -> dict[str, Any]:
        """The public document."""
        return {
            "place": {"code": self.place.code, "name": self.place.name},
            "as_of": self.day.isoformat(),
            "figures": [item.as_dict() for item in self.figures],
        }


def public_place(code: str = "") -> PublicPlace:
    """What is published of a division: the whole, a street or a community; nothing smaller. Raises: not_found."""
    root = root_place()
    held = Place.objects.filter(type=Place.Type.DIVISION, until=None, placeholder=False)
    place = held.select_related("street").filter(code=code).first() if code else root
    if root is None or place is None or not place.path.startswith(root.path):
        raise NotFound
    # A division between these levels is none whose siblings could be asked for in one go.
    if place.pk not in (root.pk, place.street_id, place.community_id):
        raise NotFound
    day = public_day()
    street = place.street if place.street_id not in (None, place.pk, root.pk) else None
    above = tuple(item for item in (root, street) if item and item.pk != place.pk)
    inside = held.filter(parent=place).exclude(code="").order_by("code")
    figures = published(day, Scope(place.code, place.path), _levels(place, above))
    return PublicPlace(place, day, above, tuple(inside), tuple(figures))


def _levels(place: Place, above: tuple[Place, ...]) -> list[Level]:
    """The steps from the whole down to a place."""
    steps = [*above[1:], place] if above else []
    return [
        Level(Scope(upper.code, upper.path), "community" if own.pk == own.community_id else "street", own.pk)
        for upper, own in zip(above, steps, strict=True)
    ]
