"""Projects, claims, volunteer posts and support as ledgers bring them: silent, one journal entry per call."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.db.models import Q

from linli.core import journal
from linli.core.actors import Actor
from linli.core.bulk import next_ids
from linli.territory.operations.recording import extra_of, plain_record_many, root_place
from linli.volunteering.models import ProjectClaim, ServiceProject, SupportRecord, VolunteerPost
from linli.volunteering.workflow import CLAIMING, INCUBATOR_LINE, MICRO_LINE

Rows = Sequence[Mapping[str, Any]]
PROJECT: Final = ("number", "kind", "name", "aim", "team_id", "stage", "proposed_on", "graduated_on", "ended_on", "due")
POST: Final = ("number", "name", "tasks", "seats", "term_months", "state", "since", "until")
SUPPORT: Final = ("organization_id", "kind", "what", "on", "amount_fen")
STAGES: Final = {
    "incubated": {*INCUBATOR_LINE, "closed"},
    "brand": {"graduated", "closed"},
    "micro": {*MICRO_LINE, "closed"},
}
STARTS: Final = {"incubated": "idea", "brand": "graduated", "micro": "open"}


def projects_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows are no project: no day, or a stage that its kind does not have."""
    known = _known(ServiceProject, rows)
    found = {}
    for position, row in enumerate(rows):
        kind = row.get("kind") or "incubated"
        if row["number"] not in known and row.get("proposed") is None:
            found[position] = "service_project.undated"
        elif (row.get("stage") or STARTS[kind]) not in STAGES[kind]:
            found[position] = "service_project.stage"
    return found


def _known(model: Any, rows: Rows) -> dict[str, int]:
    """What is here under the numbers of these rows."""
    return dict(model.objects.filter(number__in={row["number"] for row in rows}).values_list("number", "pk"))


def _written(actor: Actor, model: Any, rows: Rows, fields: Sequence[str], name: str) -> list[int]:
    """Write rows that are new or were made by the same ledger; what is here otherwise under the number stays."""
    root = root_place()
    known = _known(model, [row for row in rows if not row.get("id")])
    new = [row for row in rows if row.get("id") or row["number"] not in known]
    ids = iter(plain_record_many(actor, model, new, fields, root.pk if root else None, name))
    return [next(ids) if row.get("id") else known.get(row["number"]) or next(ids) for row in rows]


@transaction.atomic
def project_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in projects of any kind (VOL-04, VOL-05, VOL-10)."""
    renamed = {"proposed": "proposed_on", "graduated": "graduated_on", "ended": "ended_on", "team": "team_id"}
    prepared = [_project(row, renamed) for row in rows]
    return _written(actor, ServiceProject, prepared, PROJECT, "service_project")


def _project(row: Mapping[str, Any], renamed: Mapping[str, str]) -> dict[str, Any]:
    given = {renamed.get(name, name): value for name, value in row.items()}
    if not row.get("id"):
        given["kind"] = row.get("kind") or "incubated"
        given["stage"] = row.get("stage") or STARTS[given["kind"]]
    return given


def claims_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows name no micro-project that is here, or no body that claimed it, by position."""
    numbers = {row["project"] for row in rows}
    known = ServiceProject.objects.filter(number__in=numbers, kind="micro").values_list("number", flat=True)
    held = set(known)
    return {
        position: "project_claim.unknown_project" if row["project"] not in held else "project_claim.no_body"
        for position, row in enumerate(rows)
        if row["project"] not in held or not row.get("organization")
    }


@transaction.atomic
def claim_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in what bodies claimed; the first of a project leads it. Claims of people are made here only."""
    projects = {item.number: item for item in _locked_projects({row["project"] for row in rows})}
    held = ProjectClaim.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    led = ProjectClaim.objects.filter(project__in=projects.values(), lead=True, state__in=CLAIMING)
    leads = set(led.values_list("project_id", flat=True))
    given = []
    for row in rows:
        project = projects[row["project"]]
        record = held.get(row.get("id") or 0) or ProjectClaim(id=next_ids(ProjectClaim, 1)[0])
        record.project, record.place_id, record.organization_id = project, project.place_id, row["organization"]
        record.claimed_on = row.get("claimed") or (record.claimed_on if row.get("id") else project.proposed_on)
        record.delivered_on = row.get("delivered") or record.delivered_on
        record.confirmed_on = row.get("confirmed") or record.confirmed_on
        record.state = "confirmed" if record.confirmed_on else "delivered" if record.delivered_on else "claimed"
        if record.state in CLAIMING and project.pk not in leads:
            record.lead = True
            leads.add(project.pk)
        record.extra = {
            **record.extra,
            **extra_of(row, ("project", "organization", "claimed", "delivered", "confirmed")),
        }
        record.save()
        given.append(record.pk)
    journal.write(actor, "project_claim.record_many", None, count=max(1, len(rows)))
    return given


def _locked_projects(numbers: set[str]) -> Any:
    return ServiceProject.objects.select_for_update().filter(Q(number__in=numbers)).order_by("pk")


def posts_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows are no volunteer post: no day since which it is open."""
    known = _known(VolunteerPost, rows)
    return {
        position: "volunteer_post.undated"
        for position, row in enumerate(rows)
        if row["number"] not in known and row.get("since") is None
    }


@transaction.atomic
def post_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in volunteer posts (VOL-15); one with a last day is closed."""
    prepared = [{**row, "state": "closed"} if row.get("until") else dict(row) for row in rows]
    return _written(actor, VolunteerPost, prepared, POST, "volunteer_post")


def support_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows say nothing of the body, the day, or name a sum that is none, by position."""
    found = {}
    for position, row in enumerate(rows):
        if not row.get("organization") or row.get("on") is None:
            found[position] = "support_record.incomplete"
        elif row.get("amount") is not None and row["amount"] <= 0:
            found[position] = "support_record.amount"
    return found


@transaction.atomic
def support_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in support that social organisations were given (VOL-16); sums are in yuan."""
    root = root_place()
    prepared = []
    for row in rows:
        given = {name: value for name, value in row.items() if name not in ("organization", "amount")}
        given["organization_id"] = row.get("organization")
        if row.get("amount") is not None:
            given["amount_fen"] = round(row["amount"] * 100)
        prepared.append(given)
    return plain_record_many(actor, SupportRecord, prepared, SUPPORT, root.pk if root else None, "support_record")
