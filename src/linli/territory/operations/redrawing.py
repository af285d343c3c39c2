"""Boundaries whose day is still to come: planned, cancelled before, put in force by the worker on it (TER-03)."""

import gzip
import hashlib
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, NotFound, RuleBroken
from linli.core.models import WorkItem
from linli.records.importing.report import Remark
from linli.territory import coverage, policies, queries
from linli.territory.models import Redrawing
from linli.territory.operations.boundaries import Reading, boundaries_read, boundaries_store

WORK: Final = "boundaries.misfit"
SUBJECT: Final = "redrawing"
KEPT: Final = 50
State = Redrawing.State


@transaction.atomic
def redrawing_plan(*, actor: Actor, name: str, content: bytes, day: date) -> Redrawing:
    """Keep a file of boundaries until its day; what is refused in it now is not waited for.

    Raises: not_found, place.not_yours, redrawing.not_to_come, redrawing.empty, redrawing.twice, file.not_geojson
    """
    policies.require_manage(actor, queries.root_place())
    if day <= clock.today():
        raise InvalidInput("redrawing.not_to_come", _("Only boundaries whose day is still to come are kept waiting."))
    reading = boundaries_read(name, content)
    if not reading.wanted:
        raise InvalidInput("redrawing.empty", _("No outline of the file can be used."))
    digest = hashlib.sha256(content).hexdigest()
    if Redrawing.objects.filter(digest=digest, day=day, state=State.WAITING).exists():
        raise RuleBroken("redrawing.twice", _("The same file already waits for that day."))
    row = Redrawing.objects.create(
        file=name[:200],
        content=gzip.compress(content),
        digest=digest,
        day=day,
        places=sorted(reading.wanted),
        remarks=_written(reading.report.rejected),
        post_id=next(iter(actor.post_ids), None),
        planned=clock.now(),
    )
    facts = {"file": row.file, "day": day.isoformat()}
    journal.write(actor, "redrawing.plan", (SUBJECT, row.pk), facts=facts, count=len(row.places))
    return row


@transaction.atomic
def redrawing_cancel(*, actor: Actor, redrawing: int) -> Redrawing:
    """Give up boundaries that wait, or that could not be put in force.

    Raises: not_found, place.not_yours, redrawing.settled
    """
    policies.require_manage(actor, queries.root_place())
    row = _locked(redrawing)
    if row.state not in (State.WAITING, State.FAILED):
        raise RuleBroken("redrawing.settled", _("These boundaries are in force or were cancelled already."))
    _settle(row, State.CANCELLED)
    WorkItem.objects.filter(kind=WORK, subject_type=SUBJECT, subject_id=row.pk, ended=None).update(ended=clock.now())
    journal.write(actor, "redrawing.cancel", (SUBJECT, row.pk), facts={"file": row.file})
    return row


def redrawings_apply(*, actor: Actor) -> int:
    """Put in force all that waits for a day that has come, each in its own transaction; returns how many were."""
    due = Redrawing.objects.filter(state=State.WAITING, day__lte=clock.today()).order_by("day", "pk")
    return sum(redrawing_apply(actor=actor, redrawing=pk) for pk in due.values_list("pk", flat=True))


@transaction.atomic
def redrawing_apply(*, actor: Actor, redrawing: int) -> bool:
    """Put boundaries in force whole from their day on, or not at all where one of their places is gone by now.

    What the coverage lacks afterwards stays on record. Returns whether they are in force.
    """
    row = _locked(redrawing)
    if row.state != State.WAITING or row.day > clock.today():
        return False
    try:
        reading = boundaries_read(row.file, gzip.decompress(bytes(row.content)))
    except DomainError as error:
        return _misfit(actor, row, [{"row": None, "code": error.code, "message": str(error.sentence)}])
    if set(row.places) - set(reading.wanted):
        return _misfit(actor, row, _written(reading.report.rejected))
    _keep(actor, row, reading)
    return True


def _keep(actor: Actor, row: Redrawing, reading: Reading) -> None:
    # What was refused when it was planned is not taken because it happens to fit by now.
    reading.wanted = {pk: found for pk, found in reading.wanted.items() if pk in set(row.places)}
    boundaries_store(actor=actor, reading=reading, as_of=row.day)
    drawn = {pk: form for pk, (_place, form) in reading.wanted.items()}
    row.remarks = _written(coverage.remarks(drawn, coverage.findings()))
    _settle(row, State.APPLIED)
    journal.write(actor, "redrawing.apply", (SUBJECT, row.pk), facts={"file": row.file}, count=len(row.places))


def _misfit(actor: Actor, row: Redrawing, remarks: list[dict[str, Any]]) -> bool:
    row.remarks = remarks
    _settle(row, State.FAILED)
    now = clock.now()
    WorkItem.objects.create(
        kind=WORK,
        subject_type=SUBJECT,
        subject_id=row.pk,
        title=str(_("Boundaries of %(day)s no longer fit: %(file)s") % {"day": row.day, "file": row.file})[:200],
        post_id=row.post_id,
        raised=now,
        due=clock.day_end(clock.today()),
    )
    journal.write(actor, "redrawing.misfit", (SUBJECT, row.pk), facts={"file": row.file})
    return False


def _settle(row: Redrawing, state: State) -> None:
    """The new state; the file itself is no longer needed once nothing waits for it."""
    row.state = state
    if state != State.FAILED:
        row.content = b""
    row.save(update_fields=["state", "content", "remarks"])


def _locked(pk: int) -> Redrawing:
    held = Redrawing.objects.select_for_update().filter(pk=pk).first()
    if held is None:
        raise NotFound
    return held


def _written(remarks: list[Remark]) -> list[dict[str, Any]]:
    return [{"row": item.row, "code": item.code, "message": str(item.message)} for item in remarks[:KEPT]]
