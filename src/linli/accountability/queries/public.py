"""The figures of a place that everybody may read, and the way to it and on from it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from linli.publishing.queries.divisions import public_division
from linli.records.figures.publishing import Published, public_day, published
from linli.territory.models import Place


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
    division, day = public_division(code), public_day()
    figures = published(day, division.scope, division.levels)
    return PublicPlace(division.place, day, division.above, tuple(division.inside), tuple(figures))
