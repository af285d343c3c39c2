"""What a place should have against who is there: people counted once, posts apart; and the forces around them."""

from collections import Counter
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Any

from django.db.models import Count, Sum

from linli.careers import policies
from linli.careers.models import StaffingPlan
from linli.careers.sections import section
from linli.careers.workflow import MANAGE, NOMINATE
from linli.core import clock
from linli.core.actors import Actor
from linli.organizations.models import Post
from linli.organizations.policies import held_on
from linli.organizations.sections import kinds_in_force
from linli.territory.models import Place, Statistic

GRID_WORKER = "grid_worker"


@dataclass(frozen=True, slots=True)
class Staff:
    """A community: how many community workers it should have by each measure, and how many are there.

    `persons` are counted once, `posts` each. A measure that nobody gave is None.
    """

    place: Place
    residents: int | None
    by_rule: int | None
    own: int | None
    planned: int | None
    persons: int
    posts: int
    grids: int
    grid_workers: int

    @property
    def wanted(self) -> int | None:
        """What it should have: by its plan, else by the place's own ratio, else by the national rule."""
        return next((item for item in (self.planned, self.own, self.by_rule) if item is not None), None)

    @property
    def missing(self) -> int | None:
        """How many are missing; below zero where there are more."""
        return None if self.wanted is None else self.wanted - self.persons

    @property
    def grids_missing(self) -> int:
        """How many grid workers are missing."""
        return max(0, self.grids * section().staffing.grid_workers - self.grid_workers)


@dataclass(frozen=True, slots=True)
class Force:
    """A kind of post: how many hold it, and how many posts of it there are."""

    label: str
    persons: int
    posts: int


def ratio(residents: int | None, per_10000: Decimal | None) -> int | None:
    """How many a ratio per ten thousand residents asks for, rounded up."""
    if residents is None or per_10000 is None:
        return None
    return int((residents * per_10000 / 10000).to_integral_value(ROUND_CEILING))


def staffing(actor: Actor) -> list[Staff]:
    """Every community for which the actor nominates or decides."""
    rules = section().staffing
    places = list(Place.objects.filter(policies.communities_of(actor)).select_related("street").order_by("path"))
    residents = _by(Statistic.objects.filter(held_on(clock.today()), series=rules.series), Sum("value"))
    held = Post.objects.filter(held_on(clock.today()), person__isnull=False)
    workers = held.filter(kind__in=rules.posts)
    persons, posts = _by(workers, Count("person", distinct=True)), _by(workers, Count("pk"))
    grid_workers = _by(held.filter(kind=GRID_WORKER), Count("person", distinct=True))
    grids = _grids()
    plans = dict(StaffingPlan.objects.filter(until=None).values_list("place_id", "posts"))
    return [
        Staff(
            place,
            many := int(residents[place.pk]) if place.pk in residents else None,
            ratio(many, rules.per_10000),
            ratio(many, rules.own_per_10000),
            plans.get(place.pk),
            persons.get(place.pk, 0),
            posts.get(place.pk, 0),
            grids.get(place.pk, 0),
            grid_workers.get(place.pk, 0),
        )
        for place in places
    ]


def totals(actor: Actor) -> tuple[int, int]:
    """How many people work in communities in all, each counted once, and how many posts they hold."""
    held = Post.objects.filter(_at(actor), held_on(clock.today()), kind__in=section().staffing.posts)
    found = held.filter(person__isnull=False).aggregate(persons=Count("person", distinct=True), posts=Count("pk"))
    return found["persons"], found["posts"]


def forces(actor: Actor) -> tuple[list[Force], Force]:
    """Everybody in any post by its kind, and all of them counted once (PPL-22)."""
    kinds = kinds_in_force()
    rows = Post.objects.filter(_at(actor), held_on(clock.today()), person__isnull=False)
    counted = rows.values_list("kind").annotate(persons=Count("person", distinct=True), posts=Count("pk"))
    lines = [
        Force(kinds[code].named if code in kinds else code, persons, posts)
        for code, persons, posts in counted.order_by("kind")
    ]
    every = rows.aggregate(persons=Count("person", distinct=True), posts=Count("pk"))
    return lines, Force("", every["persons"], every["posts"])


def _at(actor: Actor) -> Any:
    return actor.places(MANAGE) | actor.places(NOMINATE)


def _by(rows: Any, what: Any) -> dict[int, Any]:
    """Counted by community."""
    found = rows.filter(place__community__isnull=False).values_list("place__community_id").annotate(many=what)
    return dict(found.order_by())


def _grids() -> dict[int, int]:
    """The grids of each community that have none below them."""
    rows = Place.objects.filter(held_on(clock.today()), type=Place.Type.GRID, community__isnull=False)
    lowest = rows.filter(lower__isnull=True)
    return Counter(lowest.values_list("community_id", flat=True))
