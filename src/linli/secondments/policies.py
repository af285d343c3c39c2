"""Who may what with secondments. One rule gives the filter and the check; hidden equals missing.

Whoever keeps them begins and ends them; the host community confirms months; the sending body writes down what it pays
for; everybody sees their own term, also when it is over.
"""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import NotAllowed, NotFound, RuleBroken
from linli.secondments.models import Secondment, SecondmentMonth, WorkListItem
from linli.secondments.workflow import ABILITIES, CONFIRM, KEEP, SEND
from linli.territory.models import Place


def secondments_visible_to(actor: Actor) -> Q:
    """The secondments to places for which the actor keeps or confirms, those of one's own body, and one's own."""
    return _seen(actor, "")


def parts_visible_to(actor: Actor) -> Q:
    """Transfers, months and tasks of the secondments that the actor sees."""
    return _seen(actor, "secondment__")


def _seen(actor: Actor, prefix: str) -> Q:
    if actor.key == "system":
        return Q()
    found = actor.places(KEEP, prefix=f"{prefix}place__") | actor.places(CONFIRM, prefix=f"{prefix}place__")
    if actor.can(SEND):
        found |= Q(**{f"{prefix}sender_id__in": actor.organization_ids})
    if actor.person_id:
        found |= Q(**{f"{prefix}person_id": actor.person_id})
    return found


def reviews_visible_to(actor: Actor) -> Q:
    """The reviews of those who serve at places for which the actor keeps secondments, and one's own; nobody else's."""
    if actor.key == "system":
        return Q()
    own = Q(secondment__person_id=actor.person_id) if actor.person_id else Q(pk__in=[])
    return actor.places(KEEP, prefix="secondment__place__") | own


def lists_visible_to(actor: Actor) -> Q:
    """The work lists that the actor issues, and those that ask something of a secondment that the actor sees."""
    if actor.key == "system":
        return Q()
    asked = Secondment.objects.filter(secondments_visible_to(actor)).values("pk")
    return actor.places(KEEP) | Q(pk__in=WorkListItem.objects.filter(secondment__in=asked).values("work_list_id"))


def rounds_visible_to(actor: Actor) -> Q:
    """The selections at places for which the actor keeps secondments."""
    return Q() if actor.key == "system" else actor.places(KEEP)


def require_reader(actor: Actor) -> None:
    """The pages are missing for whoever has nothing to do with secondments. Raises: not_found"""
    own = actor.person_id and Secondment.objects.filter(person_id=actor.person_id).exists()
    if not own and not any(actor.can(ability) for ability in ABILITIES):
        raise NotFound


def hosts(actor: Actor) -> Q:
    """The communities to which the actor may send somebody."""
    there = Q(placeholder=False, until=None, community_id=F("pk"))
    return there & (Q() if actor.key == "system" else actor.places(KEEP, prefix=""))


def seats(actor: Actor) -> Q:
    """The places for which the actor issues work lists and runs selections: communities, streets, the county."""
    there = Q(placeholder=False, until=None) & (Q(community_id=F("pk")) | Q(street_id=F("pk")) | Q(county_id=F("pk")))
    return there & (Q() if actor.key == "system" else actor.places(KEEP, prefix=""))


def may_keep(actor: Actor, place: Place) -> bool:
    """Whether the actor keeps the secondments to a place."""
    return actor.key == "system" or actor.reaches(KEEP, path=place.path)


def is_own(actor: Actor, secondment: Secondment) -> bool:
    """Whether the term is the actor's own."""
    return actor.person_id is not None and actor.person_id == secondment.person_id


def may_support(actor: Actor, secondment: Secondment) -> bool:
    """Whether the actor writes down insurance and fund: the sending body, and whoever keeps secondments."""
    sends = actor.can(SEND) and secondment.sender_id in actor.organization_ids
    return (sends or may_keep(actor, secondment.place)) and not is_own(actor, secondment)


def may_confirm(actor: Actor, month: SecondmentMonth) -> bool:
    """Whether the actor confirms this month for the host: never one's own, never what one stated."""
    able = actor.key == "system" or actor.reaches(CONFIRM, path=month.place.path)
    return able and not is_own(actor, month.secondment) and month.stated_by != actor.key


def require_keep(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: secondment.not_yours"""
    if not may_keep(actor, place):
        raise NotAllowed("secondment.not_yours", _("Only whoever keeps secondments here does this."))


def require_not_own(actor: Actor, person_id: int | None) -> None:
    """Refuse whoever decides about their own term. Raises: secondment.own"""
    if person_id is not None and person_id == actor.person_id:
        raise RuleBroken("secondment.own", _("Nobody decides about their own term; ask a colleague."))


def may_review(actor: Actor, secondment: Secondment) -> bool:
    """Whether the actor reviews a term: the office that manages it and those above, never one's own."""
    return may_keep(actor, secondment.place) and not is_own(actor, secondment)


def require_answer(actor: Actor, secondment: Secondment) -> None:
    """Refuse whoever is not the one reviewed. Raises: review.not_yours"""
    if not is_own(actor, secondment):
        raise NotAllowed("review.not_yours", _("Only whoever was reviewed answers."))


def require_support(actor: Actor, secondment: Secondment) -> None:
    """Refuse who may not. Raises: secondment.own, secondment.not_yours"""
    require_not_own(actor, secondment.person_id)
    if not may_support(actor, secondment):
        raise NotAllowed("secondment.not_yours", _("Only the sending body and whoever keeps secondments do this."))


def require_serving(actor: Actor, secondment: Secondment) -> None:
    """Refuse whoever does not serve this term. Raises: secondment_month.not_yours"""
    if not is_own(actor, secondment):
        raise NotAllowed("secondment_month.not_yours", _("Days are stated by whoever was there, and nobody else."))


def require_owner(actor: Actor, item: WorkListItem) -> None:
    """Refuse whoever does not owe this task. Raises: work_list_item.not_yours"""
    if not is_own(actor, item.secondment):
        raise NotAllowed("work_list_item.not_yours", _("Only whoever owes this task writes down what came of it."))


def require_confirm(actor: Actor, month: SecondmentMonth) -> None:
    """Refuse who may not. Raises: secondment_month.own, secondment_month.not_yours"""
    if is_own(actor, month.secondment) or month.stated_by == actor.key:
        raise RuleBroken("secondment_month.own", _("Nobody confirms their own days; the host community does."))
    if not may_confirm(actor, month):
        raise NotAllowed("secondment_month.not_yours", _("Only the host community confirms these days."))


def amendable(actor: Actor, secondment: Secondment) -> bool:
    """Whether the actor may change what the profile adds to a secondment."""
    return may_keep(actor, secondment.place) and not is_own(actor, secondment)


def part_amendable(actor: Actor, part: object) -> bool:
    """Whether the actor may change what the profile adds to a transfer, a month or a task."""
    secondment = getattr(part, "secondment", None)
    return isinstance(secondment, Secondment) and amendable(actor, secondment)
