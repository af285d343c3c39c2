"""Attested hours of one person, and the star that they reach on a day. Shown to that person; nobody is ranked."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from linli.activities import stars_section
from linli.activities.models import ServiceRecord
from linli.activities.stars_section import StarLevel
from linli.core import clock


@dataclass(frozen=True, slots=True)
class Stars:
    """How many minutes were attested until a day, the star reached, and the one that comes next."""

    on: date
    minutes: int
    level: StarLevel | None
    following: StarLevel | None
    levels: tuple[StarLevel, ...]

    @property
    def hours(self) -> str:
        """The hours, with at most one decimal."""
        return hours(self.minutes)

    @property
    def missing(self) -> str:
        """The hours until the next star; empty above the last."""
        return hours(self.following.hours * 60 - self.minutes) if self.following else ""

    @property
    def count(self) -> int:
        """How many stars that is."""
        return self.levels.index(self.level) + 1 if self.level else 0

    @property
    def whole(self) -> int:
        """The minutes that the next star needs altogether, else those there are."""
        return self.following.hours * 60 if self.following else self.minutes


def hours(minutes: int) -> str:
    """Minutes as hours with at most one decimal, rounded down: no certificate says more than was served."""
    tenths = minutes * 10 // 60
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"


def minutes_of(person_id: int, on: date | None = None) -> int:
    """The attested minutes of a person until the end of a day, today where none is given."""
    rows = ServiceRecord.objects.filter(person_id=person_id, state="attested", day__lte=on or clock.today())
    return int(rows.aggregate(all=Sum("minutes"))["all"] or 0)


def stars_of(person_id: int, on: date | None = None) -> Stars:
    """The stars of a person on a day (VOL-12): computed from attested records only, kept nowhere."""
    day = on or clock.today()
    minutes = minutes_of(person_id, day)
    level, following = stars_section.star_of(minutes), stars_section.next_star(minutes)
    return Stars(day, minutes, level, following, stars_section.section().levels)
