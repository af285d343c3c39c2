"""The roster: posts that the viewer may see, vacancies, double posts, who is on duty, a person's posts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.organizations import policies
from linli.organizations.models import HandOver, Person, Post, Shift
from linli.organizations.sections import PostKind, kinds_in_force
from linli.territory.models import Place


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A place that lacks posts of a kind, and how many."""

    kind: PostKind
    place: Place
    missing: int


@dataclass(frozen=True, slots=True)
class Doubled:
    """A person with several posts at once; `same` says that two are of one kind at places of one kind."""

    person: Person
    posts: tuple[Post, ...]
    same: bool


@dataclass(frozen=True, slots=True)
class PersonPage:
    """What a colleague sees of a person: the posts within sight, now and before; the phone only masked."""

    person: Person
    held: tuple[Post, ...]
    before: tuple[Post, ...]
    shifts: tuple[Shift, ...]


def posts_of(viewer: Actor, *, day: date | None = None) -> QuerySet[Post]:
    """The posts that the viewer may see, held on a day where one is given."""
    rows = Post.objects.filter(policies.posts_visible_to(viewer))
    rows = rows.filter(policies.held_on(day)) if day else rows
    return rows.select_related("person", "place", "organization").order_by("place__path", "-lead", "id")


def post_for(viewer: Actor, post_id: int) -> Post:
    """One post. Raises: not_found."""
    post = posts_of(viewer).filter(pk=post_id).first()
    if post is None:
        raise NotFound
    return post


def person_for(viewer: Actor, person_id: int) -> PersonPage:
    """A person with the posts that the viewer may see. Raises: not_found."""
    person = Person.objects.filter(policies.people_visible_to(viewer), pk=person_id).first()
    if person is None:
        raise NotFound
    today = clock.today()
    posts = list(posts_of(viewer).filter(person=person))
    held = tuple(post for post in posts if _is_held(post, today))
    shifts = Shift.objects.filter(post__in=posts, cancelled=False, ends__gt=clock.now()).select_related("place")
    return PersonPage(
        person,
        held,
        tuple(post for post in posts if post not in held),
        tuple(shifts.order_by("starts")[:50]),
    )


def vacancies(viewer: Actor, *, path: str = "/", limit: int = 500) -> list[Vacancy]:
    """Places in the viewer's sight that have fewer posts of a kind than each should have (PPL-16, PPL-21)."""
    found: list[Vacancy] = []
    for kind in kinds_in_force().values():
        if kind.each and not kind.retired and len(found) < limit:
            found += _lacking(viewer, kind, path, limit - len(found))
    return found


def doubled(viewer: Actor, *, limit: int = 200) -> list[Doubled]:
    """People who hold several posts today, as far as the viewer sees these; a person counts once."""
    today = clock.today()
    posts = Post.objects.filter(policies.posts_visible_to(viewer), policies.held_on(today), stands_in_for=None)
    many = (
        posts.exclude(person=None).order_by().values("person").annotate(held=Count("pk")).filter(held__gt=1)
    )[:limit]  # fmt: skip
    rows = posts_of(viewer, day=today).filter(person_id__in=[row["person"] for row in many], stands_in_for=None)
    grouped: dict[int, list[Post]] = {}
    for post in rows:
        grouped.setdefault(post.person_id or 0, []).append(post)
    return [_doubled(held) for held in grouped.values()]


def unconfirmed(viewer: Actor) -> QuerySet[Post]:
    """Posts of today that came with a ledger and that nobody has stood by yet."""
    return posts_of(viewer, day=clock.today()).filter(confirmed=False, person__isnull=False)


def on_duty(place_ids: Sequence[int], at: datetime | None = None) -> list[Shift]:
    """Who is on duty at these places at an instant."""
    now = at or clock.now()
    shifts = Shift.objects.filter(place_id__in=place_ids, cancelled=False, starts__lte=now, ends__gt=now)
    return list(shifts.select_related("post__person", "place", "organization").order_by("starts", "id"))


def shifts_of(viewer: Actor, *, first: datetime, last: datetime) -> QuerySet[Shift]:
    """The roster of duties between two instants, for posts that the viewer sees."""
    seen = Post.objects.filter(policies.posts_visible_to(viewer))
    shifts = Shift.objects.filter(cancelled=False, starts__lt=last, ends__gt=first, post__in=seen)
    return shifts.select_related("post__person", "place", "organization").order_by("starts", "id")


def hand_over_for(viewer: Actor, pk: int) -> HandOver:
    """A hand-over sheet of a post that the viewer sees. Raises: not_found."""
    rows = HandOver.objects.select_related("post__place", "post__person", "successor__person", "organization")
    sheet = rows.filter(pk=pk).first()
    if sheet is None or not policies.can_see_post(viewer, sheet.post):
        raise NotFound
    return sheet


def _lacking(viewer: Actor, kind: PostKind, path: str, limit: int) -> list[Vacancy]:
    places = Place.objects.filter(
        Q(type__in=kind.at) | Q(type=Place.Type.DIVISION, level__in=kind.at),
        policies.places_seen(viewer),
        until=None,
        placeholder=False,
        path__startswith=path,
    )
    if "grid" in kind.at:
        # Upper grids are staffed through the grids below them.
        below = Place.objects.filter(type=Place.Type.GRID, until=None, upper__isnull=False)
        places = places.exclude(pk__in=below.values("upper_id"))
    today = policies.held_on(clock.today())
    held = Post.objects.filter(today, kind=kind.code, person__isnull=False, stands_in_for=None)
    counted = dict(held.order_by().values("place").annotate(held=Count("pk")).values_list("place", "held"))
    full = [place for place, count in counted.items() if count >= kind.each]
    lacking = places.exclude(pk__in=full).order_by("path")[:limit]
    return [Vacancy(kind, place, kind.each - counted.get(place.pk, 0)) for place in lacking]


def _doubled(posts: list[Post]) -> Doubled:
    person = posts[0].person
    assert person is not None
    kinds = [post.kind for post in posts]
    return Doubled(person, tuple(posts), len(set(kinds)) < len(kinds))


def _is_held(post: Post, day: date) -> bool:
    return (post.since is None or post.since <= day) and (post.until is None or post.until > day)
