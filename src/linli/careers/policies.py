"""Who sees and does what with careers. A community nominates, the street or district decides, a clerk writes pay.

What somebody is paid is seen by them and by the pay clerk, by nobody else: neither by those who lead them.
"""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.careers.models import Promotion, RecruitmentRound, ReserveCandidate, TalentEntry
from linli.careers.workflow import MANAGE, NOMINATE, PAY, PROMOTIONS, RESERVES
from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.organizations.models import Person
from linli.territory.models import Place


def _own(actor: Actor, prefix: str = "person_id") -> Q:
    return Q(**{prefix: actor.person_id}) if actor.person_id else Q(pk__in=[])


def _kept(actor: Actor, prefix: str = "place__") -> Q:
    return Q() if actor.key == "system" else actor.places(NOMINATE, prefix) | actor.places(MANAGE, prefix)


def _managed(actor: Actor, prefix: str = "place__") -> Q:
    return Q() if actor.key == "system" else actor.places(MANAGE, prefix)


def _paid(actor: Actor, prefix: str = "place__") -> Q:
    return Q() if actor.key == "system" else actor.places(PAY, prefix)


def reserves_visible_to(actor: Actor) -> Q:
    """The reserves at places whose desk or street the actor is."""
    return _kept(actor)


def talents_visible_to(actor: Actor) -> Q:
    """The talents at places whose desk or street the actor is; one's own always."""
    return Q() if actor.key == "system" else _kept(actor) | _own(actor)


def promotions_visible_to(actor: Actor) -> Q:
    """The promotions at places that the actor manages; one's own always."""
    return Q() if actor.key == "system" else _managed(actor) | _own(actor)


def rounds_visible_to(actor: Actor) -> Q:
    """The rounds at places that the actor manages or nominates for: they hold numbers only."""
    return _kept(actor)


def given_visible_to(actor: Actor) -> Q:
    """Why posts under unified recruitment were given, at places that the actor manages."""
    return _managed(actor)


def plans_visible_to(actor: Actor) -> Q:
    """The staffing plans at such places."""
    return _kept(actor)


def workers_visible_to(actor: Actor) -> Q:
    """The people who hold a post at places that the actor manages."""
    return _managed(actor, "posts__place__")


def pay_rules_visible_to(actor: Actor) -> Q:
    """What one could be paid is no secret among those who keep the ladder or the pay."""
    return Q() if actor.key == "system" or actor.can(PAY) or actor.can(MANAGE) else Q(pk__in=[])


def statements_visible_to(actor: Actor) -> Q:
    """One's own, and those that the actor writes as pay clerk."""
    return Q() if actor.key == "system" else _paid(actor) | _own(actor)


def communities_of(actor: Actor) -> Q:
    """The communities for which the actor nominates or decides."""
    there = Q(placeholder=False, until=None, community_id=F("pk"))
    return there & _kept(actor, "")


def may_nominate(actor: Actor, place: Place) -> bool:
    """Whether the actor nominates at a place."""
    return actor.key == "system" or any(actor.reaches(able, path=place.path) for able in (NOMINATE, MANAGE))


def may_manage(actor: Actor, place: Place) -> bool:
    """Whether the actor decides at a place."""
    return actor.key == "system" or actor.reaches(MANAGE, path=place.path)


def may_pay(actor: Actor, place: Place) -> bool:
    """Whether the actor writes pay at a place."""
    return actor.key == "system" or actor.reaches(PAY, path=place.path)


def require_nominate(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: careers.not_yours"""
    if not may_nominate(actor, place):
        raise NotAllowed("careers.not_yours", _("Only the community itself or its street does this."))


def require_manage(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: careers.not_yours"""
    if not may_manage(actor, place):
        raise NotAllowed("careers.not_yours", _("Only the street or the district decides this."))


def require_pay(actor: Actor, place: Place) -> None:
    """Refuse who is no pay clerk there. Raises: pay.not_yours"""
    if not may_pay(actor, place):
        raise NotAllowed("pay.not_yours", _("Only the pay clerk writes what people are paid."))


def reserve_verbs(actor: Actor, row: ReserveCandidate) -> list[str]:
    """What the actor may do now with a reserve candidate."""
    able = {"leave"} if may_nominate(actor, row.place) else set()
    able |= {"approve", "refuse", "appoint"} if may_manage(actor, row.place) else set()
    return [item.verb for item in RESERVES.allowed(row.state, ()) if item.verb in able]


def promotion_verbs(actor: Actor, row: Promotion) -> list[str]:
    """What the actor may do now with a promotion; nobody decides on their own."""
    if not may_manage(actor, row.place) or row.person_id == actor.person_id:
        return []
    return [item.verb for item in PROMOTIONS.allowed(row.state, ())]


def may_leave(actor: Actor, row: TalentEntry) -> bool:
    """Whether the actor may take somebody off the pool: the person themselves, and the desk for them."""
    return row.person_id == actor.person_id or may_nominate(actor, row.place)


def reserve_amendable(actor: Actor, row: ReserveCandidate) -> bool:
    """Whether the actor may change what the profile adds."""
    return may_nominate(actor, row.place)


def talent_amendable(actor: Actor, row: TalentEntry) -> bool:
    """Whether the actor may change what the profile adds."""
    return may_nominate(actor, row.place)


def manage_amendable(actor: Actor, row: Promotion | RecruitmentRound) -> bool:
    """Whether the actor may change what the profile adds."""
    return may_manage(actor, row.place)


def can_see_worker(actor: Actor, person: Person) -> bool:
    """Whether the actor manages a place where this person holds a post."""
    return Person.objects.filter(workers_visible_to(actor), pk=person.pk).exists()
