"""Volunteers that a place has from before, from its ledgers: silent, in set form, one journal entry per call.

A roster of hundreds of thousands comes in by COPY. What somebody changed here since is never overwritten.
"""

from collections.abc import Container, Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models import BinaryField, TextField

from linli.core import clock, journal, search, secrets
from linli.core.actors import Actor
from linli.core.bulk import change, copy_rows, defaults, next_ids
from linli.core.composed import any_of
from linli.organizations.models import Person
from linli.organizations.operations.recording import people_found
from linli.territory.models import Place
from linli.territory.operations.recording import root_place
from linli.volunteering.models import Volunteer
from linli.volunteering.sections import section
from linli.volunteering.workflow import STANDING

Rows = Sequence[Mapping[str, Any]]
NAMED: Final = {"registered": "registered_on", "ended": "ended_on", "sex": "sex", "state": "state"}
LISTS: Final = ("skills", "services")
LONGEST_NUMBER: Final = 40


def volunteers_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows are no volunteer, by position, each with the code of its reason.

    A number is one volunteer's, known by the name, and a person is registered once at a time.
    """
    held = Volunteer.objects.filter(any_of("number", {row["number"] for row in rows}, TextField()))
    names = dict(held.values_list("number", "person__name"))
    found: dict[int, str] = {}
    for position, row in enumerate(rows):
        name = row.get("name") or ""
        if len(row["number"]) > LONGEST_NUMBER:
            found[position] = "volunteer.number"
        elif name and names.setdefault(row["number"], name) not in ("", name):
            found[position] = "duplicate.volunteer"
    return found | dict.fromkeys(_standing(rows, found), "volunteer.twice")


def _standing(rows: Rows, refused: Container[int]) -> set[int]:
    """The rows that would register somebody who is registered already, here or by an earlier row that is taken in."""
    asked = {
        position: (row.get("name") or "", _hash(row) or b"")
        for position, row in enumerate(rows)
        if position not in refused and row.get("state", "registered") in STANDING and row.get("phone")
    }
    held = Volunteer.objects.filter(
        any_of("person__phone_hash", {digest for _name, digest in asked.values()}, BinaryField())
    )
    held = held.filter(state__in=STANDING).select_related("person").only("number", "person__name", "person__phone_hash")
    known = {(item.person.name, bytes(item.person.phone_hash or b"")): item.number for item in held}
    found: set[int] = set()
    for position, who in asked.items():
        if known.setdefault(who, rows[position]["number"]) != rows[position]["number"]:
            found.add(position)
    return found


def _hash(row: Mapping[str, Any]) -> bytes | None:
    return secrets.match_hash(row["phone"], "phone") if row.get("phone") else None


@transaction.atomic
def volunteer_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in volunteers from a ledger (VOL-01), with the people behind them; a place without one is the root.

    Whoever is here under the number already, and not from this ledger, stays as they are.
    """
    root = root_place()
    fresh = {row["number"] for row in rows if not row.get("id")}
    known = dict(Volunteer.objects.filter(any_of("number", fresh, TextField())).values_list("number", "pk"))
    everything, rows = rows, [row for row in rows if row.get("id") or row["number"] not in known]
    held = Volunteer.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    people = people_found(actor, rows, held)
    communities = dict(
        Place.objects.filter(pk__in={row["place"] for row in rows if row.get("place")}).values_list(
            "pk", "community_id"
        )
    )
    ids = iter(next_ids(Volunteer, sum(1 for row in rows if not row.get("id"))))
    common = {**defaults(Volunteer), "consent": "ledger", "recorded": clock.now(), "recorder": actor.key}
    made: list[dict[str, Any]] = []
    changed: list[Volunteer] = []
    given: list[int] = []
    for row, person in zip(rows, people, strict=True):
        place = row.get("place") or (root.pk if root else None)
        values = _values(row, person) | {"place_id": place, "community_id": communities.get(place or 0)}
        record = held.get(row.get("id") or 0)
        if record is None:
            pk = next(ids)
            made.append(common | values | {"id": pk})
            given.append(pk)
            continue
        for name, value in values.items():
            if value is not None or name in ("community_id",):
                setattr(record, name, value)
        record.version += 1
        changed.append(record)
        given.append(record.pk)
    copy_rows(Volunteer, made)
    fields = ["number", "person", "place", "community", "phone_hash", "search", "version", *NAMED.values(), *LISTS]
    change(Volunteer, changed, fields)
    journal.write(actor, "volunteer.record_many", None, count=max(1, len(rows)))
    left = iter(given)
    return [next(left) if row.get("id") else known.get(row["number"]) or next(left) for row in everything]


def _values(row: Mapping[str, Any], person: int) -> dict[str, Any]:
    """What a row says; what it is silent about is left out."""
    said = {field: row[name] for name, field in NAMED.items() if row.get(name) is not None}
    said |= {name: _coded(name, row[name]) for name in LISTS if row.get(name)}
    number = row["number"]
    said |= {"number": number, "person_id": person, "search": search.vector(row.get("name") or "", number)}
    if row.get("phone"):
        said["phone_hash"] = secrets.match_hash(row["phone"], "phone")
    return said


def _coded(name: str, words: Sequence[str]) -> list[str]:
    """Words of a ledger as codes of the profile; what it does not know stays as it was written."""
    known = {item.code: item for item in getattr(section(), name)}
    spelt = {word: code for code, item in known.items() for word in (item.label, *item.also)}
    return list(dict.fromkeys(spelt.get(word, word)[:LONGEST_NUMBER] for word in words))


@transaction.atomic
def volunteers_remove(*, actor: Actor, ids: Sequence[int]) -> None:
    """Remove volunteers that an import made, when it is taken back, with the people of whom nothing else is kept."""
    people = list(Volunteer.objects.filter(pk__in=ids).values_list("person_id", flat=True))
    Volunteer.objects.filter(pk__in=ids).delete()
    alone = Person.objects.filter(pk__in=people, volunteers=None, posts=None, account=None, staff_number="")
    alone.filter(service_records=None, serving_member=None).delete()
    journal.write(actor, "volunteer.remove_many", None, count=max(1, len(ids)))
