"""Who sees records of service and decides on them: the organiser and the desk of the place, never on their own."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.activities.models import Activity, CorrectionAsk, ServiceRecord
from linli.activities.workflow import KEEP
from linli.core.actors import Actor
from linli.core.errors import NotAllowed, RuleBroken


def led_by(actor: Actor) -> Q:
    """The records of activities for which somebody answers."""
    if actor.person_id is None:
        return Q(pk__in=[])
    led = Activity.objects.filter(leader_id=actor.person_id).values("pk")
    return Q(source_type="activity", source_id__in=led)


def service_records_visible_to(actor: Actor) -> Q:
    """The records that somebody sees: their own, those of their places, and of activities for which they answer."""
    if actor.key == "system":
        return Q()
    near = actor.places(KEEP) | led_by(actor)
    return near | Q(person_id=actor.person_id) if actor.person_id else near


def asks_visible_to(actor: Actor) -> Q:
    """The corrections asked for of the records that somebody sees."""
    return Q(record__in=ServiceRecord.objects.filter(service_records_visible_to(actor)).values("pk"))


def is_own(actor: Actor, row: ServiceRecord) -> bool:
    """Whether a record is about whoever acts."""
    return actor.person_id is not None and actor.person_id == row.person_id


def keeps(actor: Actor, row: ServiceRecord) -> bool:
    """Whether somebody organised the work of a record, or keeps its place."""
    if actor.key == "system" or actor.reaches(KEEP, path=row.place.path):
        return True
    led = Activity.objects.filter(pk=row.source_id or 0, leader_id=actor.person_id or 0)
    return row.source_type == "activity" and actor.person_id is not None and led.exists()


def may_decide(actor: Actor, row: ServiceRecord) -> bool:
    """Whether somebody may attest, refuse or correct a record: nobody their own."""
    return not is_own(actor, row) and keeps(actor, row)


def may_amend(actor: Actor, row: ServiceRecord) -> bool:
    """Whether somebody may change, on one row, what the profile adds to it."""
    return may_decide(actor, row)


def ask_open(row: ServiceRecord) -> CorrectionAsk | None:
    """The correction that is asked for and not answered."""
    return row.asks.filter(state="open").first()


def require_decide(actor: Actor, row: ServiceRecord) -> None:
    """Refuse who may not. Raises: service.own, service.not_yours"""
    if is_own(actor, row):
        raise RuleBroken("service.own", _("Nobody attests their own hours; ask somebody else who organises here."))
    if not keeps(actor, row):
        raise NotAllowed("service.not_yours", _("Only who organised it and the desk of the place decide on it."))
