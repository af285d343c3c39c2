"""Reserves, talents, promotions, allowances and pay that a place has from before. Silent: nothing is owed of them.

What is kept here stays as it is, whatever a ledger says: a row about something that is here already means that.
"""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from linli.careers.models import AllowanceRule, PayStatement, Promotion, ReserveCandidate, TalentEntry
from linli.careers.sections import STEPS, names, section
from linli.careers.workflow import ALLOWANCES, COMPONENTS, PAY
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import copy_in, next_ids
from linli.core.errors import NotAllowed
from linli.organizations.operations.recording import people_found
from linli.records.profiles import Labelled
from linli.territory.operations.recording import extra_of, plain_record_many, root_place

Rows = Sequence[Mapping[str, Any]]
PERSON: Final = ("staff_number", "name", "phone")
OF_RESERVE: Final = (*PERSON, "target", "source", "since", "until", "state")
OF_TALENT: Final = (*PERSON, "category", "skills", "consent", "registered")
OF_PROMOTION: Final = (*PERSON, "from_rung", "to_rung", "steps", "appointed", "state")
OF_RULE: Final = ("kind", "condition", "amount", "since")
AMOUNTS: Final = tuple(code for code, _label in COMPONENTS)
OF_PAY: Final = (*PERSON, *AMOUNTS, "month", "paid", "credential_level", "education_level")
BETWEEN: Final = re.compile(r"[、,，;；/\s]+")


def code_of(items: Sequence[Labelled], word: str) -> str:
    """The code that a word of a ledger means, which may be written as any of its names; itself where it is none."""
    found = (item.code for item in items if word in (item.code, item.label, item.label_en, *item.also))
    return next(found, word)


def steps_of(text: str) -> dict[str, None] | None:
    """The steps that a ledger names, without their days; None where it names one that is none."""
    known = {word: item.code for item in STEPS for word in (item.code, item.label, *item.also)}
    words = [word.removesuffix("等") for word in BETWEEN.split(text) if word]
    return {known[word]: None for word in words} if all(word in known for word in words) else None


def promotions_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows climb more or less than one rung, or name a step that is none, by position."""
    rules = section()
    found = {}
    for at, row in enumerate(rows):
        below, up = (code_of(rules.ladder, row[name]) for name in ("from_rung", "to_rung"))
        above = rules.next_after(below) if rules.rung(below) else None
        if above is None or above.code != up:
            found[at] = "promotion.rung_skipped"
        elif steps_of(row.get("steps") or "") is None:
            found[at] = "promotion.step"
    return found


def talents_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows are about somebody who did not consent, or in no category, by position."""
    known = names(section().talents)
    found = {at: "talent.category" for at, row in enumerate(rows) if _talent(row) not in known}
    return found | {at: "talent.consent" for at, row in enumerate(rows) if row.get("consent") is not True}


def allowances_refused(*, rows: Rows) -> dict[int, str]:
    """Which rules lie outside of their band, by position."""
    return {at: "allowance.outside_band" for at, row in enumerate(rows) if not _fits(_allowance(row), row["amount"])}


def statements_refused(*, rows: Rows) -> dict[int, str]:
    """Which statements say no month, or hold an allowance outside of its band, by position."""
    found = {}
    for at, row in enumerate(rows):
        if not (row.get("month") or row.get("paid")):
            found[at] = "pay.month"
        elif any(row.get(kind) and not _fits(kind, row[kind]) for kind in ALLOWANCES):
            found[at] = "allowance.outside_band"
    return found


@transaction.atomic
def reserve_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in reserves from a ledger: somebody is in reserve for a post of a community once at a time."""

    def fill(record: Any, row: Mapping[str, Any]) -> None:
        for name in ("target", "source", "since", "until"):
            if row.get(name) is not None:
                setattr(record, name, row[name])
        if "until" in row.get("emptied", ()):
            record.until = None
        record.state = row.get("state") or ("left" if record.until else "held")
        if record.state in ("held", "nominated"):
            record.until = None
        record.nominated = record.nominated or clock.now()
        record.nominated_by = record.nominated_by or actor.key

    def key(record: Any) -> Hashable:
        day = record.since if record.until else None
        return record.person_id, record.place_id, record.target, day

    return _many(actor, rows, ReserveCandidate, OF_RESERVE, fill, key)


@transaction.atomic
def talent_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in talents from a ledger that says of each that they consented."""

    def fill(record: Any, row: Mapping[str, Any]) -> None:
        record.category = _talent(row)
        record.skills = row.get("skills") or record.skills
        record.consent_on = row["registered"]
        record.recorded_by = record.recorded_by or actor.key

    return _many(actor, rows, TalentEntry, OF_TALENT, fill, lambda item: (item.person_id, item.place_id, item.category))


