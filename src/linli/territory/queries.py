"""Reads of the territory: the tree and its lists, what lies in a place, who answers there.

Outlines for the map are in maps.py, points in locating.py, faults of the coverage in coverage.py.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound
from linli.core.models import Entry
from linli.records import profiles
from linli.records.ledgers.names import place_keys
from linli.records.sections import PlaceSection
from linli.territory import policies
from linli.territory.locating import Chain
from linli.territory.models import Boundary, Facility, HubService, Place, Redrawing, Statistic
from linli.territory.sections import GridsSection

PAGE: Final = 50
INSIDE: Final = 100


@dataclass(frozen=True, slots=True)
class Answerer:
    """A posted post that answers for a place: the post's name, its holder and body. Nothing that is not posted.

    `phone` is the post's own, `on_duty` says that the holder is on the roster of duties now, `url` is a public page.
    """

    place_id: int
    post: str
    holder: str = ""
    organization: str = ""
    lead: bool = False
    phone: str = ""
    on_duty: bool = False
    url: str = ""
    post_id: int = 0

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "place_id": self.place_id,
            "post": self.post,
            "holder": self.holder,
            "organization": self.organization,
            "lead": self.lead,
        }


Answerers = Callable[[Sequence[int]], Iterable[Answerer]]
_answerers: list[Answerers] = []


def register_answerers(provider: Answerers) -> None:
    """Let a higher floor say who answers for places; called when its app is ready."""
    if provider not in _answerers:
        _answerers.append(provider)


def who_answers(place_ids: Sequence[int]) -> Mapping[int, list[Answerer]]:
    """Who answers for each of these places, those on duty now first, then leads."""
    found: dict[int, list[Answerer]] = {place_id: [] for place_id in place_ids}
    for provider in _answerers:
        for answerer in provider(list(place_ids)):
            found.setdefault(answerer.place_id, []).append(answerer)
    return {
        place_id: sorted(held, key=lambda item: (not item.on_duty, not item.lead)) for place_id, held in found.items()
    }


def tending_posts(place_ids: Sequence[int]) -> dict[int, int]:
    """The post that does the daily work of each place: one that is no lead, else the lead."""
    return {
        place_id: min(held, key=lambda item: (item.lead, item.post_id)).post_id
        for place_id, held in who_answers(place_ids).items()
        if held
    }


def chain_as_dict(chain: Chain) -> dict[str, Any]:
    """The chain at a point for JSON, with who answers at each of its places."""
    answers = who_answers([step.id for step in chain.steps])
    single = {name: getattr(chain, name) for name in ("building", "compound", "community", "street", "county")}
    return {
        "chain": [step.as_dict() for step in chain.steps],
        "grids": [step.as_dict() for step in chain.grids],
        "overlays": [step.as_dict() for step in chain.overlays],
        **{name: step.as_dict() if step else None for name, step in single.items()},
        "who_answers": [item.as_dict() for step in chain.steps for item in answers.get(step.id, [])],
    }


def path_of_code(code: str) -> str:
    """The path of the place with this code, divisions before others. Raises: place.unknown."""
    found = Place.objects.filter(code=code, until=None).order_by("type").values_list("type", "path")
    paths = dict(found)
    if not paths:
        raise NotFound("place.unknown", _("There is no place with the code %(code)s."), code=code)
    return paths.get(Place.Type.DIVISION) or next(iter(paths.values()))


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of places and the key of the next one."""

    rows: list[Place]
    next_key: str


@dataclass(frozen=True, slots=True)
class PlacePage:
    """Everything the page of one place shows."""

    place: Place
    ancestors: list[Place]
    uppers: list[Place]
    inside: dict[str, list[Place]]
    counts: dict[str, int]
    facilities: list[Facility]
    totals: list[Statistic]
    answerers: list[Answerer]
    boundaries: list[Boundary]
    history: list[Entry]
    succeeded: list[Place]
    hub: HubService | None
    serves: list[HubService]


