"""REST of matters: report one or fifty, read lists and one, make a step. Parses, calls one operation or query.

Errors and the mount are in linli.api; everything here is under the policy that the pages are under.
"""

from typing import Annotated, Any, Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Path, Router, Status

from linli.cases import sections
from linli.cases.actions import ACTIONS
from linli.cases.operations.intake import Receipt, Report, case_register, case_report, case_report_many
from linli.cases.queries.lists import case_list
from linli.cases.queries.pages import CasePage, case_page
from linli.cases.requests import actor_of
from linli.cases.schemas import CaseOut, CasesOut, ReceiptOut, ReportIn, Step
from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, NotAllowed, NotFound
from linli.core.forms import plain
from linli.core.rest import Refused, answer, asked_by, signed_in

router = Router(tags=["cases"])


# What may stand in the address of the list; the page of matters reads the same.
FILTERS: Final = {
    "state": "States, separated by commas; `open` (the default) or `all`.",
    "kind": "Kinds, separated by commas.",
    "source": "Sources, separated by commas.",
    "category": "Categories, separated by commas.",
    "urgency": "Urgencies, separated by commas.",
    "door": "Doors, separated by commas.",
    "outcome": "Outcomes, separated by commas.",
    "lead": "The id of the body that leads.",
    "place": "The id of a place; everything below it counts.",
    "colour": "Open work that is due `soon`, `late` or long overdue (`red`).",
    "overdue": "Anything: only open matters past their deadline.",
    "from": "The first day of receipt, as 2026-03-10.",
    "to": "The last day of receipt.",
    "q": "Words of the text, the address or the number.",
    "sort": "`due`: the soonest due first.",
    "after": "The key of the page before, from its `next`.",
}
VERBS: Final = "Each step with the values that it asks for: " + "; ".join(
    f"{verb} ({', '.join(name for name in action.form.base_fields if name != 'version')})"
    for verb, action in ACTIONS.items()
)
IDEMPOTENT: Final = {"Idempotency-Key": "The same key with the same input does nothing twice; with other input, 409."}


@router.post("", response={201: ReceiptOut}, openapi_extra=asked_by({}, IDEMPOTENT))
def report(request: HttpRequest, data: ReportIn) -> Status[ReceiptOut]:
    """Report one matter; the same header `Idempotency-Key` gives the same receipt and does nothing twice."""
    actor = actor_of(request)
    given, key = _report(data), request.headers.get("Idempotency-Key") or data.key or None
    if _registers(actor):
        return Status(201, _receipt(case_register(actor=actor, report=given, door="api", key=key)))
    if data.source != "resident" or data.given_due or data.register_number:
        raise NotAllowed("case.not_yours", _("Only staff register what others have raised."))
    return Status(201, _receipt(case_report(actor=actor, report=given, door="api", key=key)))


@router.post("/batch", response=list[ReceiptOut | Refused])
def report_many(request: HttpRequest, data: list[ReportIn]) -> HttpResponse:
    """Report up to fifty matters, each answered by itself, in order."""
    actor = actor_of(request)
    if not _registers(actor):
        raise NotAllowed("case.not_yours", _("Only staff register what others have raised."))
    answers = case_report_many(actor=actor, reports=[(item.key, _report(item)) for item in data])
    return answer(
        [{"error": item.as_dict()} if isinstance(item, DomainError) else _receipt(item).dict() for item in answers]
    )


@router.get("", response=CasesOut, openapi_extra=asked_by(FILTERS))
def listing(request: HttpRequest) -> HttpResponse:
    """A page of 50 matters by the same filters as the page; `next` is the key for `after`."""
    page = case_list(signed_in(request), plain(request.GET))
    rows = [
        {
            "id": row.pk,
            "number": row.number,
            "text": row.text,
            "kind": row.kind,
            "category": row.category,
            "urgency": row.urgency,
            "state": row.state,
            "place": {"id": row.place_id, "name": row.place},
            "lead": row.lead,
            "received_on": row.received_on.isoformat(),
            "due": row.due.isoformat() if row.due else None,
        }
        for row in page.rows
    ]
    return answer({"cases": rows, "next": page.next_key})


@router.get("/{int:pk}", response=CaseOut)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One matter with its timeline; who raised it is never part of it."""
    return answer(_page(case_page(signed_in(request), pk)))


@router.post("/{int:pk}/{verb}", response=CaseOut)
def step(request: HttpRequest, pk: int, verb: Annotated[str, Path(description=VERBS)], data: Step) -> HttpResponse:
    """Make a step of the workflow; a stale version is answered with 409 and both versions."""
    actor = signed_in(request)
    page = case_page(actor, pk)
    action = ACTIONS.get(verb)
    if action is None:
        raise NotFound
    form = action.form({**data.values, "version": data.version}, case=page.case, verb=verb)
    if not form.is_valid():
        faults = {name: [str(item) for item in errors] for name, errors in form.errors.items()}
        raise InvalidInput("form.invalid", str(faults), fields=sorted(faults))
    action.call(actor=actor, case_id=pk, **form.values())
    return answer(_page(case_page(actor, pk)))


def _registers(actor: Actor) -> bool:
    """Whether the actor writes down what others raise, at least somewhere; where, the operation decides."""
    return actor.can("cases.register") or actor.can("cases.dispatch")


def _report(data: ReportIn) -> Report:
    return Report(**data.dict(exclude={"key"}))


def _receipt(receipt: Receipt) -> ReceiptOut:
    return ReceiptOut(id=receipt.case_id, number=receipt.number, code=receipt.code)


def _page(page: CasePage) -> dict[str, Any]:
    case = page.case
    names = ("number", "text", "kind", "source", "door", "category", "urgency", "state", "outcome", "result")
    counts = ("returns", "reopened", "version", "in_scope", "verification", "register_number", "address")
    moments = ("received", "accepted", "contacted", "taken", "done", "verified", "closed", "due")
    return {
        "id": case.pk,
        **{name: getattr(case, name) for name in (*names, *counts)},
        **{name: moment.isoformat() if (moment := getattr(case, name)) else None for name in moments},
        "received_on": case.received_on.isoformat(),
        "state_label": str(sections.flow().label(case.state)),
        "place": {"id": case.place_id, "name": case.place.name},
        "lead": case.lead.name if case.lead else case.lead_name,
        "category_label": _label(case.category),
        "holders": [
            {"kind": item.kind, "name": item.name, "due": item.due and item.due.isoformat(), "colour": item.colour}
            for item in page.held
        ],
        "moves": page.moves,
        "timeline": [
            {"at": line.at.isoformat(), "verb": line.verb, "label": line.label, "who": line.who}
            for line in page.timeline
        ],
        "answers": [note.text for note in page.notes if note.public],
    }


def _label(category: str) -> str:
    known = sections.categories().get(category)
    return known.label if known else category
