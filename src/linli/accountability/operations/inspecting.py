"""Inspections: planned so that nobody inspects itself, recorded with findings, put right, verified (ASM-06)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.accountability.models import Finding, Inspection, InspectionPlan
from linli.accountability.operations.assessments import text_of
from linli.accountability.policies import assessments as running
from linli.accountability.policies import inspecting as policies
from linli.accountability.queries.subjects import holder_of
from linli.accountability.workflow.assessments import FINDING, INSPECTION
from linli.cases.operations.clocks import Holder, calendar_of
from linli.cases.operations.owing import owe, settle
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import change, copy_in, next_ids
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.organizations.models import Organization
from linli.territory.models import Place
from linli.territory.operations.recording import extra_of, root_place

KIND: Final = "inspection"
MAKE: Final = "inspection.make"
RECTIFY: Final = "finding.rectify"
VERIFY: Final = "finding.verify"
LONGEST: Final = 2000
Rows = Sequence[Mapping[str, Any]]
FIELDS: Final = ("on", "level", "kind", "subject", "scope", "problems", "team", "outcome")
Key = tuple[Any, ...]
KEY: Final = ("on", "level", "kind", "subject", "scope", "team")


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan: its kind (supervision or cross), title and place, until when, and which body inspects which."""

    kind: str
    title: str
    place_id: int
    due: date
    pairs: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """Something found, and until when it is to be put right."""

    text: str
    due: date


@dataclass(frozen=True, slots=True)
class Made:
    """What came of an inspection."""

    on: date
    outcome: str = ""
    found: tuple[Found, ...] = ()


