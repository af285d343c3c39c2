"""Inspections as their pages show them: plans, those of one's own body, one with its findings."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q

from linli.accountability.models import Finding, Inspection
from linli.accountability.policies import inspecting as policies
from linli.accountability.workflow.assessments import FINDING, INSPECTION
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.workflow import Step
from linli.organizations.models import Organization
from linli.territory.models import Place

SIZE: Final = 50


@dataclass(frozen=True, slots=True)
class Line:
    """An inspection in the list."""

    row: Inspection
    state: Any
    open: int


@dataclass(frozen=True, slots=True)
class FindingLine:
    """A finding, and what the viewer may do with it now."""

    row: Finding
    state: Any
    steps: list[Step]
    may_rectify: bool
    may_verify: bool


@dataclass(frozen=True, slots=True)
class Page:
    """The page of an inspection."""

    row: Inspection
    state: Any
    findings: list[FindingLine]
    may_record: bool
    may_cancel: bool


def inspections_for(actor: Actor, after: int | None = None) -> tuple[list[Line], int | None]:
    """The inspections that the actor sees, the newest first, with the key of the next page."""
    rows = Inspection.objects.filter(policies.inspections_visible_to(actor))
    if after is not None:
        rows = rows.filter(pk__lt=after)
    waiting = Count("findings", filter=~Q(findings__state="verified"), distinct=True)
    counted = rows.select_related("place", "inspector", "inspected").annotate(waiting=waiting).order_by("-pk")
    found = list(counted[: SIZE + 1])
    lines = [Line(row, INSPECTION.label(row.state), row.waiting) for row in found[:SIZE]]
    return lines, found[SIZE - 1].pk if len(found) > SIZE else None


def page(actor: Actor, pk: int) -> Page:
    """One inspection with its findings. Raises: not_found"""
    rows = Inspection.objects.filter(policies.inspections_visible_to(actor))
    row = rows.select_related("place", "inspector", "inspected", "plan__place").filter(pk=pk).first()
    if row is None:
        raise NotFound
    findings = []
    for item in row.findings.select_related("organization").order_by("due", "id"):
        item.inspection = row
        findings.append(
            FindingLine(
                item,
                FINDING.label(item.state),
                FINDING.line_of_steps(item.state),
                item.state == "open" and policies.may_rectify(actor, item),
                item.state == "rectified" and policies.may_verify(actor, item),
            )
        )
    planned = row.state == INSPECTION.start
    return Page(
        row,
        INSPECTION.label(row.state),
        findings,
        planned and policies.may_record(actor, row),
        planned and policies.may_cancel(actor, row),
    )


def units_at(place: Place, kinds: tuple[str, ...] = ("office", "party_organization")) -> list[Organization]:
    """The bodies at a place and below that a plan may name."""
    found = Organization.objects.filter(place__path__startswith=place.path, until=None, type__in=kinds)
    return list(found.exclude(state="planned").select_related("place").order_by("place__path", "name")[:500])
