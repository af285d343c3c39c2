"""Lists of matters: filters, search in Chinese, and paging by key that costs the same on every page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, Final, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.cases.models import STILL_OPEN, Case, Help, SavedFilter
from linli.cases.policies import STAFF, cases_visible_to
from linli.cases.workflow import OPEN
from linli.core import clock, search
from linli.core.actors import Actor
from linli.core.composed import Ids, among, composed
from linli.core.errors import InvalidInput
from linli.core.models import WorkItem
from linli.core.paging import older
from linli.organizations.models import Organization
from linli.territory.models import Place

PAGE: Final = 50
# What a line of the list shows, in its order; reading whole rows costs more than the rest of the page.
SHOWN: Final = (
    *("pk", "number", "text", "kind", "category", "urgency", "state", "supervised", "version"),
    *("received_on", "closed_on", "due", "place_id", "place__name", "lead__name", "lead_name"),
)


class Line(NamedTuple):
    """One matter as a list shows it; `body` leads it, or in an old ledger somebody of whom there is only the name."""

    pk: int
    number: str
    text: str
    kind: str
    category: str
    urgency: str
    state: str
    supervised: bool
    version: int
    received_on: date
    closed_on: date | None
    due: datetime | None
    place_id: int
    place: str
    body: str | None
    lead_name: str

    @property
    def lead(self) -> str:
        """Who leads the matter, by name."""
        return self.body or self.lead_name

    @property
    def path(self) -> str:
        """What stands behind the address of the list in that of the matter's page."""
        return f"{self.pk}/"

    @property
    def pick(self) -> str:
        """The matter as it was seen when it was chosen on the page."""
        return f"{self.pk}:{self.version}"


@dataclass(slots=True)
class Listing:
    """One page of a list and the key of the next."""

    rows: list[Line]
    next_key: str = ""


def case_list(viewer: Actor, query: Mapping[str, str], size: int = PAGE) -> Listing:
    """A page of matters, the newest first, by the query's filters and under the viewer's policy.

    The query may hold state (or `open`, the default, or `all`), kind, source, category, urgency, lead, place,
    plan (public-benefit tasks: `ahead`, `late`, `finished`), colour (`soon`, `late`, `red`), `from`, `to`, `q`,
    `sort` (`due`: the soonest due first), and `after`, the key of the page before. Raises: list.bad_filter
    """
    by_due = query.get("sort") == "due"
    after = query.get("after", "")
    behind = (_due_key if by_due else _key)(after) if after else None
    asked = Asked(tuple((name, query[name]) for name in FILTERS if query.get(name)), size + 1)
    steady = not any(query.get(name) for name in MOVING)
    rows = (listed if steady else listed.query)(viewer, asked, behind, _near(viewer), _within(query.get("place")))
    lines = [Line(*row) for row in rows]
    shown = lines[:size]
    last = shown[-1] if len(lines) > size else None
    return Listing(shown, _key_of(last, by_due=by_due) if last else "")


@dataclass(frozen=True, slots=True)
class Asked:
    """What decides how a list is found: its filters, and how many rows at most."""

    filters: tuple[tuple[str, str], ...]
    most: int


@composed(planned=False)
def listed(
    viewer: Actor, asked: Asked, behind: tuple[date, int] | None, near: tuple[Ids, Ids] | None, within: Ids | None
) -> QuerySet[Case, tuple[Any, ...]]:
    """The matters that are asked for and lie behind a key, in the order of the list.

    `near` and `within` add nothing to what is asked: they tell the database where the few are that it may find,
    so that it need not look through all matters by their day.
    """
    query = dict(asked.filters)
    by_due = query.get("sort") == "due"
    rows = filtered(viewer, query).filter(_behind(behind, by_due=by_due) if behind else Q())
    rows = rows.filter(_told(viewer, near, within))
    if by_due:
        rows = rows.exclude(due=None)
    order = ("due", "pk") if by_due else ("-received_on", "-pk")
    return rows.order_by(*order).values_list(*SHOWN)[: asked.most]


def asked_for(viewer: Actor, query: Mapping[str, str]) -> QuerySet[Case]:
    """All the matters of a list, to be taken along: `filtered`, and the database told where the few are.

    Raises: list.bad_filter
    """
    return filtered(viewer, query).filter(_told(viewer, _near(viewer), _within(query.get("place"))))


