"""Who plans training and who verifies credentials. Everybody sees what is their own; hidden equals missing.

Nobody verifies a credential that is theirs or that they entered, and nobody puts down that they came themselves.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import NotAllowed, RuleBroken
from linli.territory.models import Place
from linli.workforce.models import Contest, Credential, Mentoring, TrainingAttendance, TrainingSession
from linli.workforce.workflow import CREDENTIAL, PLAN, SESSION, VERIFY

NOBODY = Q(pk__in=[])


def _own(actor: Actor, path: str) -> Q:
    return Q(**{path: actor.person_id}) if actor.person_id else NOBODY


def plans(actor: Actor, prefix: str = "place__") -> Q:
    """Where the actor plans training."""
    return Q() if actor.key == "system" else actor.places(PLAN, prefix=prefix)


def may_plan(actor: Actor, place: Place) -> bool:
    """Whether the actor plans training at a place: the same rule, on one place."""
    return actor.key == "system" or actor.reaches(PLAN, path=place.path)


def require_plan(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: training.not_yours"""
    if not may_plan(actor, place):
        raise NotAllowed("training.not_yours", _("Your posts do not let you plan training here."))


def sessions_visible_to(actor: Actor) -> Q:
    """The sessions where the actor plans, and those for which they are on the list."""
    if actor.key == "system":
        return Q()
    mine = TrainingAttendance.objects.filter(_own(actor, "person_id")).values("session_id")
    return plans(actor) | Q(pk__in=mine)


def attendances_visible_to(actor: Actor) -> Q:
    """Who came: for those who plan where the session is or where the person works; one's own always."""
    if actor.key == "system":
        return Q()
    return plans(actor) | plans(actor, "session__place__") | _own(actor, "person_id")


def session_amendable(actor: Actor, session: TrainingSession) -> bool:
    """Whether the actor may change what the profile adds to a session."""
    return may_plan(actor, session.place)


def session_verbs(actor: Actor, session: TrainingSession) -> list[str]:
    """What the actor may do now with a session."""
    return [item.verb for item in SESSION.allowed(session.state, {PLAN})] if may_plan(actor, session.place) else []


def credentials_visible_to(actor: Actor) -> Q:
    """One's own credentials, and those of people who work where the actor verifies."""
    if actor.key == "system":
        return Q()
    return actor.places(VERIFY) | _own(actor, "person_id")


def may_verify(actor: Actor, credential: Credential) -> bool:
    """Whether the actor decides on a credential: where they verify, and never on their own."""
    if actor.key == "system":
        return True
    return actor.reaches(VERIFY, path=credential.place.path) and not is_own(actor, credential)


def is_own(actor: Actor, credential: Credential) -> bool:
    """Whether a credential is the actor's, or was entered by them."""
    return credential.entered_by == actor.key or (actor.person_id or 0) == credential.person_id


def require_verify(actor: Actor, credential: Credential) -> None:
    """Refuse who may not. Raises: credential.own, credential.not_yours"""
    if may_verify(actor, credential):
        return
    if is_own(actor, credential):
        raise RuleBroken("credential.own", _("Somebody else verifies what you have entered yourself."))
    raise NotAllowed("credential.not_yours", _("Your posts do not let you verify credentials here."))


def require_own(actor: Actor, credential: Credential) -> None:
    """Refuse who is not the holder. Raises: credential.not_yours"""
    if actor.key != "system" and actor.person_id != credential.person_id:
        raise NotAllowed("credential.not_yours", _("Only its holder does this."))


def credential_verbs(actor: Actor, credential: Credential) -> list[str]:
    """What the actor may do now with a credential."""
    able = {"verify", "refuse"} if may_verify(actor, credential) else set()
    if actor.person_id == credential.person_id:
        able |= {"withdraw", "scan"}
    return [item.verb for item in CREDENTIAL.allowed(credential.state, {VERIFY}) if item.verb in able]


def credential_amendable(actor: Actor, credential: Credential) -> bool:
    """Whether the actor may change what the profile adds to a credential."""
    return may_verify(actor, credential)


def mentorings_visible_to(actor: Actor) -> Q:
    """Mentoring where the actor plans, and in which they take part."""
    if actor.key == "system":
        return Q()
    return plans(actor) | _own(actor, "mentor_id") | _own(actor, "mentee_id")


def mentoring_sessions_visible_to(actor: Actor) -> Q:
    """The sessions of the mentoring that the actor sees."""
    if actor.key == "system":
        return Q()
    return plans(actor) | _own(actor, "mentoring__mentor_id") | _own(actor, "mentoring__mentee_id")


def may_log(actor: Actor, mentoring: Mentoring) -> bool:
    """Whether the actor writes down a session of mentor and mentee: either of them, and whoever plans there."""
    return actor.person_id in (mentoring.mentor_id, mentoring.mentee_id) or may_plan(actor, mentoring.place)


def require_log(actor: Actor, mentoring: Mentoring) -> None:
    """Refuse who may not. Raises: training.not_yours"""
    if not may_log(actor, mentoring):
        raise NotAllowed("training.not_yours", _("Only mentor, mentee and whoever plans training write this down."))


def contests_visible_to(actor: Actor) -> Q:
    """The contests where the actor plans, and those in which they took part."""
    if actor.key == "system":
        return Q()
    return plans(actor) | Q(pk__in=Contest.objects.filter(_own(actor, "entries__person_id")).values("pk"))


def entries_visible_to(actor: Actor) -> Q:
    """The entries of contests that the actor runs; one's own always."""
    if actor.key == "system":
        return Q()
    return plans(actor, "contest__place__") | _own(actor, "person_id")


def items_visible_to(actor: Actor) -> Q:
    """Study items name nobody: for everybody who plans training anywhere."""
    return Q() if actor.key == "system" or actor.can(PLAN) else NOBODY
