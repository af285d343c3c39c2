"""What somebody served, as they read it themselves: records, minutes, trainings, what is still to come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import QuerySet, Sum

from linli.activities.models import CorrectionAsk, ServiceRecord, SignUp
from linli.activities.policies import service as policies
from linli.activities.workflow import SERVICE, TRAINING
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.paging import older

PAGE: Final = 30
TONES: Final = {
    "waiting": ("yellow", "clock"),
    "attested": ("green", "circle-check"),
    "refused": ("grey", "circle-x"),
    "withdrawn": ("grey", "history"),
}


@dataclass(frozen=True, slots=True)
class RecordLine:
    """A record, how it stands, and the correction that is asked for."""

    row: ServiceRecord
    standing: tuple[str, str, Any]


@dataclass(frozen=True, slots=True)
class Mine:
    """What a person's own page shows."""

    minutes: int
    times: int
    ahead: Sequence[SignUp]
    trainings: Sequence[SignUp]
    lines: Sequence[RecordLine]
    more: str

    @property
    def hours(self) -> str:
        """The attested minutes as hours with at most one decimal, rounded down."""
        return hours(self.minutes)


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One record with its correction, and what may be done."""

    line: RecordLine
    own: bool
    decides: bool
    ask: CorrectionAsk | None
    answered: Sequence[CorrectionAsk]

    @property
    def row(self) -> ServiceRecord:
        """The record."""
        return self.line.row


def hours(minutes: int) -> str:
    """Minutes as hours with at most one decimal, rounded down."""
    tenths = minutes * 10 // 60
    return str(tenths // 10) if tenths % 10 == 0 else f"{tenths // 10}.{tenths % 10}"


def own_records(person_id: int) -> QuerySet[ServiceRecord]:
    """The records of a person, the newest first."""
    return ServiceRecord.objects.filter(person_id=person_id).order_by("-day", "-pk")


def minutes_attested(person_id: int, since: date | None = None, until: date | None = None) -> int:
    """The attested minutes of a person, within two days where they are given."""
    rows = ServiceRecord.objects.filter(person_id=person_id, state="attested")
    if since:
        rows = rows.filter(day__gte=since)
    if until:
        rows = rows.filter(day__lte=until)
    return int(rows.aggregate(sum=Sum("minutes"))["sum"] or 0)


def _line(row: ServiceRecord) -> RecordLine:
    return RecordLine(row, (*TONES[row.state], SERVICE.label(row.state)))


def mine(actor: Actor, before: tuple[date, int] | None = None) -> Mine:
    """What somebody signed up for and served, a page of records at a time."""
    person = actor.person_id or 0
    rows = own_records(person).select_related("place", "organization")
    if before:
        rows = rows.filter(older("day", before))
    page = list(rows[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    signed = SignUp.objects.filter(person_id=person).select_related("activity__place", "shift")
    ahead = signed.filter(activity__state="planned", activity__day__gte=clock.today()).exclude(state="withdrawn")
    trained = signed.filter(activity__line=TRAINING, came=True).order_by("-activity__day", "-pk")
    attested = ServiceRecord.objects.filter(person_id=person, state="attested")
    return Mine(
        minutes_attested(person),
        attested.count(),
        list(ahead.order_by("activity__day", "shift__starts")[:PAGE]),
        list(trained[:PAGE]),
        [_line(row) for row in page[:PAGE]],
        f"{more.day}.{more.pk}" if more else "",
    )


def record_page(actor: Actor, pk: int) -> RecordPage:
    """One record. Raises: not_found"""
    rows = ServiceRecord.objects.filter(policies.service_records_visible_to(actor))
    row = rows.select_related("place", "organization", "person", "corrects", "attested_by").filter(pk=pk).first()
    if row is None:
        raise NotFound
    answered = row.asks.exclude(state="open").order_by("-pk")
    return RecordPage(
        _line(row), policies.is_own(actor, row), policies.may_decide(actor, row), policies.ask_open(row), list(answered)
    )
