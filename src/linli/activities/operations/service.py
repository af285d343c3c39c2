"""The only writers of records of service: recorded, attested once or not, corrected with a trace.

Whoever organises the work attests it; nobody their own hours, and paid duty is no volunteering
(志愿服务记录与证明出具办法, Art. 7, 11 to 13 and 19).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts.models import User
from linli.activities.events import announce_attested, announce_withdrawn
from linli.activities.models import Activity, CorrectionAsk, ServiceRecord
from linli.activities.operations.steps import desk_of, owed, said, settled, tell
from linli.activities.policies import service as policies
from linli.activities.workflow import ATTEST_OWED, CORRECT_OWED, SERVICE, SERVICE_RECORD, SUBJECT
from linli.cases.operations.clocks import after, calendar_of
from linli.cases.sections import Period
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.points.operations.earning import earn_corrected, earn_many
from linli.points.values import Contribution, Source

MOST_MINUTES: Final = 24 * 60
ANSWER_DAYS: Final = 10
MINE: Final = "/activities/mine/"
COPIED: Final = (
    *("number", "person_id", "source_type", "source_id", "day", "place_id", "organization_id", "name", "content"),
    *("responsible", "extra"),
)


@dataclass(frozen=True, slots=True)
class Service:
    """What somebody did: from which source (activity, order, ledger), when and where, and for how many minutes.

    `paid_duty` says that it was part of the working time of a post.
    """

    person_id: int
    source_type: str
    source_id: int | None
    day: date
    place_id: int
    name: str
    minutes: int
    organization_id: int | None = None
    content: str = ""
    responsible: str = ""
    number: str = ""
    paid_duty: bool = False


@transaction.atomic
def service_record(*, actor: Actor, service: Service, attested: bool = False) -> ServiceRecord:
    """Record what somebody did; where it is `attested` at once, its hours and points follow.

    Whoever calls has held the actor to their own policy.
    Raises: service.paid_duty, service.own, service.twice, service.minutes, service.day, service.name
    """
    _require_true(service)
    row = ServiceRecord(
        state="waiting", minutes=_minutes(service.minutes), name=said(service.name, "service.name", 160)
    )
    for name in COPIED:
        if name not in ("name", "extra"):
            setattr(row, name, getattr(service, name))
    row.content, row.responsible = service.content.strip()[:300], service.responsible.strip()[:60]
    if attested:
        _require_other(actor, row)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "service_record_once" not in str(error):
            raise
        raise RuleBroken("service.twice", _("This is recorded for this person already.")) from error
    _done(actor, "record", row, minutes=row.minutes)
    if attested:
        _attest(actor, row, row.minutes)
        _earn(actor, [row])
    return row


def _require_true(service: Service) -> None:
    """Refuse what is no voluntary service, or none yet. Raises: service.paid_duty, service.day"""
    if service.paid_duty:
        message = _("What belongs to the working time of a post is not volunteering and is not recorded as such.")
        raise RuleBroken("service.paid_duty", message)
    if service.day > clock.today():
        raise InvalidInput("service.day", _("This day is still to come."))


def _minutes(minutes: int) -> int:
    if not 1 <= minutes <= MOST_MINUTES:
        message = _("Minutes actually served, between 1 and %(most)s.")
        raise InvalidInput("service.minutes", message, most=MOST_MINUTES)
    return minutes


def _require_other(actor: Actor, row: ServiceRecord) -> None:
    """Refuse that somebody attests their own hours. Raises: service.own"""
    if policies.is_own(actor, row):
        raise RuleBroken("service.own", _("Nobody attests their own hours; ask somebody else who organises here."))


@transaction.atomic
def service_attest(*, actor: Actor, record_id: int, minutes: int | None = None) -> ServiceRecord:
    """Attest the minutes that somebody actually served, which may differ from those that were planned.

    Raises: not_found, service.not_yours, service.own, service.state, service.minutes
    """
    row = _decided(actor, record_id, minutes)
    _earn(actor, [row])
    return row


def _decided(actor: Actor, record_id: int, minutes: int | None) -> ServiceRecord:
    row = _locked(actor, record_id)
    policies.require_decide(actor, row)
    _attest(actor, row, row.minutes if minutes is None else _minutes(minutes))
    _last_of(row)
    return row


def _earn(actor: Actor, rows: Sequence[ServiceRecord]) -> None:
    """Let hours and points follow from what was attested, by the rules of the place; all accounts locked at once."""
    earn_many(
        actor=actor,
        contributions=[
            Contribution(
                "order" if row.source_type == "order" else "service",
                row.person_id,
                Source(SERVICE_RECORD, row.pk),
                row.day,
                row.place_id,
                row.minutes,
            )
            for row in rows
        ],
    )


@transaction.atomic
def service_attest_many(*, actor: Actor, minutes: Mapping[int, int]) -> list[ServiceRecord]:
    """Attest several records at once, each (by id) with the minutes actually served: all of them or none.

    Raises: as `service_attest`
    """
    rows = [_decided(actor, pk, minutes[pk]) for pk in sorted(minutes)]
    _earn(actor, rows)
    return rows


def _attest(actor: Actor, row: ServiceRecord, minutes: int) -> None:
    row.state = SERVICE.step(row.state, "attest")
    row.minutes, row.attested, row.attested_by_id = minutes, clock.now(), _user(actor)
    _saved(actor, "attest", row, minutes=minutes)
    tell(actor, [row.person_id], "service.attested", MINE, name=row.name, minutes=minutes)
    announce_attested(actor, row)


def _user(actor: Actor) -> int | None:
    return actor.user_id if actor.user_id and User.objects.filter(pk=actor.user_id).exists() else None


@transaction.atomic
def service_refuse(*, actor: Actor, record_id: int, reason: str) -> ServiceRecord:
    """Do not attest a record, and say why.

    Raises: not_found, service.not_yours, service.own, service.state, service.reason
    """
    row = _locked(actor, record_id)
    policies.require_decide(actor, row)
    row.state = SERVICE.step(row.state, "refuse")
    row.reason = said(reason, "service.reason")
    _saved(actor, "refuse", row)
    tell(actor, [row.person_id], "service.refused", MINE, name=row.name, reason=row.reason)
    _last_of(row)
    return row


@transaction.atomic
def service_ask_correction(*, actor: Actor, record_id: int, minutes: int, reason: str) -> CorrectionAsk:
    """Ask for a correction of one's own record; the organiser owes an answer (Art. 13).

    Raises: not_found, service.state, service.asked, service.minutes, service.reason
    """
    row = _locked(actor, record_id)
    if not policies.is_own(actor, row):
        raise NotFound
    SERVICE.step(row.state, "ask")
    if policies.ask_open(row) is not None:
        raise RuleBroken("service.asked", _("You have asked for a correction already; it waits for an answer."))
    ask = CorrectionAsk(record=row, minutes=_minutes(minutes), reason=said(reason, "service.reason"))
    ask.asked, ask.state = clock.now(), "open"
    ask.save()
    _owe(CORRECT_OWED, row)
    _done(actor, "ask_correction", row, minutes=minutes)
    return ask


def _owe(kind: str, row: ServiceRecord) -> None:
    due = after(calendar_of(row.place), clock.now(), Period(amount=ANSWER_DAYS))
    leader = None
    if row.source_type == "activity":
        leader = Activity.objects.filter(pk=row.source_id or 0).values_list("leader_id", flat=True).first()
    holder = desk_of(row.place, None if leader == row.person_id else leader)
    owed(kind, (SERVICE_RECORD, row.pk), f"{row.day} {row.name}", row.place, holder, due)


@transaction.atomic
def service_correct(*, actor: Actor, record_id: int, minutes: int, reason: str) -> ServiceRecord:
    """Correct attested minutes: a new record takes the place of the old one, which stays as it was.

    With no minutes at all the old one is withdrawn and nothing stands in its stead. Answers what was asked for.
    Raises: not_found, service.not_yours, service.own, service.state, service.minutes, service.reason
    """
    old = _locked(actor, record_id)
    policies.require_decide(actor, old)
    old.state = SERVICE.step(old.state, "correct")
    old.reason = said(reason, "service.reason")
    given = _minutes(minutes) if minutes else 0
    _saved(actor, "correct", old, minutes=given)
    _answer(old, "granted", old.reason)
    tell(actor, [old.person_id], "service.corrected", MINE, name=old.name, minutes=given)
    earn_corrected(actor=actor, source=Source(SERVICE_RECORD, first_of(old)), minutes=given, reason=old.reason)
    if not given:
        announce_withdrawn(actor, old)
        return old
    row = ServiceRecord(
        corrects=old, minutes=given, state="attested", attested=clock.now(), attested_by_id=_user(actor)
    )
    for name in COPIED:
        setattr(row, name, getattr(old, name))
    row.save(force_insert=True)
    _done(actor, "record", row, minutes=given, corrects=old.pk)
    announce_attested(actor, row, old)
    return row


@transaction.atomic
def service_decline_correction(*, actor: Actor, record_id: int, reason: str) -> CorrectionAsk:
    """Decline a correction that was asked for, and say why.

    Raises: not_found, service.not_yours, service.own, service.not_asked, service.reason
    """
    row = _locked(actor, record_id)
    policies.require_decide(actor, row)
    why = said(reason, "service.reason")
    ask = _answer(row, "declined", why)
    if ask is None:
        raise RuleBroken("service.not_asked", _("Nobody asks for a correction of this record."))
    _done(actor, "decline_correction", row)
    tell(actor, [row.person_id], "service.declined", MINE, name=row.name, reason=why)
    return ask


def _answer(row: ServiceRecord, state: str, answer: str) -> CorrectionAsk | None:
    ask = policies.ask_open(row)
    if ask is None:
        return None
    ask.state, ask.answer, ask.answered = state, answer, clock.now()
    ask.save()
    settled(CORRECT_OWED, (SERVICE_RECORD, row.pk))
    return ask


def first_of(row: ServiceRecord) -> int:
    """The id of the record with which a chain of corrections began: what hours and points are posted under."""
    while row.corrects is not None:
        row = row.corrects
    return row.pk


def _last_of(row: ServiceRecord) -> None:
    """Take an activity off the list of who attests once nothing of it waits."""
    waiting = ServiceRecord.objects.filter(source_type="activity", source_id=row.source_id, state="waiting")
    if row.source_type == "activity" and row.source_id and not waiting.exists():
        settled(ATTEST_OWED, (SUBJECT, row.source_id))


def _locked(actor: Actor, record_id: int) -> ServiceRecord:
    rows = ServiceRecord.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.service_records_visible_to(actor), pk=record_id).first()
    if row is None:
        raise NotFound
    return row


def _saved(actor: Actor, verb: str, row: ServiceRecord, **facts: Any) -> None:
    row.version += 1
    row.save()
    _done(actor, verb, row, **facts)


def _done(actor: Actor, verb: str, row: ServiceRecord, **facts: Any) -> None:
    journal.write(actor, f"service.{verb}", (SERVICE_RECORD, row.pk), place_id=row.place_id, facts=facts)
