"""Registrations, turn-outs, pairings, areas and posts from before, from ledgers. Silent: nothing is owed of them.

A ledger knows members by number. What was changed here since is never overwritten.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.members.models import DualRegistration, Member, Pairing, ResponsibilityPost, TurnOut
from linli.members.sections import section
from linli.organizations.models import Person
from linli.territory.operations.recording import extra_of, root_place

Rows = Sequence[Mapping[str, Any]]
OF_MEMBER: Final = ("number", "name", "unit", "organization")
OF_REGISTRATION: Final = (*OF_MEMBER, "kind", "since", "until", "offers")
OF_TURN_OUT: Final = (*OF_MEMBER, "on", "kind", "hours", "note", "state")
OF_PAIRING: Final = (
    *OF_MEMBER,
    "staff_number",
    "household",
    "since",
    "until",
    "consented",
    "declined",
    "last_visit",
    "visits",
)
OF_POST: Final = ("type", "title", "name", "duties", "since", "until")


def numbered_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows name nobody, by position: a member is known by a number."""
    return {at: "members.no_number" for at, row in enumerate(rows) if not row.get("number")}


def pairings_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows name nobody who helps, by position: a member by number, or somebody who works here by staff number."""
    known = _staff(rows)
    lacks = (at for at, row in enumerate(rows) if not row.get("number") and row.get("staff_number") not in known)
    return dict.fromkeys(lacks, "pairing.no_helper")


def registrations_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows name neither a member by number nor a unit, by position."""

    def lacks(row: Mapping[str, Any]) -> bool:
        return not row.get("number") if row.get("kind", "member") == "member" else not row.get("unit")

    return {at: "members.no_number" for at, row in enumerate(rows) if lacks(row)}


@transaction.atomic
def registration_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in registrations; who registers again ends the one before on that day."""
    members = _members(actor, [row for row in rows if row.get("kind", "member") == "member"])
    held = DualRegistration.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    given = [0] * len(rows)
    for at, row in sorted(enumerate(rows), key=lambda item: item[1]["since"]):
        record = held.get(row.get("id") or 0) or DualRegistration()
        record.kind, record.place_id, record.since = row.get("kind") or "member", _place(row), row["since"]
        record.until = row.get("until") or record.until
        record.offers = row.get("offers") or record.offers
        record.unit = row.get("unit") or record.unit
        record.extra = {**record.extra, **extra_of(row, OF_REGISTRATION)}
        if record.kind == "member":
            record.member = members[row["number"]]
            if not record.pk:
                _in_line(record)
        record.save()
        given[at] = record.pk
    journal.write(actor, "dual_registration.record_many", None, count=max(1, len(rows)))
    return given


def _in_line(record: DualRegistration) -> None:
    """Put a registration among the others of its member, so that one stands at most."""
    others = DualRegistration.objects.filter(member=record.member)
    after = others.filter(since__gt=record.since).order_by("since").first()
    if after is not None:
        record.until = record.until or after.since
    elif record.until is None:
        others.filter(until=None).update(until=record.since)


@transaction.atomic
def registrations_remove(*, actor: Actor, ids: Sequence[int]) -> None:
    """Remove registrations that an import made, when it is taken back, with members of whom nothing else is kept."""
    _remove(actor, "dual_registration", DualRegistration, ids)


@transaction.atomic
def turn_out_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in turn-outs, which the community confirmed when it wrote its ledger."""
    members = _members(actor, rows)
    held = TurnOut.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    common = {"recorded": clock.now(), "recorder": actor.key, "state": "confirmed"}
    made: list[TurnOut] = []
    given: list[TurnOut] = []
    for row in rows:
        record = held.get(row.get("id") or 0)
        if record is None:
            record = TurnOut(**common)
            made.append(record)
        record.member, record.place_id, record.on = members[row["number"]], _place(row), row["on"]
        record.kind = _service(row.get("kind") or record.kind)
        record.hours = row["hours"] if row.get("hours") is not None else record.hours
        record.note = row.get("note") or record.note
        record.state = row.get("state") or record.state
        record.extra = {**record.extra, **extra_of(row, OF_TURN_OUT)}
        given.append(record)
    TurnOut.objects.bulk_create(made, batch_size=1000)
    for record in held.values():
        record.save()
    journal.write(actor, "turn_out.record_many", None, count=max(1, len(rows)))
    return [record.pk for record in given]


