"""What the pages of commitments and of standing relations show."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case, Count, F, Value, When

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.workflow import Step
from linli.deliberation.models import Commitment, CommitmentNote, Partnership
from linli.deliberation.policies import meetings as policies
from linli.deliberation.workflow.meetings import COMMITMENT, PARTNERSHIP, UNKEPT

SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class CommitmentPage:
    """One commitment with its history, and what the viewer may do."""

    row: Commitment
    state: Any
    notes: Sequence[CommitmentNote]
    may_report: bool
    may_move: bool


@dataclass(frozen=True, slots=True)
class PartnershipPage:
    """One relation with its events, and whether the viewer keeps it."""

    row: Partnership
    actors: Sequence[Any]
    events: Sequence[Any]
    steps: list[Step]
    may_keep: bool


def commitments(actor: Actor, state: str) -> Sequence[Commitment]:
    """The commitments that the viewer sees: what is open first, the earliest due first."""
    rows = Commitment.objects.filter(policies.commitments_visible_to(actor))
    if state in dict(COMMITMENT.choices):
        rows = rows.filter(state=state)
    order = Case(When(state="late", then=Value(0)), When(state="open", then=Value(1)), default=Value(2))
    found = rows.select_related("organization", "place", "meeting").annotate(urgency=order)
    return list(found.order_by("urgency", "due", "pk")[:SHOWN])


def commitment_page(actor: Actor, commitment_id: int) -> CommitmentPage:
    """One commitment. Raises: not_found"""
    rows = Commitment.objects.filter(policies.commitments_visible_to(actor))
    row = rows.select_related("organization", "place", "meeting", "item").filter(pk=commitment_id).first()
    if row is None:
        raise NotFound
    unkept = row.state in UNKEPT
    return CommitmentPage(
        row,
        COMMITMENT.label(row.state),
        list(row.notes.order_by("-pk")),
        unkept and policies.may_report(actor, row),
        unkept and policies.may_convene(actor, row.place),
    )


def partnerships(actor: Actor, type_code: str) -> Sequence[Partnership]:
    """The relations of a type that the viewer sees, those in place first."""
    rows = Partnership.objects.filter(policies.rows_visible_to(actor), type=type_code)
    order = Case(When(state="running", then=Value(0)), When(state="preparing", then=Value(1)), default=Value(2))
    found = rows.select_related("place", "partner", "organization").annotate(order=order, many=Count("events"))
    return list(found.order_by("order", F("since").desc(nulls_last=True), "pk")[:SHOWN])


def partnership_page(actor: Actor, partnership_id: int) -> PartnershipPage:
    """One relation. Raises: not_found"""
    rows = Partnership.objects.filter(policies.rows_visible_to(actor))
    row = rows.select_related("place", "partner", "organization").filter(pk=partnership_id).first()
    if row is None:
        raise NotFound
    return PartnershipPage(
        row,
        row.actors,
        list(row.events.order_by("-on", "-pk")[:SHOWN]),
        PARTNERSHIP.line_of_steps(row.state),
        policies.may_convene(actor, row.place),
    )
