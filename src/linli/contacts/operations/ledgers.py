"""Contacts, visits and the matters of contacts that a place has from before. Silent: nobody is told of them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from linli.cases.models import Case
from linli.contacts.models import Contact, ContactMatter, Visit
from linli.contacts.queries.levels import level_of
from linli.contacts.sections import section
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import copy_in, next_ids
from linli.organizations.models import Person
from linli.organizations.operations.recording import people_found
from linli.territory.models import Place
from linli.territory.operations.recording import extra_of

Rows = Sequence[Mapping[str, Any]]
PERSON: Final = ("name", "staff_number")
OF_CONTACT: Final = ("tier", "title", "duties", "liaison", "since", "until")
OF_VISIT: Final = ("number", "on", "subject", "visitor", "households")
OF_MATTER: Final = ("voiced", "case", "case_number", "staff_number", "raised_on", "solved_on")


def contacts_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows name nobody, a place nobody answers for, or a term beside another of the same at the same place."""
    places = Place.objects.in_bulk({row["place"] for row in rows if row.get("place")})
    tiers = {item.code: item for item in section().tiers}
    found: dict[int, str] = {}
    for at, row in enumerate(rows):
        place, tier = places.get(row.get("place") or 0), tiers.get(row.get("tier") or "")
        if tier is not None and not row.get("organization" if tier.who == "body" else "name"):
            found[at] = "contact.who"
        elif place is None or level_of(place) is None:
            found[at] = "contact.level"
        elif row.get("until") and row["until"] < row["since"]:
            found[at] = "contact.until"
    return found


@transaction.atomic
def contact_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in contacts (RSP-01 to RSP-05), one of somebody, a place and a first day."""
    held = Contact.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    people = _people(actor, rows, held)
    places = Place.objects.in_bulk({row["place"] for row in rows if row.get("place")})
    known = {_of(item): item for item in Contact.objects.select_for_update().filter(place_id__in=places)}
    given = []
    for row, person in zip(rows, people, strict=True):
        place = places[row["place"]]
        who = (None, row["organization"]) if row.get("organization") and not row.get("name") else (person, None)
        record = held.get(row.get("id") or 0) or known.get((*who, place.pk, row["since"])) or Contact()
        record.person_id, record.organization_id = who
        record.place, record.level = place, level_of(place) or ""
        for name in OF_CONTACT:
            if row.get(name) is not None:
                setattr(record, name, row[name])
        record.extra = {**record.extra, **extra_of(row, (*OF_CONTACT, *PERSON, "organization"))}
        record.save()
        known[_of(record)] = record
        given.append(record.pk)
    journal.write(actor, "contact.record_many", None, count=max(1, len(rows)))
    return given


def _of(row: Contact) -> tuple[Any, ...]:
    return (row.person_id, row.organization_id, row.place_id, row.since)


@transaction.atomic
def visit_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in visits that were made (RSP-04, RSP-09, RSP-15)."""
    held = Visit.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    people = _people(actor, rows, held)
    ids = iter(next_ids(Visit, sum(1 for row in rows if not row.get("id"))))
    made: list[Any] = []
    given = []
    for row, person in zip(rows, people, strict=True):
        record = held.get(row.get("id") or 0)
        new = record is None
        record = record or Visit(id=next(ids), recorded=clock.now(), recorded_by=actor.key)
        by_body = bool(row.get("organization")) and not row.get("name")
        record.person_id, record.organization_id = (None, row["organization"]) if by_body else (person, None)
        record.place_id = row.get("place") or record.place_id
        for name in OF_VISIT:
            if row.get(name) is not None:
                setattr(record, name, row[name])
        record.extra = {**record.extra, **extra_of(row, (*OF_VISIT, *PERSON, "organization"))}
        if new:
            made.append(record)
        else:
            record.save()
        given.append(record.pk)
    copy_in(made)
    journal.write(actor, "visit.record_many", None, count=max(1, len(rows)))
    return given


def visits_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows say neither who came nor for which body."""
    return {at: "visit.who" for at, row in enumerate(rows) if not (row.get("organization") or row.get("name"))}


def matters_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows hang on no matter, or name nobody who answers for a place."""
    numbers = {row["staff_number"] for row in rows if row.get("staff_number")}
    held = Contact.objects.filter(person__staff_number__in=numbers).values_list("person__staff_number", flat=True)
    known = set(held)
    cases = _cases(rows)
    found: dict[int, str] = {}
    for at, row in enumerate(rows):
        if not row.get("case") and row.get("case_number") not in cases:
            found[at] = "contact_matter.no_matter"
        elif row.get("staff_number") not in known:
            found[at] = "contact_matter.no_contact"
    return found


def _cases(rows: Rows) -> dict[str, int]:
    """The matters that rows name by their receipt number."""
    numbers = {row["case_number"] for row in rows if row.get("case_number")}
    return dict(Case.objects.filter(number__in=numbers).values_list("number", "pk"))


@transaction.atomic
def matter_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Note through whom matters of a ledger came up, by the staff number of somebody who answers for a place.

    What a ledger says is solved counts as such, like its other outcomes.
    """
    named = _cases(rows)
    hang_on = [row.get("case") or named[row["case_number"]] for row in rows]
    cases = Case.objects.defer("search").in_bulk(hang_on)
    numbers = {row["staff_number"] for row in rows}
    answering = Contact.objects.exclude(person=None).values("person_id")
    people = Person.objects.filter(staff_number__in=numbers, pk__in=answering)
    by_number = dict(people.values_list("staff_number", "pk"))
    known = {item.case_id: item for item in ContactMatter.objects.select_for_update().filter(case_id__in=cases)}
    given = []
    for row, pk in zip(rows, hang_on, strict=True):
        case = cases[pk]
        record = known.get(case.pk) or ContactMatter(case=case)
        record.person_id, record.organization_id = by_number[row["staff_number"]], None
        record.place_id, record.raised_on = case.place_id, case.received_on
        record.solved_on = case.closed_on if case.outcome == "resolved" else None
        record.voiced = row.get("voiced") or record.voiced
        record.extra = {**record.extra, **extra_of(row, OF_MATTER)}
        record.save()
        given.append(record.pk)
    journal.write(actor, "contact_matter.record_many", None, count=max(1, len(rows)))
    return given


def _people(actor: Actor, rows: Rows, held: Mapping[int, Any]) -> list[int | None]:
    """The person of each row that names one."""
    named = [row for row in rows if row.get("name")]
    found = iter(people_found(actor, named, held))
    return [next(found) if row.get("name") else None for row in rows]
