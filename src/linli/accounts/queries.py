"""Reading accounts: the Actor that a person's posts make of them today, and what an account holds about its owner."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.db.models import Q, QuerySet

from linli.accounts.abilities import SEPARATED, PostKind, kinds_in_force
from linli.accounts.models import Look, PaperCode, User
from linli.core import clock
from linli.core.actors import Actor, Scope
from linli.core.composed import composed
from linli.core.errors import NotFound
from linli.core.models import Entry
from linli.organizations.models import Person, Post
from linli.organizations.policies import held_on


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account as those who manage accounts see it."""

    user: User
    posts: tuple[Post, ...]
    waiting: bool
    second_factor: bool


class Held(NamedTuple):
    """What of a post decides what its holder may do, and where."""

    id: int
    person_id: int
    kind: str
    organization_id: int | None
    path: str
    grid_path: str
    organization_path: str | None


@composed(planned=True)
def posts_held(people: tuple[int, ...], today: date) -> QuerySet[Post, tuple[Any, ...]]:
    """The posts that people hold on a day and that somebody has confirmed: those that allow something."""
    rows = Post.objects.filter(held_on(today), person_id__in=people, confirmed=True).order_by("id")
    places = ("place__path", "place__grid_path", "organization__path")
    return rows.values_list("id", "person_id", "kind", "organization_id", *places)


def actor_of(user: User, *, second_factor: bool = True) -> Actor:
    """The actor behind an account: abilities and scopes from the posts held today, nothing else.

    Without a second factor the posts of administrators allow nothing.
    """
    kinds = kinds_in_force()
    posts = _held(posts_held((user.person_id,), clock.today()), kinds) if user.person_id else []
    if not second_factor:
        posts = [post for post in posts if not kinds[post.kind].administers]
    return _built(user, posts, kinds)


def actors_of(users: Sequence[User]) -> dict[int, Actor]:
    """The actors behind several accounts, in one query for any number."""
    kinds = kinds_in_force()
    people = tuple(user.person_id for user in users if user.person_id)
    held: dict[int, list[Held]] = {}
    for post in _held(posts_held.query(people, clock.today()), kinds):
        held.setdefault(post.person_id, []).append(post)
    return {user.pk: _built(user, held.get(user.person_id or 0, []), kinds) for user in users}


def _held(rows: Iterable[tuple[Any, ...]], kinds: Mapping[str, PostKind]) -> list[Held]:
    return [post for row in rows if (post := Held(*row)).kind in kinds]


def _built(user: User, posts: Sequence[Held], kinds: Mapping[str, PostKind]) -> Actor:
    scopes = tuple(_scope(post, kinds[post.kind]) for post in posts)
    return Actor(
        key=f"user:{user.pk}",
        label=str(user),
        user_id=user.pk,
        person_id=user.person_id,
        post_ids=tuple(post.id for post in posts),
        organization_ids=tuple(dict.fromkeys(post.organization_id for post in posts if post.organization_id)),
        scopes=scopes,
        language=user.language,
        abilities=frozenset(ability for scope in scopes for ability in scope.abilities),
    )


def actor_with_key(key: str) -> Actor | None:
    """The actor behind a key of the journal, where it is an account's and the account is active."""
    number = key.removeprefix("user:")
    user = User.objects.filter(pk=int(number), is_active=True).first() if number.isdecimal() else None
    return actor_of(user) if user else None


def administers(actor: Actor) -> bool:
    """Whether one of the duties that are kept apart lies with the actor."""
    return any(actor.can(ability) for ability in SEPARATED)


def has_second_factor(user: User) -> bool:
    """Whether the account has a second factor set up."""
    return bool(Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists())


def accounts_for(viewer: Actor, words: str = "") -> list[AccountLine]:
    """Accounts by name, for those who manage accounts. Raises: not_found."""
    if not viewer.can("security.manage"):
        raise NotFound
    users = User.objects.select_related("person").order_by("-is_active", "username")
    if words.strip():
        users = users.filter(Q(username__icontains=words.strip()) | Q(display_name__icontains=words.strip()))
    page = list(users[:200])
    posts: dict[int, list[Post]] = {}
    people = [user.person_id for user in page if user.person_id]
    for post in Post.objects.filter(held_on(clock.today()), person_id__in=people).select_related("place"):
        posts.setdefault(post.person_id or 0, []).append(post)
    waiting = set(PaperCode.objects.filter(user__in=page).values_list("user_id", flat=True))
    safe = Authenticator.objects.filter(user__in=page, type=Authenticator.Type.TOTP)
    secured = set(safe.values_list("user_id", flat=True))
    return [
        AccountLine(user, tuple(posts.get(user.person_id or 0, ())), user.pk in waiting, user.pk in secured)
        for user in page
    ]


def looks_for(viewer: Actor) -> QuerySet[Look]:
    """The log of looks at personal data: all of it for auditors, for others the looks at themselves."""
    if viewer.can("audit.read"):
        return Look.objects.order_by("-id")
    own = Q(subject_type="person", subject_id=viewer.person_id) if viewer.person_id else Q(pk__in=[])
    return Look.objects.filter(own).order_by("-id")


def own_data(actor: Actor) -> dict[str, Any]:
    """Everything the platform holds about the account's owner, for the owner. Raises: not_found."""
    user = User.objects.select_related("person").filter(pk=actor.user_id or 0).first()
    if user is None:
        raise NotFound
    posts = user.person.posts.select_related("place", "organization").order_by("id") if user.person else []
    return {
        "account": {
            "username": user.username,
            "display_name": user.display_name,
            "email": user.email,
            "language": user.language,
            "joined": user.joined.isoformat(),
        },
        "person": {"name": user.person.name, "phone": user.person.phone or ""} if user.person else None,
        "posts": [
            {
                "kind": post.kind,
                "place": post.place.name,
                "organization": post.organization.name if post.organization else "",
                "since": post.since.isoformat() if post.since else None,
                "until": post.until.isoformat() if post.until else None,
            }
            for post in posts
        ],
        "looks": [{"at": look.at.isoformat(), "field": look.field, "reason": look.reason} for look in looks_for(actor)],
        "done": [
            {"at": entry.at.isoformat(), "operation": entry.operation}
            for entry in Entry.objects.filter(actor=actor.key).order_by("-id")[:1000]
        ],
        "kept": {label: rows for label, rows in kept_of(user) if rows},
    }


def kept_of(user: User) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """What models keep of somebody, by what its rows are called; each model says itself which rows and fields."""
    for model in apps.get_models():
        for owned in getattr(model, "owned", ()):
            leads_to = model._meta.get_field(owned.by).related_model
            key = user.person_id if leads_to is Person else user.pk
            if key:
                rows = model._default_manager.filter(**{owned.by: key}, **owned.only).order_by("pk")
                yield f"{model._meta.label_lower}.{owned.by}", list(rows.values(*owned.fields.split()))


def _scope(post: Held, kind: PostKind) -> Scope:
    abilities = frozenset(kind.abilities)
    if kind.scope == "organization":
        # A post in a body that is missing reaches nothing, rather than the whole place.
        return Scope(abilities, organization_path=post.organization_path or "")
    if kind.scope == "grid" and post.grid_path:
        return Scope(abilities, grid_path=post.grid_path)
    return Scope(abilities, path=post.path)
