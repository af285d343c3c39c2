"""Who answers for places: posted posts with their holders, and what hangs on the board of a grid.

Names appear only where the kind of post is posted always, or with the holder's consent.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.urls import reverse

from linli.core import clock
from linli.core.errors import NotFound
from linli.organizations.models import Organization, Post, Shift
from linli.organizations.policies import held_on
from linli.organizations.sections import PostKind, PostsSection, kinds_in_force
from linli.records import profiles
from linli.records.figures.definitions import FiguresSection
from linli.territory.models import Place
from linli.territory.queries import Answerer


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a posting card: the post, its holder, its body and the post's own phone."""

    kind: str
    label: str
    holder: str
    organization: str
    duty_phone: str
    lead: bool
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many matters of a grid fell under a duty this year; None where they are too few to be told in public."""

    duty: str
    count: int | None
    least: int


@dataclass(frozen=True, slots=True)
class Card:
    """The posting card of a grid: its name and code, where it lies, who is posted, and its Party organisations.

    `tallies` are the grid's work by duty, never a person's.
    """

    grid: Place
    above: tuple[str, ...]
    lines: tuple[Line, ...]
    bodies: tuple[str, ...]
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Trio:
    """Who is responsible for a grid, slot by slot; an empty slot is a gap (ORG-09)."""

    grid: Place
    slots: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def complete(self) -> bool:
        """Whether every slot is filled."""
        return all(names for _label, names in self.slots)


Counting = Callable[[Place, date, date], Mapping[str, int]]
_countings: list[Counting] = []


def register_counting(provider: Counting) -> None:
    """Let a higher floor count a grid's matters by category between two days; called when its app is ready."""
    if provider not in _countings:
        _countings.append(provider)


def tallies(grid: Place) -> tuple[Tally, ...]:
    """A grid's matters of this year by duty, where the profile says which categories fall under which (PPL-17)."""
    duties = profiles.current().section(PostsSection).duty_categories
    if not duties:
        return ()
    today = clock.today()
    counts: Counter[str] = Counter()
    for provider in _countings:
        counts.update(provider(grid, today.replace(month=1, day=1), today))
    # A grid is small: one quarrel settled there could be somebody's.
    least = profiles.current().section(FiguresSection).public_minimum
    sums = {duty: sum(counts[code] for code in categories) for duty, categories in duties.items()}
    return tuple(Tally(duty, count if count >= least else None, least) for duty, count in sums.items())


def answerers(place_ids: Sequence[int]) -> Iterable[Answerer]:
    """The posted posts at these places, for `territory.queries.register_answerers`."""
    kinds = kinds_in_force()
    now = clock.now()
    shifts = Shift.objects.filter(place_id__in=place_ids, cancelled=False, starts__lte=now, ends__gt=now)
    on_duty = set(shifts.values_list("post_id", flat=True))
    for post in _posted(Q(place_id__in=place_ids), kinds):
        yield Answerer(
            place_id=post.place_id,
            post=_label(post, kinds[post.kind]),
            holder=post.person.name if post.person else "",
            organization=post.organization.name if post.organization else post.unit,
            lead=post.lead,
            phone=post.duty_phone,
            on_duty=post.pk in on_duty,
            url=_card_url(post.place),
            post_id=post.pk,
        )


def _card_url(place: Place) -> str:
    """The public card of a grid; other places have none."""
    is_grid = place.type == Place.Type.GRID and place.code
    return reverse("public_organizations:grid", args=[place.code]) if is_grid else ""


def posting_card(code: str) -> Card:
    """The public card of a current grid. Raises: not_found."""
    grids = Place.objects.select_related("community", "street", "upper")
    grid = grids.filter(type=Place.Type.GRID, code=code, until=None).first() if code else None
    if grid is None:
        raise NotFound
    kinds = kinds_in_force()
    lines = tuple(_line(post, kinds[post.kind]) for post in _posted(Q(place=grid), kinds))
    party = Organization.objects.filter(
        held_on(clock.today()), type=Organization.Type.PARTY, place=grid
    ).order_by("name")  # fmt: skip
    above = tuple(place.name for place in (grid.street, grid.community, grid.upper) if place)
    return Card(grid, above, lines, tuple(party.values_list("name", flat=True)), tallies(grid))


def trios(grids: Sequence[Place]) -> list[Trio]:
    """For each grid who fills the slots that the profile names: kinds of posts or types of bodies."""
    slots = profiles.current().section(PostsSection).trio
    kinds = kinds_in_force()
    labels = dict(Organization.Type.choices) | {code: kind.named for code, kind in kinds.items()}
    filled: dict[tuple[int, str], list[str]] = {}
    ids = [grid.pk for grid in grids]
    bodies = Organization.objects.filter(held_on(clock.today()), place_id__in=ids, type__in=slots)
    for place_id, kind, name in bodies.order_by("name").values_list("place_id", "type", "name"):
        filled.setdefault((place_id, kind), []).append(name)
    posts = Post.objects.filter(held_on(clock.today()), place_id__in=ids, kind__in=slots, person__isnull=False)
    for place_id, kind, name in posts.order_by("id").values_list("place_id", "kind", "person__name"):
        filled.setdefault((place_id, kind), []).append(name)
    return [
        Trio(grid, tuple((str(labels.get(slot, slot)), tuple(filled.get((grid.pk, slot), ()))) for slot in slots))
        for grid in grids
    ]


def _posted(where: Q, kinds: dict[str, PostKind]) -> list[Post]:
    """Leads first. A stand-in is posted like the one who is away."""
    always = [code for code, kind in kinds.items() if kind.posted == "always"]
    asked = [code for code, kind in kinds.items() if kind.posted == "consent"]
    shown = Q(kind__in=always) | Q(kind__in=asked, consent=True)
    posts = Post.objects.filter(where, shown, held_on(clock.today()), person__isnull=False)
    return list(posts.select_related("person", "organization", "place").order_by("-lead", "kind", "id"))


def _label(post: Post, kind: PostKind) -> str:
    return post.title or kind.named


def _line(post: Post, kind: PostKind) -> Line:
    return Line(
        kind=post.kind,
        label=_label(post, kind),
        holder=post.person.name if post.person else "",
        organization=post.organization.name if post.organization else post.unit,
        duty_phone=post.duty_phone,
        lead=post.lead,
        duties=kind.duties,
    )