@transaction.atomic
def turn_outs_remove(*, actor: Actor, ids: Sequence[int]) -> None:
    """Remove turn-outs that an import made, when it is taken back, with members of whom nothing else is kept."""
    _remove(actor, "turn_out", TurnOut, ids)


@transaction.atomic
def pairing_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in pairings. Where a ledger does not say that the household consented, its supervisor has still to ask."""
    members, staff = _members(actor, [row for row in rows if row.get("number")]), _staff(rows)
    held = Pairing.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    given: list[int] = []
    for row in rows:
        record = held.get(row.get("id") or 0) or Pairing()
        record.member = members.get(row.get("number") or "")
        record.person_id = None if record.member else staff[row["staff_number"]]
        record.kind = "member" if record.member else "staff"
        record.place_id, record.since = _place(row), row["since"]
        record.extra = {**record.extra, **extra_of(row, OF_PAIRING)}
        record.consented_on = row.get("consented") or record.consented_on
        record.declined_on = row.get("declined") or record.declined_on
        record.until = row.get("until") or record.until
        record.visits = row["visits"] if row.get("visits") is not None else record.visits
        record.last_visit = row.get("last_visit") or record.last_visit
        if record.declined_on:
            record.consented_on, record.visits, record.last_visit = None, 0, None
        keeps = record.until is None and record.declined_on is None
        record.household = (row.get("household") or record.household) if keeps else ""
        record.save()
        given.append(record.pk)
    journal.write(actor, "pairing.record_many", None, count=max(1, len(rows)))
    return given


@transaction.atomic
def pairings_remove(*, actor: Actor, ids: Sequence[int]) -> None:
    """Remove pairings that an import made, when it is taken back, with members of whom nothing else is kept."""
    _remove(actor, "pairing", Pairing, ids)


@transaction.atomic
def responsibility_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in responsibility areas and model posts (ORG-10)."""
    held = ResponsibilityPost.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    made: list[ResponsibilityPost] = []
    given: list[ResponsibilityPost] = []
    for row in rows:
        record = held.get(row.get("id") or 0)
        if record is None:
            record = ResponsibilityPost(recorder=actor.key)
            made.append(record)
        record.place_id = _place(row)
        record.extra = {**record.extra, **extra_of(row, OF_POST)}
        for column in OF_POST:
            if row.get(column) is not None:
                setattr(record, column, row[column])
        given.append(record)
    ResponsibilityPost.objects.bulk_create(made, batch_size=1000)
    for record in held.values():
        record.save()
    journal.write(actor, "member_responsibility_post.record_many", None, count=max(1, len(rows)))
    return [record.pk for record in given]


def _members(actor: Actor, rows: Rows) -> dict[str, Member]:
    """The members whom rows name, by number; new ones where nobody has the number yet."""
    numbers = {row["number"] for row in rows}
    known = {item.number: item for item in Member.objects.select_for_update().filter(number__in=numbers)}
    fresh: dict[str, Member] = {}
    for row in rows:
        number = row["number"]
        if number not in known:
            member = fresh.setdefault(number, Member(number=number, place_id=_place(row)))
            member.recorded, member.recorder = clock.now(), actor.key
            member.name = member.name or row.get("name") or "—"
            member.unit = member.unit or row.get("unit") or ""
    Member.objects.bulk_create(fresh.values(), batch_size=1000)
    return known | fresh


def _staff(rows: Rows) -> dict[str, int]:
    """The people whom rows name by staff number."""
    numbers = {row["staff_number"] for row in rows if row.get("staff_number")}
    return dict(Person.objects.filter(staff_number__in=numbers).values_list("staff_number", "pk"))


def _service(word: str) -> str:
    """A word of a ledger as a kind of the profile; what it does not know stays as it was written."""
    spelt = {item.label: item.code for item in section().services}
    return spelt.get(word, word or "other")


def _place(row: Mapping[str, Any]) -> int:
    if not row.get("place"):
        root = root_place()
        return root.pk if root else 0
    return int(row["place"])


def _remove(actor: Actor, word: str, model: Any, ids: Sequence[int]) -> None:
    rows = model.objects.filter(pk__in=ids)
    members = set(rows.exclude(member=None).values_list("member_id", flat=True))
    rows.delete()
    _alone(members)
    journal.write(actor, f"{word}.remove_many", None, count=max(1, len(ids)))


def _alone(members: Iterable[int]) -> None:
    found = Member.objects.filter(pk__in=members, person=None, registrations=None, turn_outs=None, pairings=None)
    found.delete()
