"""Bodies: the tree, one body with what hangs on it, the matrix per compound, gaps and expired bodies."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.organizations import policies
from linli.organizations.models import GridMembers, Organization, Post, Seat
from linli.organizations.sections import OrganizationsSection
from linli.records import profiles
from linli.territory.models import Place


@dataclass(frozen=True, slots=True)
class BodyPage:
    """One body: what lies above and below it, its posts within the viewer's sight, its seats."""

    body: Organization
    above: tuple[Organization, ...]
    below: tuple[Organization, ...]
    posts: tuple[Post, ...]
    seats: tuple[Seat, ...]
    grids: tuple[GridMembers, ...]
    members_in_none: int
    may_manage: bool

    @property
    def members_at_home(self) -> int:
        """How many members have their home here."""
        return (self.body.members or 0) - (self.body.members_elsewhere or 0)


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One place with the bodies it has of each wanted type."""

    place: Place
    cells: tuple[tuple[Organization, ...], ...]

    @property
    def complete(self) -> bool:
        """Whether it has one of each."""
        return all(self.cells)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The matrix of wanted bodies: how many places are complete, of how many, and a page of rows."""

    labels: tuple[Any, ...]
    rows: tuple[MatrixRow, ...]
    complete: int
    total: int


def bodies(
    viewer: Actor, *, body_type: str = "", words: str = "", place_id: int | None = None
) -> QuerySet[Organization]:
    """Open bodies, of one type, with words in the name, within a place."""
    rows = Organization.objects.filter(policies.bodies_visible_to(viewer), policies.held_on(clock.today()))
    if body_type:
        rows = rows.filter(type=body_type)
    if words.strip():
        rows = rows.filter(name__icontains=words.strip())
    if place_id:
        rows = rows.filter(place__path__contains=f"/{place_id}/")
    return rows.select_related("place", "parent").order_by("type", "path")


def sharing(actor: Actor) -> QuerySet[Organization]:
    """The open bodies for which somebody may say what they share: all for who keeps a list, else their own."""
    rows = bodies(actor)
    return rows if actor.can(policies.MANAGE) else rows.filter(pk__in=policies.lends_for(actor))


def body_for(viewer: Actor, pk: int) -> BodyPage:
    """One body with what hangs on it. Raises: not_found."""
    rows = Organization.objects.filter(policies.bodies_visible_to(viewer)).select_related("place", "successor")
    body = rows.filter(pk=pk).first()
    if body is None:
        raise NotFound
    above = {item.pk: item for item in Organization.objects.filter(pk__in=_steps(body.path)[:-1])}
    below = Organization.objects.filter(parent=body, until=None).select_related("place").order_by("type", "name")
    posts = Post.objects.filter(policies.posts_visible_to(viewer), policies.held_on(clock.today()), organization=body)
    seats = Seat.objects.filter(Q(committee=body) | Q(member=body), until=None)
    return BodyPage(
        body,
        tuple(above[step] for step in _steps(body.path)[:-1] if step in above),
        tuple(below[:300]),
        tuple(posts.select_related("person", "place").order_by("-lead", "id")[:300]),
        tuple(seats.select_related("committee", "member").order_by("since", "id")),
        tuple(body.grid_members.filter(until=None).select_related("grid").order_by("grid__path", "id")),
        max(0, _with_gap(Organization.objects.filter(pk=body.pk)).values_list("gap", flat=True).get()),
        policies.may_manage(viewer, body.place),
    )


def matrix(*, path: str = "/", gaps: bool = False, offset: int = 0, size: int = 50) -> Coverage:
    """Which places have the bodies that the profile wants each to have (ORG-05), one page at a time."""
    wanted = profiles.current().section(OrganizationsSection).matrix
    places = Place.objects.filter(type=wanted.of, until=None, path__startswith=path)
    total = places.count()
    full = places
    for body_type in wanted.types:
        full = full.filter(pk__in=_open_at(body_type))
    complete = full.count()
    shown = places.exclude(pk__in=full.values("pk")) if gaps else places
    page = list(shown.select_related("community", "street").order_by("path")[offset : offset + size])
    held: dict[tuple[int, str], list[Organization]] = {}
    found = Organization.objects.filter(policies.held_on(clock.today()), place__in=page, type__in=wanted.types)
    for body in found.order_by("name"):
        held.setdefault((body.place_id, body.type), []).append(body)
    rows = tuple(
        MatrixRow(place, tuple(tuple(held.get((place.pk, item), ())) for item in wanted.types)) for place in page
    )
    labels = dict(Organization.Type.choices)
    return Coverage(tuple(labels[item] for item in wanted.types), rows, complete, total)


