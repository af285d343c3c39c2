"""Who sees asks, proposes, approves and answers them. Asks are known to all staff; answers only where they belong.

What was filled in is read by the place or the body that answers, and by the asking office once it is answered; whoever
else may see that there is an answer sees its counts. Who only answers for a body sees the asks that were sent to it.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.accountability.models import Ask, AskAnswer
from linli.accountability.workflow.asks import ANSWER, APPROVE, PROPOSE, VIEW
from linli.core.actors import Actor
from linli.core.errors import NotAllowed, NotFound, RuleBroken
from linli.territory.models import Place


def require_view(actor: Actor) -> None:
    """Refuse as if there were no registry. Raises: not_found"""
    if not (actor.key == "system" or actor.can(VIEW) or actor.can(ANSWER)):
        raise NotFound


def asks_visible_to(actor: Actor) -> Q:
    """Every ask of the registry, for whoever may see it; what came past it, where it came in and above."""
    if actor.key == "system":
        return Q()
    if not actor.can(VIEW):
        return Q(pk__in=AskAnswer.objects.filter(_of_own_bodies(actor)).values("ask_id"))
    return Q(decider__gt="") | Q(proposer=actor.key) | actor.places(VIEW) | Q(office_id__in=actor.organization_ids)


def answers_visible_to(actor: Actor) -> Q:
    """The answers of the places where the actor sees asks, of the actor's bodies, and those that these asked for."""
    if actor.key == "system":
        return Q()
    own = _of_own_bodies(actor)
    if not actor.can(VIEW):
        return own
    return own | actor.places(VIEW) | Q(ask__office_id__in=actor.organization_ids)


def owed_by(actor: Actor) -> Q:
    """The answers that the actor gives: for one's own places, and for one's own bodies."""
    paths = [scope.path for scope in actor.scopes if ANSWER in scope.abilities and scope.path]
    return Q(organization=None, place__path__in=paths) | _of_own_bodies(actor)


def _of_own_bodies(actor: Actor) -> Q:
    return Q(organization__path__in=_own_bodies(actor))


def _own_bodies(actor: Actor) -> list[str]:
    held = (scope for scope in actor.scopes if ANSWER in scope.abilities)
    return [scope.organization_path for scope in held if scope.organization_path]


def may_answer(actor: Actor, answer: AskAnswer) -> bool:
    """Whether the actor gives this answer: for exactly this place, or for the very body."""
    if answer.organization is not None:
        return answer.organization.path in _own_bodies(actor)
    return own_place(actor, answer.place)


def may_read(actor: Actor, answer: AskAnswer) -> bool:
    """Whether the actor may read what was filled in: whoever answers, and who asked, once it is answered.

    Rows about residents are read by those who collected them and by the office on whose ground they were asked for.
    """
    if may_answer(actor, answer) or actor.key == "system":
        return True
    return answer.answered is not None and is_asker(actor, answer.ask)


def own_place(actor: Actor, place: Place) -> bool:
    """Whether the actor answers for exactly this place, and not only for what lies above it."""
    return any(ANSWER in scope.abilities and scope.path == place.path for scope in actor.scopes)


def is_asker(actor: Actor, ask: Ask) -> bool:
    """Whether the ask is of one of the actor's bodies, or of the actor's own place."""
    if ask.office_id is not None:
        return ask.office_id in actor.organization_ids or _proposes_at(actor, ask.place)
    return _proposes_at(actor, ask.place)


def _proposes_at(actor: Actor, place: Place) -> bool:
    return any(PROPOSE in scope.abilities and scope.path == place.path for scope in actor.scopes)


def may_propose(actor: Actor) -> bool:
    """Whether the actor may propose asks at all."""
    return actor.can(PROPOSE)


def may_send(actor: Actor, ask: Ask) -> bool:
    """Whether the actor may send and end this ask."""
    return actor.can(PROPOSE) and is_asker(actor, ask)


def may_decide(actor: Actor, ask: Ask) -> bool:
    """Whether the actor may approve or refuse this ask: at the place of the office or above, and never one's own."""
    return actor.reaches(APPROVE, path=ask.place.path) and not _own(actor, ask)


def _own(actor: Actor, ask: Ask) -> bool:
    same = ask.proposer_person_id is not None and ask.proposer_person_id == actor.person_id
    return same or ask.proposer == actor.key


def require_propose(actor: Actor, place: Place, office_id: int | None) -> None:
    """Refuse who may not ask in the name of this office. Raises: ask.not_yours"""
    own = office_id is not None and office_id in actor.organization_ids
    if not (actor.can(PROPOSE) and (own or actor.reaches(PROPOSE, path=place.path))):
        raise NotAllowed("ask.not_yours", _("Your posts do not let you ask in the name of this office."))


def require_decide(actor: Actor, ask: Ask) -> None:
    """Refuse who may not decide. Raises: ask.not_yours, ask.own"""
    if _own(actor, ask) and actor.can(APPROVE):
        raise RuleBroken("ask.own", _("Whoever proposed an ask does not approve it; ask a colleague."))
    if not may_decide(actor, ask):
        raise NotAllowed("ask.not_yours", _("Your posts do not let you decide on this ask."))


def require_send(actor: Actor, ask: Ask) -> None:
    """Refuse who is not the asker. Raises: ask.not_yours"""
    if not may_send(actor, ask):
        raise NotAllowed("ask.not_yours", _("Only the asking office sends or ends its asks."))


def require_answer(actor: Actor, answer: AskAnswer) -> None:
    """Refuse who does not answer for the place or the body. Raises: ask.not_yours"""
    if not may_answer(actor, answer):
        raise NotAllowed("ask.not_yours", _("Your posts do not let you give this answer."))


def is_asked(actor: Actor, ask: Ask) -> bool:
    """Whether one of the actor's own places or bodies is asked."""
    bodies = ask.bodies.filter(path__in=_own_bodies(actor))
    return bodies.exists() or any(own_place(actor, place) for place in ask.places.all())