def _told(viewer: Actor, near: tuple[Ids, Ids] | None, within: Ids | None) -> Q:
    told = Q()
    if near is not None:
        places, helped = near
        told &= _at(places) | Q(lead_id__in=viewer.organization_ids) | among("pk", helped)
    return told if within is None else told & _at(within)


def _at(places: Ids) -> Q:
    return among("place_id", places) | among("grid_id", places)


def _near(viewer: Actor) -> tuple[Ids, Ids] | None:
    """The places where the viewer sees matters, and the matters that the viewer's bodies help with, if both are few.

    Where a viewer sees them for one reason only, the database finds its way by itself.
    """
    if not viewer.organization_ids or not any(viewer.can(ability) for ability in STAFF):
        return None
    places, helped = places_seen(viewer), helped_by(viewer)
    return (Ids(places), Ids(helped)) if max(len(places), len(helped)) <= FEW else None


@composed(planned=False)
def places_seen(viewer: Actor) -> QuerySet[Place, int]:
    """The places and grids where the viewer sees matters; only some of them where they are many."""
    return Place.objects.filter(viewer.places("cases.view", "")).values_list("pk", flat=True)[: FEW + 1]


@composed(planned=True)
def helped_by(viewer: Actor) -> QuerySet[Help, int]:
    """The matters that the viewer's bodies help with; only some of them where they are many."""
    return Help.objects.filter(organization_id__in=viewer.organization_ids).values_list("case_id", flat=True)[: FEW + 1]


def _within(place: str | None) -> Ids | None:
    """The place that is asked for and those below it, if they are few."""
    places = places_below(f"/{_whole(place)}/") if place else None
    return Ids(places) if places is not None and len(places) <= FEW else None


@composed(planned=True)
def places_below(step: str) -> QuerySet[Place, int]:
    """The place with this step of a path, and those below it; only some of them where they are many."""
    return Place.objects.filter(_stepping(step)).values_list("pk", flat=True)[: FEW + 1]


@dataclass(frozen=True, slots=True)
class ListChoices:
    """What the filters of the list offer: places and bodies, each as id and name."""

    places: list[tuple[int, str]]
    leads: list[tuple[int, str]]


def list_choices(viewer: Actor) -> ListChoices:
    """The divisions where the viewer sees matters, and the bodies that may lead there, in two queries."""
    above = sorted({int(step) for scope in viewer.scopes for step in scope.path.split("/") if step})
    return ListChoices(divisions_seen(viewer), bodies_leading(viewer, tuple(above)))


@composed(planned=False)
def divisions_seen(viewer: Actor) -> QuerySet[Place, tuple[int, str]]:
    """The divisions where the viewer sees matters, each as id and name."""
    places = Place.objects.filter(_below(viewer, ""), type=Place.Type.DIVISION, until=None, placeholder=False)
    return places.order_by("path").values_list("pk", "name")[:CHOICES_SHOWN]


@composed(planned=False)
def bodies_leading(viewer: Actor, above: tuple[int, ...]) -> QuerySet[Organization, tuple[int, str]]:
    """The bodies that may lead matters below the viewer's places or at those above, each as id and name."""
    near = _below(viewer, "place__") | Q(place_id__in=above)
    bodies = Organization.objects.filter(near, until=None, type__in=LEADING)
    return bodies.order_by("type", "place__path", "name").values_list("pk", "name")[:CHOICES_SHOWN]


def _below(viewer: Actor, prefix: str) -> Q:
    below = Q(pk__in=[])
    for scope in viewer.scopes:
        if scope.path:
            below |= Q(**{f"{prefix}path__startswith": scope.path})
    return below


@composed(planned=True)
def saved_filters(viewer: Actor) -> QuerySet[SavedFilter]:
    """The viewer's own named filters."""
    return SavedFilter.objects.filter(Q(user_id=viewer.user_id) if viewer.user_id else Q(pk__in=[])).order_by("name")


CHOICES_SHOWN: Final = 200
# So many places or matters are told to the database one by one; where there are more, it looks by the day.
FEW: Final = 400
# What came to a good end, whether it was rated or not; rows of ledgers end as done.
FINISHED: Final = Q(state__in=("closed", "rated")) | Q(state="done", imported=True)
LEADING: Final = (
    Organization.Type.OFFICE,
    Organization.Type.DEPARTMENT,
    Organization.Type.PROPERTY,
)
CHOICES: Final = ("kind", "source", "category", "urgency", "door", "outcome")
FILTERS: Final = (*CHOICES, "state", "lead", "place", "plan", "colour", "overdue", "from", "to", "q", "sort")
# What is asked anew each time: words, and what depends on the present moment.
MOVING: Final = ("plan", "colour", "overdue", "q")