def places_list(viewer: Actor, query: Mapping[str, str]) -> Listing:
    """A page of places that match the query and that the viewer may open.

    The query holds `q` (name or code), `type`, `level`, `kind`, `within` (an id), `ended` and `after`, the key of
    the page. Raises: list.bad_filter.
    """
    rows = places_filtered(viewer, query).select_related("street", "community", "compound", "upper")
    after = query.get("after", "")
    if after:
        rows = rows.filter(pk__gt=_whole(after))
    found = list(rows.order_by("pk")[: PAGE + 1])
    return Listing(found[:PAGE], str(found[PAGE - 1].pk) if len(found) > PAGE else "")


def places_filtered(viewer: Actor, query: Mapping[str, str]) -> QuerySet[Place]:
    """The places that match the query's filters, under the viewer's policy. Raises: list.bad_filter."""
    rows = Place.objects.filter(policies.places_visible_to(viewer), placeholder=False)
    root = root_place()
    if root is not None:
        rows = rows.filter(path__startswith=root.path)
    if not query.get("ended"):
        rows = rows.filter(until=None)
    for name in ("type", "level", "kind"):
        if query.get(name):
            rows = rows.filter(**{name: query[name]})
    if query.get("within"):
        rows = rows.filter(path__contains=f"/{_whole(query['within'])}/").exclude(pk=_whole(query["within"]))
    words = query.get("q", "").strip()
    if words:
        rows = rows.filter(named_like(words))
    return rows


def named_like(words: str) -> Q:
    """Places whose name or code holds the words; 03清河 finds 零三清河社区居民委员会 too."""
    condition = Q(code__startswith=words)
    for key in place_keys(words)[:6]:
        condition |= Q(name__icontains=key)
    return condition


def place_for(viewer: Actor, pk: int) -> Place:
    """One place that the viewer may open. Raises: not_found, the same for a hidden and a missing one."""
    rows = Place.objects.select_related("parent", "upper", "county", "street", "community", "compound", "successor")
    place = rows.filter(policies.places_visible_to(viewer), pk=pk, placeholder=False).first()
    if place is None:
        raise NotFound
    return place


def place_page(viewer: Actor, pk: int) -> PlacePage:
    """What the page of one place shows, in a number of queries that does not grow. Raises: not_found."""
    place = place_for(viewer, pk)
    lower = Place.objects.filter(upper=place, until=None)
    inside = lower | Place.objects.filter(parent=place, until=None, placeholder=False).exclude(
        upper__path__startswith=place.path
    )
    children: dict[str, list[Place]] = {}
    for child in inside.order_by("type", "code", "pk")[:INSIDE]:
        children.setdefault(child.type, []).append(child)
    below = Place.objects.filter(path__startswith=place.path, until=None).exclude(pk=place.pk)
    counts = dict(below.order_by("type").values_list("type").annotate(count=Count("pk")))
    spoken = {str(Place.Type(kind).label): count for kind, count in counts.items()}
    return PlacePage(
        place=place,
        ancestors=on_the_way(place.path, place.pk),
        uppers=on_the_way(place.grid_path, place.pk),
        inside=children,
        counts=spoken,
        facilities=list(
            Facility.objects.filter(place__path__startswith=place.path, until=None).order_by("kind", "pk")[:INSIDE]
        ),
        totals=list(Statistic.objects.filter(place=place, until=None).order_by("series")),
        answerers=list(who_answers([place.pk])[place.pk]),
        boundaries=list(Boundary.objects.filter(place=place).defer("geometry").order_by("-since", "-pk")[:20]),
        history=list(Entry.objects.filter(subject_type=place.type, subject_id=place.pk).order_by("-id")[:20]),
        succeeded=list(Place.objects.filter(successor=place).order_by("-until", "pk")[:20]),
        hub=HubService.objects.filter(served=place, until=None).select_related("hub").first(),
        serves=list(HubService.objects.filter(hub=place, until=None).select_related("served").order_by("served__code")),
    )


