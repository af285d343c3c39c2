"""The only writers of commitments: made at a meeting, reported on, done with evidence, postponed or released."""

from datetime import date
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import Holder, calendar_of
from linli.cases.operations.owing import owe, settle
from linli.core import clock, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.deliberation.models import AgendaItem, Commitment, CommitmentNote
from linli.deliberation.operations.meetings import meeting_locked
from linli.deliberation.operations.series import body_at
from linli.deliberation.policies import meetings as policies
from linli.deliberation.workflow.meetings import COMMITMENT, KEEP_OWED, UNKEPT

KIND: Final = "commitment"
TEXT: Final = 300
NOTE: Final = 1000


@transaction.atomic
def commitment_make(
    *, actor: Actor, meeting_id: int, organization_id: int, text: str, due: date, item_id: int | None = None
) -> Commitment:
    """Note what a body promised at a meeting, until when; the body finds it on its list.

    Raises: not_found, meeting.not_yours, commitment.state, commitment.text, commitment.due
    """
    meeting = meeting_locked(actor, meeting_id)
    if meeting.state != "held":
        raise RuleBroken(
            "commitment.state", _("Commitments are noted once the meeting was held, before its minutes are approved.")
        )
    if due < meeting.on:
        raise InvalidInput("commitment.due", _("It cannot be due before the meeting."))
    item = None
    if item_id is not None:
        item = AgendaItem.objects.filter(pk=item_id, meeting=meeting).first()
        if item is None:
            raise NotFound
    row = Commitment.objects.create(
        place=meeting.place,
        meeting=meeting,
        item=item,
        organization_id=body_at(organization_id, meeting.place),
        text=said(text, TEXT, "commitment.text"),
        made_on=meeting.on,
        due=due,
    )
    _owe(row)
    _done(actor, "make", row, due=due.isoformat())
    return row


@transaction.atomic
def commitment_report(*, actor: Actor, commitment_id: int, text: str) -> Commitment:
    """Say how far it is. Raises: not_found, commitment.not_yours, commitment.state, commitment.note"""
    row = _locked(actor, commitment_id)
    COMMITMENT.step(row.state, "report")
    _note(actor, row, "report", said(text, NOTE, "commitment.note"))
    return row


@transaction.atomic
def commitment_keep(*, actor: Actor, commitment_id: int, evidence: str, on: date | None = None) -> Commitment:
    """Say that it is done, since when, and by what one sees it.

    Raises: not_found, commitment.not_yours, commitment.state, commitment.evidence, commitment.future
    """
    row = _locked(actor, commitment_id)
    day = on or clock.today()
    if not row.made_on <= day <= clock.today():
        raise InvalidInput("commitment.future", _("It is done after it was promised, and not in the future."))
    # What was done in its time and told later was in time.
    in_time = "open" if day <= row.due else "late"
    row.state = COMMITMENT.step(in_time if row.state in UNKEPT else row.state, "keep")
    row.done_on, row.evidence = day, said(evidence, NOTE, "commitment.evidence")
    _note(actor, row, "keep", row.evidence)
    settle(KEEP_OWED, (KIND, row.pk))
    return row


@transaction.atomic
def commitment_postpone(*, actor: Actor, commitment_id: int, due: date, reason: str) -> Commitment:
    """Set another due day, with a reason; the former day stays readable.

    Raises: not_found, meeting.not_yours, commitment.state, commitment.due, meeting.reason
    """
    row = _locked(actor, commitment_id, convening=True)
    row.state = COMMITMENT.step(row.state, "postpone")
    if due < clock.today() or due == row.due:
        raise InvalidInput("commitment.due", _("The new day lies ahead and is another one."))
    before, row.due = row.due, due
    row.postponed += 1
    _note(actor, row, "postpone", said(reason, NOTE, "meeting.reason"), before)
    settle(KEEP_OWED, (KIND, row.pk))
    _owe(row)
    return row


@transaction.atomic
def commitment_drop(*, actor: Actor, commitment_id: int, reason: str) -> Commitment:
    """Release a body from what it promised, with a reason.

    Raises: not_found, meeting.not_yours, commitment.state, meeting.reason
    """
    row = _locked(actor, commitment_id, convening=True)
    row.state = COMMITMENT.step(row.state, "drop")
    _note(actor, row, "drop", said(reason, NOTE, "meeting.reason"))
    settle(KEEP_OWED, (KIND, row.pk))
    return row


@transaction.atomic
def commitments_check(*, at: date | None = None) -> int:
    """Note which commitments are overdue now; gives how many."""
    day = at or clock.today()
    rows = list(Commitment.objects.select_for_update().filter(state="open", due__lt=day))
    for row in rows:
        row.state = COMMITMENT.step(row.state, "miss")
        row.version += 1
        row.save(update_fields=["state", "version"])
        journal.write(SYSTEM, f"{KIND}.miss", (KIND, row.pk), place_id=row.place_id)
    return len(rows)


def _owe(row: Commitment) -> None:
    days = calendar_of(row.place)
    holder = Holder(organization_id=row.organization_id)
    owe(KEEP_OWED, (KIND, row.pk), row.text, row.place_id, holder, days.close_of(row.due), days)


def _locked(actor: Actor, commitment_id: int, *, convening: bool = False) -> Commitment:
    rows = Commitment.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.commitments_visible_to(actor), pk=commitment_id).first()
    if row is None:
        raise NotFound
    if convening:
        policies.require_convene(actor, row.place)
    else:
        policies.require_report(actor, row)
    return row


def _note(actor: Actor, row: Commitment, verb: str, text: str, before: date | None = None) -> None:
    row.version += 1
    row.save()
    CommitmentNote.objects.create(
        commitment=row,
        verb=verb,
        text=text,
        due_before=before,
        due_after=row.due if before else None,
        at=clock.now(),
        actor=actor.key,
    )
    _done(actor, verb, row, due=[before.isoformat(), row.due.isoformat()] if before else row.due.isoformat())


def _done(actor: Actor, verb: str, row: Commitment, **facts: object) -> None:
    journal.write(actor, f"{KIND}.{verb}", (KIND, row.pk), place_id=row.place_id, facts=facts)