@transaction.atomic
def promotion_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in promotions from a ledger: appointments to a rung, with the steps that led there."""

    def fill(record: Any, row: Mapping[str, Any]) -> None:
        ladder = section().ladder
        record.from_rung, record.to_rung = code_of(ladder, row["from_rung"]), code_of(ladder, row["to_rung"])
        record.steps = {**(steps_of(row.get("steps") or "") or {}), **record.steps}
        record.state, record.appointed_on = "appointed", row["appointed"]
        record.begun_on = record.begun_on or row["appointed"]
        record.begun_by = record.begun_by or actor.key

    return _many(
        actor, rows, Promotion, OF_PROMOTION, fill, lambda item: (item.person_id, item.to_rung, item.appointed_on)
    )


@transaction.atomic
def allowance_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in the standards of allowances. Raises: pay.not_yours"""
    _require_pay(actor)
    root = root_place()
    rows = [{**row, "kind": _allowance(row)} for row in rows]
    return plain_record_many(actor, AllowanceRule, rows, OF_RULE, root.pk if root else None, "allowance_rule")


@transaction.atomic
def statement_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in pay sheets: one statement for each person and month. Raises: pay.not_yours"""
    _require_pay(actor)

    def fill(record: Any, row: Mapping[str, Any]) -> None:
        for code in AMOUNTS:
            if row.get(code) is not None:
                setattr(record, code, Decimal(str(row[code])).quantize(Decimal("0.01")))
        for name in ("credential_level", "education_level"):
            setattr(record, name, row.get(name) or getattr(record, name))
        record.paid_on = row.get("paid") or record.paid_on
        record.month = (row.get("month") or row["paid"]).replace(day=1)
        record.written, record.written_by = record.written or clock.now(), record.written_by or actor.key

    return _many(actor, rows, PayStatement, OF_PAY, fill, lambda item: (item.person_id, item.month))


def _many(
    actor: Actor,
    rows: Rows,
    model: Any,
    fields: Sequence[str],
    fill: Callable[[Any, Mapping[str, Any]], None],
    key: Callable[[Any], Hashable],
) -> list[int]:
    """Write rows about people; a row without an id about something that is here already leaves it as it is."""
    root = root_place()
    held = model.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    people = people_found(actor, rows, held)
    known = {key(item): item.pk for item in model.objects.filter(person_id__in=people)}
    ids = iter(next_ids(model, sum(1 for row in rows if not row.get("id"))))
    made, given = [], []
    for row, person_id in zip(rows, people, strict=True):
        old = held.get(row.get("id") or 0)
        record = old or model(id=next(ids))
        record.person_id = person_id
        record.place_id = row.get("place") or record.place_id or (root.pk if root else None)
        fill(record, row)
        record.extra = {**record.extra, **extra_of(row, fields)}
        if old is not None:
            record.save()
        elif key(record) not in known:
            made.append(record)
            known[key(record)] = record.pk
        given.append(record.pk if old is not None else known[key(record)])
    copy_in(made)
    journal.write(actor, f"{model._meta.model_name}.record_many", None, count=max(1, len(rows)))
    return given


def _talent(row: Mapping[str, Any]) -> str:
    return code_of(section().talents, row["category"])


def _allowance(row: Mapping[str, Any]) -> str:
    return code_of(section().allowances, row["kind"])


def _fits(kind: str, monthly: Any) -> bool:
    band = section().band(kind)
    return band is not None and band.least <= Decimal(str(monthly)) <= band.most


def _require_pay(actor: Actor) -> None:
    if actor.key != "system" and not actor.can(PAY):
        raise NotAllowed("pay.not_yours")