def mergeable(viewer: Actor, place: Place) -> list[Place]:
    """What may merge into a place: other communities of its county, or other grids of its community; its own first."""
    rows = Place.objects.filter(policies.places_visible_to(viewer), type=place.type, until=None, placeholder=False)
    if place.type == Place.Type.GRID:
        near = rows.filter(community=place.community) if place.community_id else rows.filter(parent=place.parent)
    elif place.community_id == place.pk:
        near = rows.filter(county=place.county, community=F("pk"))
    else:
        return []
    same = [item for item in near.exclude(pk=place.pk).order_by("path")[:500] if policies.may_manage(viewer, item)]
    return sorted(same, key=lambda item: item.street_id != place.street_id)


def servable(viewer: Actor, hub: Place) -> list[Place]:
    """The communities that a hub can serve: of its county, with no hub yet, those of its own street first."""
    rows = Place.objects.filter(policies.places_visible_to(viewer), community_id=F("pk"), county_id=hub.county_id)
    taken = HubService.objects.filter(until=None)
    rows = rows.filter(until=None, placeholder=False).exclude(pk=hub.pk).exclude(pk__in=taken.values("served_id"))
    free = rows.exclude(pk__in=taken.values("hub_id")).order_by("code")[:500]
    return sorted(free, key=lambda place: place.street_id != hub.street_id)


def split_children(place: Place) -> list[Place]:
    """What lies directly in a community, each to be given to one of its parts."""
    return list(place.children.filter(until=None).order_by("type", "code", "pk"))


def on_the_way(path: str, own: int) -> list[Place]:
    """The places on a path, from the widest, without the last and without placeholders."""
    ids = [int(step) for step in path.split("/") if step and int(step) != own]
    held = Place.objects.in_bulk(ids) if ids else {}
    return [held[pk] for pk in ids if pk in held and not held[pk].placeholder]


def root_place() -> Place | None:
    """The division that the installation serves."""
    code = profiles.current().section(PlaceSection).root
    rows = Place.objects.filter(type=Place.Type.DIVISION, placeholder=False, until=None)
    return (rows.filter(code=code).first() if code else None) or rows.order_by("path").first()


def redrawings() -> list[Redrawing]:
    """Boundaries that wait for their day or no longer fit, then the latest others; without their content."""
    rows = Redrawing.objects.defer("content")
    open_ones = rows.filter(state__in=("waiting", "failed")).order_by("day", "pk")
    return [*open_ones, *rows.exclude(state__in=("waiting", "failed")).order_by("-day", "-pk")[:10]]


def redrawing(pk: int) -> Redrawing:
    """One file of planned boundaries. Raises: not_found"""
    held = Redrawing.objects.defer("content").filter(pk=pk).first()
    if held is None:
        raise NotFound
    return held


def places_of(row: Redrawing) -> list[Place]:
    """The places that planned boundaries draw."""
    return list(Place.objects.filter(pk__in=row.places).order_by("code", "pk"))


def level_names() -> dict[str, str]:
    """What the levels of divisions and grids are called here."""
    profile = profiles.current()
    named = (*profile.section(PlaceSection).levels, *profile.section(GridsSection).levels)
    return {item.code: item.named for item in named}


def kind_names() -> dict[str, str]:
    """What the kinds of grids are called here."""
    return {item.code: item.named for item in profiles.current().section(GridsSection).kinds}


def services_of(place: Place) -> tuple[str, ...]:
    """What a grid of this kind gives its people, by the profile (TER-02)."""
    kinds = {item.code: item.services for item in profiles.current().section(GridsSection).kinds}
    return kinds.get(place.kind, ()) if place.type == Place.Type.GRID else ()


def _whole(value: str) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 18:
        raise InvalidInput("list.bad_filter", _("“%(value)s” is not a page or place of this list."), value=value[:40])
    return int(value)
