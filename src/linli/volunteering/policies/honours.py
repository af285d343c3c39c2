"""Who sees and decides on honours: the desk of the place; whoever nominated does not decide, nor who is honoured."""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.territory.models import Place
from linli.volunteering.models import Honour
from linli.volunteering.workflow import HONOURS, KEEP, PEOPLE

DECIDING = frozenset({"accept", "decline", "uphold", "award"})


def honours_visible_to(actor: Actor) -> Q:
    """Honours of bodies and projects once awarded are for all who see lists; the others for the desk of the place."""
    if actor.key == "system":
        return Q()
    seen = actor.places(KEEP) | (Q(state="awarded") & ~Q(recipient__in=PEOPLE))
    return seen | Q(person_id=actor.person_id) if actor.person_id else seen


def honours_kept_by(actor: Actor) -> Q:
    """The honours of the places whose desk somebody is."""
    return Q() if actor.key == "system" else actor.places(KEEP)


def nominating_places(actor: Actor) -> Q:
    """The communities and streets for which somebody may nominate."""
    there = Q(placeholder=False, until=None) & (Q(community_id=F("pk")) | Q(street_id=F("pk")))
    return there & (Q() if actor.key == "system" else actor.places(KEEP, prefix=""))


def may_keep(actor: Actor, place: Place) -> bool:
    """Whether somebody is the desk of a place."""
    return actor.key == "system" or actor.reaches(KEEP, path=place.path)


def may_amend(actor: Actor, row: Honour) -> bool:
    """Whether somebody may change, on one row, what the profile adds to it."""
    return may_keep(actor, row.place)


def may_decide(actor: Actor, row: Honour) -> bool:
    """Whether somebody may review, award, and answer objections: not who nominated, and not who is honoured."""
    own = actor.person_id is not None and actor.person_id == row.person_id
    return may_keep(actor, row.place) and not own and (actor.key == "system" or actor.key != row.nominated_by)


def verbs_of(actor: Actor, row: Honour) -> frozenset[str]:
    """What somebody may do now with an honour."""
    if not may_keep(actor, row.place):
        return frozenset()
    verbs = {item.verb for item in HONOURS.allowed(row.state, {KEEP})} - {"object"}
    return frozenset(verbs if may_decide(actor, row) else verbs - DECIDING)


def require_keep(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: honour.not_yours"""
    if not may_keep(actor, place):
        raise NotAllowed("honour.not_yours", _("Your posts do not let you keep honours of this place."))


def require_decide(actor: Actor, row: Honour) -> None:
    """Refuse who may not. Raises: honour.not_yours, honour.own"""
    require_keep(actor, row.place)
    if not may_decide(actor, row):
        raise NotAllowed("honour.own", _("Somebody else decides: not who nominated, and not who is honoured."))
