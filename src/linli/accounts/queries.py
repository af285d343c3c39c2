"""Reading accounts: the Actor that a person's posts make of them today."""

from django.db.models import Q

from linli.accounts.abilities import PostKind, PostsSection, post_kinds
from linli.accounts.models import User
from linli.core import clock
from linli.core.actors import Actor, Scope
from linli.organizations.models import Post
from linli.records import profiles


def posts_now(person_id: int | None) -> list[Post]:
    """The posts that a person holds today."""
    if person_id is None:
        return []
    today = clock.today()
    held = Post.objects.filter(person_id=person_id).filter(
        Q(since=None) | Q(since__lte=today), Q(until=None) | Q(until__gt=today)
    )
    return list(held.select_related("place", "organization").order_by("id"))


def actor_of(user: User) -> Actor:
    """The actor behind an account: abilities and scopes from the posts held today, nothing else."""
    kinds = post_kinds(profiles.current().section(PostsSection))
    posts = posts_now(user.person_id)
    scopes = tuple(scope for post in posts if (scope := _scope(post, kinds)))
    return Actor(
        key=f"user:{user.pk}",
        label=str(user),
        user_id=user.pk,
        person_id=user.person_id,
        post_ids=tuple(post.pk for post in posts),
        organization_ids=tuple(post.organization_id for post in posts if post.organization_id),
        scopes=scopes,
        language=user.language,
        abilities=frozenset(ability for scope in scopes for ability in scope.abilities),
    )


def _scope(post: Post, kinds: dict[str, PostKind]) -> Scope | None:
    kind = kinds.get(post.kind)
    if kind is None:
        return None
    abilities = frozenset(kind.abilities)
    where = kind.scope
    if where == "organization" and post.organization is not None:
        return Scope(abilities, organization_path=post.organization.path)
    if where == "grid" and post.place.grid_path:
        return Scope(abilities, grid_path=post.place.grid_path)
    return Scope(abilities, path=post.place.path)
