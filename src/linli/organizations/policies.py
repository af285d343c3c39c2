"""Who may see and change organisations, posts and people. One rule gives the filter and the check.

Bodies are public; who works in them is seen at places where the actor may look at the roster; hidden equals missing.
"""

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import NotAllowed, NotFound, RuleBroken
from linli.organizations.models import Organization, Person, Post
from linli.organizations.sections import PostKind
from linli.territory.models import Place
from linli.territory.policies import may_import

VIEW = "organizations.view"
MANAGE = "organizations.manage"
LEND = "bookings.lend"
SECURITY = "security.manage"


def bodies_visible_to(actor: Actor) -> Q:
    """Organisations are public; who works in them is not."""
    return Q()


def members_visible_to(actor: Actor) -> Q:
    """Numbers of members by grid, and what came of offers: for whoever sees the organisations at all."""
    return Q() if actor.key == "system" or actor.can(VIEW) or actor.can(MANAGE) else Q(pk__in=[])


def posts_visible_to(actor: Actor) -> Q:
    """The posts at places where the actor may look at the roster; a person's own posts always."""
    if actor.key == "system" or actor.can(SECURITY):
        return Q()
    own = Q(person_id=actor.person_id) if actor.person_id else Q(pk__in=[])
    return actor.places(VIEW) | own


def groups_visible_to(actor: Actor) -> Q:
    """The household groups at places where the actor may look at the roster; their leads are named there."""
    return Q() if actor.key == "system" else actor.places(VIEW)


def places_seen(actor: Actor) -> Q:
    """The places whose roster the actor may look at."""
    return Q() if actor.key == "system" else actor.places(VIEW, prefix="")


def people_visible_to(actor: Actor) -> Q:
    """The people who hold or held a post that the actor sees; oneself always."""
    if actor.key == "system":
        return Q()
    own = Q(pk=actor.person_id) if actor.person_id else Q(pk__in=[])
    return own | Q(pk__in=Post.objects.filter(posts_visible_to(actor)).values("person_id"))


def held_on(day: date) -> Q:
    """Posts (or bodies) that stand on a day: begun, and not ended by then."""
    return (Q(since=None) | Q(since__lte=day)) & (Q(until=None) | Q(until__gt=day))


def can_see_post(actor: Actor, post: Post) -> bool:
    """Whether the actor sees this post: the same rule as the filter, on one row."""
    if actor.key == "system" or actor.can(SECURITY) or (actor.person_id and actor.person_id == post.person_id):
        return True
    return actor.reaches(VIEW, path=post.place.path, grid_path=post.place.grid_path)


def can_see_person(actor: Actor, person: Person) -> bool:
    """Whether the actor sees this person."""
    if actor.key == "system" or person.pk == actor.person_id:
        return True
    return any(can_see_post(actor, post) for post in person.posts.select_related("place"))


def may_manage(actor: Actor, place: Place) -> bool:
    """Whether the actor may change bodies and posts at this place."""
    return actor.key == "system" or actor.reaches(MANAGE, path=place.path, grid_path=place.grid_path)


def may_change_body(actor: Actor, body: Organization) -> bool:
    """Whether the actor may change what the profile adds to a body that has not ended: where a ledger of theirs may."""
    return body.until is None and (may_manage(actor, body.place) or may_import(actor, body.place))


def require_manage(actor: Actor, place: Place) -> None:
    """Refuse who may not change bodies and posts here. Raises: organization.not_yours."""
    if not may_manage(actor, place):
        raise NotAllowed("organization.not_yours", _("Your posts do not let you change bodies and posts here."))


def lends_for(actor: Actor) -> tuple[int, ...]:
    """The bodies for which somebody says what they share."""
    return actor.organization_ids if actor.can(LEND) else ()


def may_share(actor: Actor, body: Organization | None, place: Place) -> bool:
    """Whether somebody says what a body shares: the body itself, and whoever keeps the list where it stands."""
    return (body is not None and body.pk in lends_for(actor)) or may_manage(actor, place)


def require_share(actor: Actor, body: Organization | None, place: Place) -> None:
    """Refuse who may not. Raises: organization.not_yours"""
    if not may_share(actor, body, place):
        raise NotAllowed("organization.not_yours", _("Your posts do not let you change bodies and posts here."))


def require_body_manage(actor: Actor, body: Organization) -> None:
    """Refuse who may not change this body. Raises: organization.not_yours."""
    require_manage(actor, body.place)


def may_appoint(actor: Actor, kind: PostKind, place: Place) -> bool:
    """Whether the actor may fill a post of this kind: administrators' posts only by those who manage accounts.

    Otherwise whoever changes the roster could make an administrator, and the duties would not be apart.
    """
    if actor.key == "system":
        return True
    if kind.administers:
        return actor.reaches(SECURITY, path=place.path)
    return may_manage(actor, place)


def require_appoint(actor: Actor, kind: PostKind, place: Place, person_id: int | None) -> None:
    """Refuse a wrong appointer, and anybody who would appoint themselves.

    Raises: post.not_yours, post.own
    """
    if not may_appoint(actor, kind, place):
        raise NotAllowed("post.not_yours", _("Your posts do not let you fill this post."))
    if person_id is not None and person_id == actor.person_id:
        raise RuleBroken("post.own", _("Nobody fills their own post; ask a colleague."))


def require_post_seen(actor: Actor, post: Post) -> None:
    """Refuse as if there were nothing. Raises: not_found."""
    if not can_see_post(actor, post):
        raise NotFound