def filtered(viewer: Actor, query: Mapping[str, str]) -> QuerySet[Case]:
    """The matters that a query asks for and the viewer may open. Raises: list.bad_filter"""
    state = query.get("state") or ("all" if query.get("plan") else "open")
    rows = Case.objects.filter(cases_visible_to(viewer)).filter(_state(state))
    chosen = {f"{name}__in": query[name].split(",") for name in CHOICES if query.get(name)}
    rows = rows.filter(**chosen)
    if query.get("lead"):
        rows = rows.filter(lead_id=_whole(query["lead"]))
    if query.get("place"):
        rows = rows.filter(within(_whole(query["place"])))
    for bound, lookup in (("from", "gte"), ("to", "lte")):
        if query.get(bound):
            rows = rows.filter(**{f"received_on__{lookup}": _day(query[bound])})
    if query.get("overdue"):
        rows = rows.filter(due__lt=clock.now(), state__in=OPEN)
    if query.get("plan"):
        rows = rows.filter(planned(query["plan"]))
    if query.get("colour"):
        rows = rows.filter(_coloured(query["colour"]))
    words = query.get("q", "").strip()
    return rows.filter(search=search.query(words)) if words else rows


def within(place: int) -> Q:
    """Matters at a place or below it; those of a grid lie at its buildings and say which grid it is."""
    step = f"/{place}/"
    return Q(place__path__contains=step) | Q(grid_id__in=Place.objects.filter(_stepping(step)).values("id"))


def _stepping(step: str) -> Q:
    return Q(path__contains=step) | Q(grid_path__contains=step)


def _state(state: str) -> Q:
    if state == "all":
        return Q()
    return STILL_OPEN if state == "open" else Q(state__in=state.split(","))


def _coloured(colour: str) -> Q:
    """Matters with open work of a colour: due soon, overdue, long overdue."""
    now = clock.now()
    edges = {"soon": Q(yellow_at__lte=now, due__gt=now), "late": Q(due__lte=now), "red": Q(red_at__lte=now)}
    if colour not in edges:
        raise InvalidInput("list.bad_filter", _("“%(value)s” is no colour."), value=colour)
    items = WorkItem.objects.filter(edges[colour], subject_type="case", ended=None)
    return Q(pk__in=items.values("subject_id"))


def planned(how: str) -> Q:
    """Public-benefit tasks that are still ahead, those among them whose planned end has gone by, or finished ones."""
    ahead = Q(kind="public_task") & STILL_OPEN
    chosen = {
        "ahead": ahead,
        "late": ahead & Q(planned_end__lt=clock.today()),
        "finished": Q(kind="public_task") & FINISHED,
    }
    if how not in chosen:
        raise InvalidInput("list.bad_filter", _("“%(value)s” is no filter of tasks."), value=how)
    return chosen[how]


def _behind(key: tuple[date, int], *, by_due: bool) -> Q:
    """The rows after a key in the order of the list."""
    day, pk = key
    if by_due:
        return Q(due__gt=day) | Q(due=day, pk__gt=pk)
    return older("received_on", (day, pk))


def _key_of(row: Line, *, by_due: bool) -> str:
    if by_due and row.due:
        return f"{row.due.astimezone(UTC):%Y%m%dT%H%M%S.%fZ}-{row.pk}"
    return f"{row.received_on:%Y%m%d}-{row.pk}"


def _due_key(text: str) -> tuple[datetime, int]:
    moment, _dash, pk = text.partition("-")
    try:
        return datetime.strptime(moment, "%Y%m%dT%H%M%S.%fZ").replace(tzinfo=UTC), int(pk)
    except ValueError as error:
        raise InvalidInput("list.bad_filter", _("“%(value)s” is no page of this list."), value=text) from error


def _key(text: str) -> tuple[date, int]:
    day, _dash, pk = text.partition("-")
    try:
        return date.fromisoformat(day), int(pk)
    except ValueError as error:
        raise InvalidInput("list.bad_filter", _("“%(value)s” is no page of this list."), value=text) from error


def _whole(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise InvalidInput("list.bad_filter", _("“%(value)s” is no number."), value=text)
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput("list.bad_filter", _("“%(value)s” is no date."), value=text) from error
