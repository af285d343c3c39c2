"""Reserves: the list, one of them, and which communities hold fewer than they should."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, QuerySet

from linli.careers import policies
from linli.careers.models import ReserveCandidate
from linli.careers.sections import section
from linli.careers.workflow import COMMITTEE, RESERVES, SECRETARY, TARGETS
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.workflow import Step
from linli.territory.models import Place

PAGE: Final = 50
TONES: Final = {
    "nominated": ("yellow", "clock"),
    "held": ("green", "circle-check"),
    "refused": ("grey", "circle-x"),
    "appointed": ("grey", "circle-check"),
    "left": ("grey", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is asked for."""

    target: str = ""
    state: str = ""
    words: str = ""
    before: tuple[date, int] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A reserve candidate in a list."""

    row: ReserveCandidate
    standing: tuple[str, str, Any]


@dataclass(frozen=True, slots=True)
class ReservePage:
    """One reserve candidate with what may be done."""

    line: Line
    steps: list[Step]
    verbs: list[str]


@dataclass(frozen=True, slots=True)
class Holding:
    """What a community holds against what it should."""

    place: Place
    secretaries: int
    secretaries_wanted: int
    committee: int
    committee_wanted: int
    nominated: int = 0

    @property
    def secretaries_missing(self) -> int:
        """How many reserves for secretary are missing."""
        return max(0, self.secretaries_wanted - self.secretaries)

    @property
    def committee_missing(self) -> int:
        """How many reserves for the other posts are missing."""
        return max(0, self.committee_wanted - self.committee)

    @property
    def short(self) -> bool:
        """Whether something is missing."""
        return bool(self.secretaries_missing or self.committee_missing)


def held_at(place_id: int) -> dict[str, int]:
    """How many a community has in reserve, by target."""
    rows = ReserveCandidate.objects.filter(place_id=place_id, state="held").values_list("target")
    return dict(rows.annotate(many=Count("pk")).order_by())


def holdings(actor: Actor, *, short_only: bool = False) -> list[Holding]:
    """Every community for which the actor nominates or decides, with what it holds; those that fall short alone."""
    places = list(Place.objects.filter(policies.communities_of(actor)).select_related("street").order_by("path"))
    found = _holdings(places)
    return [item for item in found if item.short] if short_only else found


def holding_of(actor: Actor, place_id: int) -> Holding:
    """One community with what it holds. Raises: not_found"""
    places = list(Place.objects.filter(policies.communities_of(actor), pk=place_id).select_related("street"))
    if not places:
        raise NotFound
    return _holdings(places)[0]


def _holdings(places: Iterable[Place]) -> list[Holding]:
    rules = section()
    rows = ReserveCandidate.objects.filter(state__in=["nominated", "held"])
    counted: dict[int, dict[tuple[str, str], int]] = defaultdict(dict)
    for place_id, target, state, many in rows.values_list("place_id", "target", "state").annotate(many=Count("pk")):
        counted[place_id][target, state] = many
    return [
        Holding(
            place,
            counted[place.pk].get((SECRETARY, "held"), 0),
            rules.wanted(SECRETARY),
            counted[place.pk].get((COMMITTEE, "held"), 0),
            rules.wanted(COMMITTEE),
            sum(counted[place.pk].get((target, "nominated"), 0) for target, _label in TARGETS),
        )
        for place in places
    ]


def seen_by(actor: Actor) -> QuerySet[ReserveCandidate]:
    """The reserves that somebody sees."""
    rows = ReserveCandidate.objects.filter(policies.reserves_visible_to(actor))
    return rows.select_related("person", "place__street")


def listed(actor: Actor, wanted: Wanted, place_id: int | None = None) -> tuple[list[Line], str]:
    """A page of reserves, the latest first, and the key of the next; empty where there is none."""
    rows = seen_by(actor)
    rows = rows.filter(place_id=place_id) if place_id else rows
    rows = rows.filter(target=wanted.target) if wanted.target else rows
    rows = rows.filter(state=wanted.state) if wanted.state else rows
    rows = rows.filter(person__name__icontains=wanted.words) if wanted.words else rows
    rows = rows.filter(pk__lt=wanted.before[1]) if wanted.before else rows
    page = list(rows.order_by("-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    return [_line(row) for row in page[:PAGE]], f"{clock.day_of(more.nominated)}.{more.pk}" if more else ""


def reserve_page(actor: Actor, pk: int) -> ReservePage:
    """One reserve candidate. Raises: not_found"""
    row = seen_by(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return ReservePage(_line(row), RESERVES.line_of_steps(row.state), policies.reserve_verbs(actor, row))


def _line(row: ReserveCandidate) -> Line:
    return Line(row, (*TONES[row.state], RESERVES.label(row.state)))