def ring(units: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Each unit inspects the next, the last the first: everybody once and nobody itself."""
    return tuple(zip(units, [*units[1:], *units[:1]], strict=True)) if len(units) > 1 else ()


@transaction.atomic
def inspections_plan(*, actor: Actor, planned: Planned) -> InspectionPlan:
    """Plan inspections; each inspecting body owes its own by the day.

    Raises: not_found, assessment.not_yours, assessment.reason_missing, inspection.kind, inspection.past,
    inspection.nobody, inspection.itself, inspection.own_line, inspection.twice
    """
    place = Place.objects.filter(pk=planned.place_id, placeholder=False).first()
    if place is None:
        raise NotFound
    running.require_run(actor, place)
    if planned.kind not in dict(Inspection._meta.get_field("kind").flatchoices):
        raise InvalidInput("inspection.kind", _("There is no such kind of inspection."))
    if planned.due < clock.today():
        raise InvalidInput("inspection.past", _("This day is over."))
    bodies = _bodies(planned, place)
    now = clock.now()
    plan = InspectionPlan.objects.create(
        kind=planned.kind,
        title=text_of(planned.title, 120),
        place=place,
        due=planned.due,
        made=now,
        made_by=actor.key,
    )
    calendar = calendar_of(place)
    for inspector, inspected in planned.pairs:
        row = Inspection.objects.create(
            plan=plan,
            kind=plan.kind,
            subject=plan.title,
            place=bodies[inspected].place,
            inspector=bodies[inspector],
            inspected=bodies[inspected],
            due=plan.due,
        )
        title = f"{plan.title} · {bodies[inspected].name}"
        owe(
            MAKE, (KIND, row.pk), title, row.place_id, _holder(bodies[inspector]), calendar.close_of(plan.due), calendar
        )
    journal.write(actor, "inspection.plan", ("inspection_plan", plan.pk), place_id=place.pk, count=len(planned.pairs))
    return plan


def _bodies(planned: Planned, place: Place) -> dict[int, Organization]:
    """The bodies of a plan, if each pair may be. Inspected are bodies at the place or below."""
    if not planned.pairs:
        raise InvalidInput("inspection.nobody", _("Say who is inspected."))
    if len(set(planned.pairs)) != len(planned.pairs):
        raise RuleBroken("inspection.twice", _("One body inspects another once in a plan."))
    ids = {pk for pair in planned.pairs for pk in pair}
    bodies = {item.pk: item for item in Organization.objects.filter(pk__in=ids, until=None).select_related("place")}
    for inspector, inspected in planned.pairs:
        if inspector == inspected:
            raise RuleBroken("inspection.itself", _("Nobody inspects itself."))
        if inspector not in bodies or inspected not in bodies:
            raise NotFound
        if not bodies[inspected].place.path.startswith(place.path):
            raise NotFound
        if planned.kind == "cross" and bodies[inspector].path.startswith(bodies[inspected].path):
            words = _("“%(name)s” belongs to the body that it would inspect.")
            raise RuleBroken("inspection.own_line", words, name=bodies[inspector].name)
    return bodies


@transaction.atomic
def inspection_record(*, actor: Actor, inspection_id: int, made: Made) -> Inspection:
    """Record a planned inspection with what was found; the inspected owe its putting right by each day.

    Raises: not_found, inspection.not_yours, inspection.state, inspection.future, finding.past,
    assessment.reason_missing
    """
    row = _locked(actor, inspection_id)
    policies.require_record(actor, row)
    row.state = INSPECTION.step(row.state, "record")
    assert row.inspected is not None, "what is planned has an inspected body"
    if made.on > clock.today():
        raise InvalidInput("inspection.future", _("This day lies ahead."))
    calendar = calendar_of(row.place)
    for item in made.found:
        if item.due < made.on:
            raise InvalidInput("finding.past", _("A finding is put right after it was found."))
        Finding.objects.create(
            inspection=row,
            place=row.place,
            organization=row.inspected,
            text=text_of(item.text, LONGEST),
            found=made.on,
            due=calendar.close_of(item.due),
        )
    row.on, row.outcome, row.problems = made.on, made.outcome.strip()[:300], len(made.found)
    _saved(actor, row, "record", len(made.found))
    settle(MAKE, (KIND, row.pk))
    _owe(row)
    return row


@transaction.atomic
def inspection_cancel(*, actor: Actor, inspection_id: int, reason: str) -> Inspection:
    """Take an inspection off its plan, with a reason.

    Raises: not_found, assessment.not_yours, inspection.state, assessment.reason_missing
    """
    row = _locked(actor, inspection_id)
    running.require_run(actor, row.plan.place if row.plan else row.place)
    row.state = INSPECTION.step(row.state, "cancel")
    row.outcome = text_of(reason, 300)
    _saved(actor, row, "cancel")
    settle(MAKE, (KIND, row.pk))
    return row


@transaction.atomic
def finding_rectify(*, actor: Actor, finding_id: int, text: str) -> Finding:
    """Say how a finding was put right; the inspecting body verifies it.

    Raises: not_found, finding.not_yours, finding.state, assessment.reason_missing
    """
    row, finding = _locked_finding(actor, finding_id)
    policies.require_rectify(actor, finding)
    finding.state = FINDING.step(finding.state, "rectify")
    finding.rectification, finding.rectified = text_of(text, LONGEST), clock.today()
    return _moved(actor, row, finding, "rectify")


@transaction.atomic
def finding_verify(*, actor: Actor, finding_id: int) -> Finding:
    """Verify that a finding was put right: the inspecting body, never the inspected.

    Raises: not_found, finding.not_verifier, finding.state
    """
    row, finding = _locked_finding(actor, finding_id)
    policies.require_verify(actor, finding)
    finding.state = FINDING.step(finding.state, "verify")
    finding.verified = clock.today()
    return _moved(actor, row, finding, "verify")


@transaction.atomic
def finding_return(*, actor: Actor, finding_id: int, reason: str) -> Finding:
    """Say that a finding is not put right yet, and why; it is owed again, by the same day.

    Raises: not_found, finding.not_verifier, finding.state, assessment.reason_missing
    """
    row, finding = _locked_finding(actor, finding_id)
    policies.require_verify(actor, finding)
    finding.state = FINDING.step(finding.state, "return")
    finding.returned, finding.rectified = text_of(reason, LONGEST), None
    finding.returns += 1
    return _moved(actor, row, finding, "return")


@transaction.atomic
def inspection_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Record inspections from a ledger: one of the same place, day, kind, subject, scope and team is the same."""
    held = Inspection.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    keys = _keys(rows, held)
    by_key = {_key(item): item for item in _known(keys).select_for_update()}
    made, changed, given = [], [], []
    for row, key in zip(rows, keys, strict=True):
        item = held.get(row.get("id") or 0) or by_key.get(key)
        if item is None:
            item = by_key[key] = Inspection(id=next_ids(Inspection, 1)[0], state="done")
            made.append(item)
        elif item not in made:
            item.version += 1
            changed.append(item)
        for name in FIELDS:
            if row.get(name) is not None:
                setattr(item, name, row[name])
        item.place_id = key[0]
        item.extra = {**item.extra, **extra_of(row, FIELDS)}
        given.append(item.pk)
    copy_in(made)
    change(Inspection, changed, [*FIELDS, "place", "extra", "version"])
    journal.write(actor, "inspection.record_many", None, count=max(1, len(rows)))
    return given


def inspections_recognised(*, rows: Rows) -> dict[int, int]:
    """Which rows speak of an inspection that is recorded already, by position."""
    keys = _keys(rows, {})
    by_key = {_key(item): item.pk for item in _known(keys)}
    return {position: by_key[key] for position, key in enumerate(keys) if key in by_key}


def _known(keys: Iterable[Key]) -> QuerySet[Inspection]:
    """What ledgers brought of these days."""
    return Inspection.objects.filter(plan=None, on__in={key[1] for key in keys})


def _key(item: Inspection) -> Key:
    return (item.place_id, *(getattr(item, name) for name in KEY))


def _keys(rows: Rows, held: Mapping[int, Inspection]) -> list[Key]:
    """By what an inspection is known; where a row that changes one is silent, it stays as it is."""
    root = root_place()
    blank = Inspection(place_id=root.pk if root else 0)
    found = []
    for row in rows:
        was = held.get(row.get("id") or 0, blank)
        own = (row.get(name) or getattr(was, name) for name in KEY)
        found.append((row.get("place") or was.place_id, *own))
    return found


def _locked(actor: Actor, inspection_id: int) -> Inspection:
    rows = Inspection.objects.filter(policies.inspections_visible_to(actor)).select_for_update(of=("self",))
    row = rows.select_related("place", "plan__place", "inspected", "inspector").filter(pk=inspection_id).first()
    if row is None:
        raise NotFound
    return row


def _locked_finding(actor: Actor, finding_id: int) -> tuple[Inspection, Finding]:
    seen = Finding.objects.filter(policies.findings_visible_to(actor), pk=finding_id)
    inspection_id = seen.values_list("inspection_id", flat=True).first()
    if inspection_id is None:
        raise NotFound
    row = _locked(actor, inspection_id)
    finding = Finding.objects.select_for_update().get(pk=finding_id)
    finding.inspection = row
    return row, finding


def _moved(actor: Actor, row: Inspection, finding: Finding, verb: str) -> Finding:
    finding.version += 1
    finding.save()
    journal.write(actor, f"finding.{verb}", ("finding", finding.pk), place_id=finding.place_id)
    _owe(row)
    return finding


def _saved(actor: Actor, row: Inspection, verb: str, count: int = 0) -> None:
    row.version += 1
    row.save()
    journal.write(actor, f"inspection.{verb}", (KIND, row.pk), place_id=row.place_id, facts={"findings": count})


def _holder(body: Organization) -> Holder:
    return Holder(*holder_of(body))


def _owe(row: Inspection) -> None:
    """The inspected owe while anything is to be put right, the inspectors while anything is to be verified."""
    calendar = calendar_of(row.place)
    name = row.inspected.name if row.inspected else ""
    for kind, state, body in ((RECTIFY, "open", row.inspected), (VERIFY, "rectified", row.inspector)):
        days = list(row.findings.filter(state=state).order_by("due").values_list("due", flat=True)[:1])
        if days and body:
            title = f"{row.subject} · {name}"
            owe(kind, (KIND, row.pk), title, row.place_id, _holder(body), days[0], calendar)
        else:
            settle(kind, (KIND, row.pk))
