"""Compounds with the mode in which they are managed: the list, one with its history, what the public reads."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.organizations.models import Organization
from linli.organizations.policies import held_on
from linli.property import policies
from linli.property.models import Management
from linli.property.sections import section
from linli.property.workflow import MODES, UNMANAGED
from linli.territory.models import Place

PAGE: Final = 50
MANY: Final = 500
UNSAID: Final = "unsaid"
FILTERS: Final = (*MODES, (UNSAID, pgettext_lazy("property", "not yet said")))
BODIES: Final = (Organization.Type.PARTY, Organization.Type.SELF_GOVERNMENT, Organization.Type.VOLUNTEER)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of compounds is asked for."""

    mode: str = ""
    words: str = ""
    within: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A compound in a list, with what holds of it on the day."""

    place: Any
    mode: str
    now: Management | None

    @property
    def label(self) -> Any:
        """What its mode is called."""
        return dict(FILTERS)[self.mode or UNSAID]

    @property
    def tone(self) -> tuple[str, str]:
        """Its colour and sign: what has nobody stands out."""
        if not self.mode:
            return "grey", "clock"
        return ("orange", "alert-triangle") if self.mode == UNMANAGED else ("green", "circle-check")

    @property
    def manager(self) -> str:
        """Who manages it, where that is known."""
        if self.now is None:
            return ""
        return self.now.manager.name if self.now.manager else self.now.unit


@dataclass(frozen=True, slots=True)
class CompoundPage:
    """One compound: how it is managed, how it was, and the bodies that stand there."""

    line: Line
    history: list[Management]
    bodies: list[Organization]
    keeps: bool

    @property
    def place(self) -> Any:
        """The compound."""
        return self.line.place


def with_mode(rows: QuerySet[Place], day: date) -> QuerySet[Any]:
    """Compounds with their mode on a day: what holds then, else what their kind means; whoever had one has none.

    `mode` is empty where nobody said anything, and `before` says whether it was unmanaged before.
    """
    of = Management.objects.filter(compound_id=OuterRef("pk"), void=False)
    kinds = section().kinds
    meant = Case(
        When(Exists(of.filter(since__lte=day)), then=Value(UNMANAGED)),
        *(When(kind=kind, then=Value(mode)) for kind, mode in kinds.items()),
        default=Value(""),
        output_field=CharField(),
    )
    return rows.annotate(
        mode=Coalesce(Subquery(of.filter(held_on(day)).values("mode")[:1]), meant),
        before=ExpressionWrapper(
            Q(kind__in=section().without) | Exists(of.filter(mode=UNMANAGED)), output_field=BooleanField()
        ),
    )


def lines(places: Iterable[Any], day: date) -> list[Line]:
    """Compounds that came with their mode, each with what holds of it on the day."""
    found = list(places)
    rows = Management.objects.filter(held_on(day), compound_id__in=[place.pk for place in found], void=False)
    now = {row.compound_id: row for row in rows.select_related("manager", "contract")}
    return [Line(place, place.mode, now.get(place.pk)) for place in found]


def listed(actor: Actor, wanted: Wanted, day: date) -> QuerySet[Any]:
    """The compounds that somebody sees, by community."""
    rows = with_mode(Place.objects.filter(policies.compounds_visible_to(actor)), day)
    if wanted.within:
        rows = rows.filter(path__contains=f"/{wanted.within}/")
    if wanted.words:
        rows = rows.filter(Q(name__icontains=wanted.words) | Q(community__name__icontains=wanted.words))
    if wanted.mode:
        rows = rows.filter(mode="" if wanted.mode == UNSAID else wanted.mode)
    return rows.select_related("street", "community").order_by("community__path", "name", "pk")


def compound_page(actor: Actor, pk: int) -> CompoundPage:
    """One compound. Raises: not_found"""
    today = clock.today()
    seen = with_mode(Place.objects.filter(policies.compounds_visible_to(actor), pk=pk), today)
    place = seen.select_related("county", "street", "community").first()
    if place is None:
        raise NotFound
    rows = Management.objects.filter(policies.managements_visible_to(actor), compound=place, void=False)
    history = list(rows.select_related("manager", "contract").order_by("-since", "-pk"))
    bodies = Organization.objects.filter(held_on(today), place=place, type__in=BODIES).order_by("type", "name")
    return CompoundPage(lines([place], today)[0], history, list(bodies), policies.may_keep(actor, place))


def public_lines(community: Place) -> list[Line]:
    """The compounds of a community with who manages them: this everybody may know."""
    rows = with_mode(Place.objects.filter(policies.COMPOUND, community=community), clock.today())
    return lines(rows.order_by("name", "pk")[:MANY], clock.today())


def biggest_first(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Where most households live comes first."""
    return rows.order_by(F("households").desc(nulls_last=True), "community__path", "name", "pk")
