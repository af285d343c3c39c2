"""Who sees members and what they do. Which household somebody helps is known to the pair and one supervisor.

The supervisor works at the very community: nobody above it, no desk elsewhere, no unit and no administrator is told.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.members.models import DualRegistration, Member, Pairing, ResponsibilityPost
from linli.members.workflow import KEEP, SUPERVISE, UNIT
from linli.organizations.models import Organization
from linli.organizations.policies import VIEW, held_on
from linli.territory.models import Place

NOBODY = Q(pk__in=[])


def members_visible_to(actor: Actor) -> Q:
    """The members whom a desk keeps, and oneself."""
    if actor.key == "system":
        return Q()
    return actor.places(KEEP) | _own(actor, "person_id")


def registrations_visible_to(actor: Actor) -> Q:
    """The registrations at a desk's places, one's own, and those of one's own body as a unit; never of its members."""
    if actor.key == "system":
        return Q()
    unit = Q(kind="unit", organization_id__in=units_of(actor))
    return actor.places(KEEP) | _own(actor, "member__person_id") | unit


def turn_outs_visible_to(actor: Actor) -> Q:
    """The turn-outs at a desk's places, and one's own. A unit sees none: it is told totals."""
    if actor.key == "system":
        return Q()
    return actor.places(KEEP) | _own(actor, "member__person_id")


def pairings_visible_to(actor: Actor) -> Q:
    """The pairings of oneself, and of the very community that one supervises. Not even the system sees others.

    Whoever works nowhere any more is no fixed contact, and sees the household's code no longer.
    """
    seen = Q(place__path__in=supervised(actor)) | _own(actor, "member__person_id")
    return seen | _own(actor, "person_id") if actor.scopes else seen


def helpers_at(places: Iterable[Place]) -> Q:
    """The posts whose holders may be the fixed contact of a household: at its community, or in its street's office."""
    near = [pk for place in places for pk in (place.pk, place.street_id or 0)]
    return held_on(clock.today()) & Q(place_id__in=near, confirmed=True, person__isnull=False)


def supervised_places(actor: Actor) -> Q:
    """The communities whose pairings somebody supervises."""
    return living_places() & Q(path__in=supervised(actor))


def posts_visible_to(actor: Actor) -> Q:
    """The areas and posts at places whose roster somebody looks at."""
    return Q() if actor.key == "system" else actor.places(VIEW) | actor.places(KEEP)


def numbers_visible_to(actor: Actor) -> Q:
    """Selections of new members and counts by mode, which name nobody: for whoever looks at the roster there."""
    return posts_visible_to(actor)


def bodies_at(place: Place) -> Q:
    """The party organisations at a place and in it."""
    return Q(type=Organization.Type.PARTY, until=None, place__path__startswith=place.path)


def supervised(actor: Actor) -> list[str]:
    """The paths of the places at which somebody supervises pairings: not those above, not those below."""
    return [scope.path for scope in actor.scopes if SUPERVISE in scope.abilities and scope.path]


def units_of(actor: Actor) -> tuple[int, ...]:
    """The bodies for which somebody registers and reads totals."""
    return actor.organization_ids if actor.can(UNIT) else ()


def keeping_places(actor: Actor) -> Q:
    """The communities whose members somebody keeps."""
    return living_places() & (Q() if actor.key == "system" else actor.places(KEEP, prefix=""))


def living_places() -> Q:
    """The communities in which one may say that one lives."""
    return Q(placeholder=False, until=None, community_id=F("pk"))


def may_keep(actor: Actor, place: Place) -> bool:
    """Whether somebody works at a desk that keeps the members of a place."""
    return actor.key == "system" or actor.reaches(KEEP, path=place.path, grid_path=place.grid_path)


def require_keep(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: members.not_yours"""
    if not may_keep(actor, place):
        raise NotAllowed("members.not_yours", _("Your posts do not let you keep the members of this place."))


def may_supervise(actor: Actor, place: Place) -> bool:
    """Whether somebody supervises the pairings of this very place."""
    return place.path in supervised(actor)


def require_supervise(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: members.not_yours"""
    if not may_supervise(actor, place):
        raise NotAllowed("members.not_yours", _("Only the supervisor of this community does this."))


def is_self(actor: Actor, member: Member) -> bool:
    """Whether a member is oneself."""
    return actor.person_id is not None and actor.person_id == member.person_id


def is_pair(actor: Actor, row: Pairing) -> bool:
    """Whether somebody is the one who helps the household."""
    helper = row.member.person_id if row.member else row.person_id
    return actor.person_id is not None and actor.person_id == helper


def require_self_or_keep(actor: Actor, member: Member) -> None:
    """Refuse everybody but the member and the desk. Raises: members.not_yours"""
    if not is_self(actor, member):
        require_keep(actor, member.place)


def may_end(actor: Actor, row: DualRegistration) -> bool:
    """Whether somebody may end a registration: the desk, the member, or the unit."""
    own = row.member is not None and is_self(actor, row.member)
    unit = row.kind == "unit" and row.organization_id in units_of(actor)
    return own or unit or may_keep(actor, row.place)


def pairing_amendable(actor: Actor, row: Pairing) -> bool:
    """Whether somebody may change what the profile adds to a pairing."""
    return may_supervise(actor, row.place)


def post_amendable(actor: Actor, row: ResponsibilityPost) -> bool:
    """Whether somebody may change what the profile adds to an area or post."""
    return may_keep(actor, row.place)


def amendable(actor: Actor, row: Any) -> bool:
    """Whether somebody may change what the profile adds to a row at a place."""
    return may_keep(actor, row.place)


def _own(actor: Actor, path: str) -> Q:
    return Q(**{path: actor.person_id}) if actor.person_id else NOBODY