def grids_without(body_type: str, *, path: str = "/") -> QuerySet[Place]:
    """Current grids at which no body of a type stands: where the Party organisation is missing, say (ORG-04)."""
    grids = Place.objects.filter(type=Place.Type.GRID, until=None, path__startswith=path)
    belonging = GridMembers.objects.filter(
        until=None, organization__in=Organization.objects.filter(policies.held_on(clock.today()), type=body_type)
    )
    without = grids.exclude(pk__in=_open_at(body_type)).exclude(pk__in=belonging.values("grid_id"))
    return without.select_related("community", "street").order_by("path")


def grids_of(body: Organization) -> list[Place]:
    """The grids to which a body can belong: in its place, or in the community where it stands."""
    inside = Q(path__startswith=body.place.path)
    if body.place.community_id:
        inside |= Q(community_id=body.place.community_id)
    return list(Place.objects.filter(inside, type=Place.Type.GRID, until=None).order_by("path")[:2000])


def members_in_no_grid(viewer: Actor) -> QuerySet[Organization]:
    """Party organisations with members that are counted in no grid, the largest gap first (ORG-04)."""
    rows = _with_gap(bodies(viewer, body_type=Organization.Type.PARTY).filter(members__gt=0))
    return rows.filter(gap__gt=0).order_by("-gap", "path")


def _with_gap(rows: QuerySet[Organization]) -> QuerySet[Any]:
    """Bodies with how many of their members are neither counted in a grid nor members of a body below.

    Whoever belongs to a body that stands at a grid is in that grid.
    """
    grids = GridMembers.objects.filter(organization=OuterRef("pk"), until=None).order_by().values("organization")
    below = Organization.objects.filter(policies.held_on(clock.today()), parent=OuterRef("pk")).order_by()
    counted = Subquery(grids.annotate(n=Sum("members")).values("n"))
    theirs = Subquery(below.values("parent").annotate(n=Sum("members")).values("n"))
    gap = F("members") - Coalesce(counted, 0) - Coalesce(theirs, 0)
    standing = Case(When(place__type=Place.Type.GRID, then=Value(0)), default=gap)
    return rows.annotate(gap=Coalesce(standing, 0))


def offices_missing(viewer: Actor, *, limit: int = 100) -> list[tuple[Place, str]]:
    """Offices that the profile wants at every place of a level and that are not there, by name (ORG-19)."""
    found: list[tuple[Place, str]] = []
    for template in profiles.current().section(OrganizationsSection).office_templates:
        places = Place.objects.filter(policies.places_seen(viewer), level=template.level, until=None, placeholder=False)
        offices = Organization.objects.filter(
            policies.held_on(clock.today()), type=Organization.Type.OFFICE, place__in=places
        )
        names: dict[int, list[str]] = {}
        for place_id, name in offices.values_list("place_id", "name"):
            names.setdefault(place_id, []).append(name)
        found += [
            (place, wanted.label)
            for place in places.order_by("path")
            for wanted in template.offices
            if not any(wanted.label in name for name in names.get(place.pk, ()))
        ]
    return found[:limit]


def leaf_grids(*, path: str = "/") -> QuerySet[Place]:
    """Current grids with none below them, where people live and posts are held."""
    grids = Place.objects.filter(type=Place.Type.GRID, until=None, path__startswith=path)
    above = Place.objects.filter(type=Place.Type.GRID, until=None, upper__isnull=False).values("upper_id")
    return grids.exclude(pk__in=above).select_related("community", "street").order_by("path")


def expired(viewer: Actor, *, path: str = "/") -> QuerySet[Organization]:
    """Temporary bodies whose day has passed and that are still open (ORG-06)."""
    rows = bodies(viewer).filter(expires__lte=clock.today(), place__path__startswith=path)
    return rows.order_by("expires", "id")


def waiting_for_approval(viewer: Actor) -> list[Organization]:
    """Planned bodies that the viewer may approve: below a body at a place that the viewer manages, not their own."""
    planned = Organization.objects.filter(state="planned", until=None, parent__isnull=False)
    rows = planned.exclude(opened_by=viewer.key).select_related("place", "parent__place").order_by("id")[:300]
    return [body for body in rows if body.parent and policies.may_manage(viewer, body.parent.place)]


def _open_at(body_type: str) -> QuerySet[Organization, int]:
    rows = Organization.objects.filter(policies.held_on(clock.today()), type=body_type)
    return rows.values_list("place_id", flat=True)


def _steps(path: str) -> Sequence[int]:
    return [int(step) for step in path.split("/") if step]
