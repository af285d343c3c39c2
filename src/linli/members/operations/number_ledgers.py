"""Selections of new members and counts by mode from before, from ledgers. Numbers alone: names are left there."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.members.models import CRITERIA, FIRST_YEAR, LAST_YEAR, MEETING, TEXT, MembershipRound, ParticipationCount
from linli.members.operations.counting import pictures_ended
from linli.members.operations.rounds import numbers_agree
from linli.members.sections import section
from linli.territory.operations.recording import extra_of, root_place

Rows = Sequence[Mapping[str, Any]]
OF_ROUND: Final = (
    *("organization", "year", "quota", "criteria", "state", "opened_on"),
    *("considered", "chosen", "young", "educated", "decided_on", "decided_by", "reason"),
)
OF_DECISION: Final = ("chosen", "young", "educated", "decided_on")
LENGTHS: Final = {"criteria": CRITERIA, "decided_by": MEETING, "reason": TEXT}
OF_COUNT: Final = ("organization", "mode", "number", "since")


def rounds_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows cannot be, by position: more chosen than the quota, or decided without a day and a number."""
    codes: dict[int, str] = {}
    for at, row in enumerate(rows):
        record = _filled(MembershipRound(), row)
        if not FIRST_YEAR <= record.year <= LAST_YEAR:
            codes[at] = "membership_round.year"
        elif not numbers_agree(record):
            codes[at] = "membership_round.numbers"
        elif any(len(getattr(record, name)) > most for name, most in LENGTHS.items()):
            codes[at] = "membership_round.too_long"
        elif not _decided(record):
            codes[at] = "membership_round.undecided"
    return codes


def _decided(record: MembershipRound) -> bool:
    """Whether what is decided has what a decision needs, and what is not decided has nothing of one."""
    if record.state == "decided":
        return record.chosen is not None and record.decided_on is not None
    return all(getattr(record, name) is None for name in OF_DECISION)


@transaction.atomic
def round_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in selections of new members. One with a number of chosen is decided, unless its row says otherwise."""
    held = MembershipRound.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    root = _root()
    made: list[MembershipRound] = []
    given: list[MembershipRound] = []
    for row in rows:
        record = held.get(row.get("id") or 0)
        if record is None:
            record = MembershipRound(recorder=actor.key)
            made.append(record)
        _filled(record, row)
        record.place_id = row.get("place") or record.place_id or root
        record.extra = {**record.extra, **extra_of(row, OF_ROUND)}
        given.append(record)
    MembershipRound.objects.bulk_create(made, batch_size=1000)
    for record in held.values():
        record.save()
    journal.write(actor, "membership_round.record_many", None, count=max(1, len(rows)))
    return [record.pk for record in given]


def _filled(record: MembershipRound, row: Mapping[str, Any]) -> MembershipRound:
    """What a row says, in a record; where it is silent, what is held stays."""
    for column in OF_ROUND:
        name = "organization_id" if column == "organization" else column
        if row.get(column) is not None:
            setattr(record, name, row[column])
    if record.chosen is not None and not row.get("state") and record.state == "open":
        record.state = "decided"
    if getattr(record, "opened_on", None) is None:
        record.opened_on = record.decided_on or clock.today()
    return record


@transaction.atomic
def count_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in counts by mode; those of one day are a picture, which ends with the next."""
    known = counts_recognised(rows=rows)
    ids = [row.get("id") or known.get(at) for at, row in enumerate(rows)]
    held = ParticipationCount.objects.select_for_update().in_bulk([pk for pk in ids if pk])
    spelt = _spelt()
    made: dict[tuple[Any, ...], ParticipationCount] = {}
    given: list[ParticipationCount] = []
    places: set[int] = {record.place_id for record in held.values()}
    for pk, row in zip(ids, rows, strict=True):
        key = _key(row, spelt)
        record = held.get(pk or 0)
        if record is None:
            record = made.setdefault(key, ParticipationCount(recorder=actor.key))
        record.place_id, record.organization_id, record.mode, record.since = key
        record.number = row["number"]
        record.extra = {**record.extra, **extra_of(row, OF_COUNT)}
        places.add(record.place_id)
        given.append(record)
    ParticipationCount.objects.bulk_create(made.values(), batch_size=1000)
    for record in held.values():
        record.save()
    pictures_ended(places)
    journal.write(actor, "participation_count.record_many", None, count=max(1, len(rows)))
    return [record.pk for record in given]


def counts_recognised(*, rows: Rows) -> dict[int, int]:
    """Which rows speak of a count that is here already: of the same place, body, mode and day, by position."""
    spelt = _spelt()
    keys = {at: _key(row, spelt) for at, row in enumerate(rows) if not row.get("id")}
    found = ParticipationCount.objects.filter(place_id__in={key[0] for key in keys.values()})
    held = {(item.place_id, item.organization_id, item.mode, item.since): item.pk for item in found}
    return {at: held[key] for at, key in keys.items() if key in held}


@transaction.atomic
def counts_remove(*, actor: Actor, ids: Sequence[int]) -> None:
    """Remove counts that an import made, when it is taken back; the picture before holds on again."""
    rows = ParticipationCount.objects.filter(pk__in=ids)
    places: Iterable[int] = set(rows.values_list("place_id", flat=True))
    rows.delete()
    pictures_ended(places)
    journal.write(actor, "participation_count.remove_many", None, count=max(1, len(ids)))


def _key(row: Mapping[str, Any], spelt: Mapping[str, str]) -> tuple[Any, ...]:
    return row.get("place") or _root(), row.get("organization"), spelt.get(row["mode"], row["mode"]), row["since"]


def _spelt() -> dict[str, str]:
    return {word: item.code for item in section().modes for word in (item.label, *item.also)}


def _root() -> int:
    root = root_place()
    return root.pk if root else 0
