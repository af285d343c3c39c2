"""REST of asks: the registry, who owes each an answer by when, and what was answered, to those who may read it."""

from datetime import date
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from linli.accountability.models import Ask, AskAnswer
from linli.accountability.policies import asks as policies
from linli.accountability.queries import ask_answers, asks
from linli.accountability.queries.filling.slots import ANSWERED, Slot, State
from linli.accountability.workflow.asks import ASK
from linli.core import clock
from linli.core.actors import Actor
from linli.core.rest import answer, one_of, signed_in

router = Router(tags=["asks"])
MOMENT: Final[dict[str, Any]] = {"format": "date-time"}


class AsksAsked(Schema):
    """Which asks."""

    state: str = Field(
        default="",
        description="Only those in this state; `force` for those that may be sent today.",
        json_schema_extra=one_of("", "force", *dict(ASK.choices)),
    )
    q: str = Field(default="", max_length=60, description="Part of the name or of the office.")
    after: int | None = Field(default=None, ge=1, lt=2**63, description="The key of the page before.")


class AskOut(Schema):
    """A form or figure that an office asks for."""

    id: int = Field(description="The ask.")
    name: str = Field(description="What the form is called.")
    asker: str = Field(description="The office that asks.")
    level: str = Field(description="Its level: street, county, city, province or nation.")
    ground: str = Field(description="On what legal ground it asks; empty where it came past the registry.")
    period: str = Field(description="How often: once, monthly, quarterly or yearly.")
    due: date = Field(description="The day by which the newest answers are due.")
    short: bool = Field(description="Whether it ever was sent at short notice.")
    valid_from: date = Field(description="The first day on which it may be sent.")
    valid_until: date = Field(description="The last day.")
    personal: bool = Field(description="Whether it asks for rows about residents.")
    place: str = Field(description="The code of the place of the office.")
    state: str = Field(description="proposed, approved, sent, answered, outside, refused, ended or expired.")
    state_label: str = Field(description="The state in the reader's language.")
    sent: int = Field(description="How many answers it was sent for, over all periods.")
    answered: int = Field(description="How many of them are given.")


class AsksOut(Schema):
    """A page of asks."""

    asks: list[AskOut] = Field(description="At most 50, the newest first.")
    next: str = Field(description="What to send as `after` for the next page; empty on the last.")


class AskAnswerOut(Schema):
    """What somebody owes or has answered for one period, in numbers of cells."""

    id: int = Field(description="The answer.")
    place: str = Field(description="The code of the place that answers, or where the body lies that does.")
    organization: int | None = Field(description="The body that answers for itself; null where the place does.")
    answerer: str = Field(description="Who answers: the name of the body or of the place.")
    period: str = Field(description="The period; empty where it is asked once.")
    state: str = Field(description="owed, overdue, answered, or dropped where it is owed no more.")
    due: str = Field(description="By when.", json_schema_extra=MOMENT)
    answered: str | None = Field(description="When it was answered; null where it is not.", json_schema_extra=MOMENT)
    cells: int = Field(description="How many cells want an answer; 0 until it is answered.")
    filled: int = Field(description="How many of them the records filled.")
    typed: int = Field(description="How many were typed by hand.")
    uncollected: int = Field(description="How many nobody collects.")


class AskDetail(AskOut):
    """An ask with what it asks and its answers."""

    fields: list[str] = Field(description="What it asks, in the words of its form.")
    emergency: str = Field(description="Why it was sent at short notice.")
    retention_days: int = Field(description="For how many days answers are kept.")
    answers: list[AskAnswerOut] = Field(description="At most 300, the newest period first; of places that one sees.")


class AskCell(Schema):
    """A cell of a form. What was not collected has no value, which is not the same as 0."""

    key: str = Field(description="The cell within its form.")
    label: str = Field(description="What it asks.")
    where: str = Field(description="Where it stands.")
    state: str = Field(
        description="How it stands: sure and check are from the records.",
        json_schema_extra=one_of(*(state.value for state in State)),
    )
    value: str | None = Field(description="Its value as it is printed; null where not collected or not filled in.")
    source: str = Field(description="Where the value comes from.")
    period: str = Field(description="The period of the value in words; may be empty.")


class AskAnswerDetail(AskAnswerOut):
    """An answer with its cells: as they went out, or as the records have them now where it is still owed."""

    ask: int = Field(description="The ask.")
    values: list[AskCell] = Field(description="Its cells in the order of the form.")


@router.get("", response=AsksOut)
def ask_list(request: HttpRequest, asked: Query[AsksAsked]) -> HttpResponse:
    """The registry of asks."""
    actor = signed_in(request)
    policies.require_view(actor)
    rows, following = asks.listed_page(actor, state=asked.state, words=asked.q, before=asked.after)
    return answer({"asks": [_ask(row) for row in rows], "next": following})


@router.get("/{pk}", response=AskDetail)
def ask_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One ask, and who owes or gave an answer to it."""
    actor = signed_in(request)
    row = asks.ask_of(actor, pk)
    told = {name: getattr(row, name) for name in ("fields", "emergency", "retention_days")}
    answers = [_answer(row, item) for item in asks.answers_of(actor, row)]
    return answer({**_ask(row), **told, "answers": answers})


@router.get("/answers/{pk}", response=AskAnswerDetail)
def ask_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """One answer with its cells: to whoever answers, and to the asking office once it is given; never to a key."""
    actor = signed_in(request)
    return answer(_detail(actor, ask_answers.answer_of(actor, pk)))


def _detail(actor: Actor, row: AskAnswer) -> dict[str, Any]:
    cells = [_cell(slot) for slot in ask_answers.layout_of(actor, row).slots if slot.label]
    return {**_answer(row.ask, row), "ask": row.ask_id, "values": cells}


def _ask(row: Ask) -> dict[str, Any]:
    plain = ("name", "asker", "level", "ground", "period", "short", "personal", "state")
    days = ("due", "valid_from", "valid_until")
    return {
        "id": row.pk,
        **{name: getattr(row, name) for name in plain},
        **{name: getattr(row, name).isoformat() for name in days},
        "place": row.place.code,
        "state_label": str(ASK.label(row.state)),
        "sent": row.sent_to,  # type: ignore[attr-defined]
        "answered": row.given,  # type: ignore[attr-defined]
    }


def _answer(ask: Ask, row: AskAnswer) -> dict[str, Any]:
    return {
        "id": row.pk,
        "place": row.place.code,
        "organization": row.organization_id,
        "answerer": row.answerer,
        "period": row.period,
        "state": _state(ask, row),
        "due": row.due.isoformat(),
        "answered": row.answered.isoformat() if row.answered else None,
        **{name: getattr(row, name) for name in ("cells", "filled", "typed", "uncollected")},
    }


def _state(ask: Ask, row: AskAnswer) -> str:
    if row.answered is not None:
        return "answered"
    if ask.state not in ASK.open_states:
        return "dropped"
    return "overdue" if row.due <= clock.now() else "owed"


def _cell(slot: Slot) -> dict[str, Any]:
    told = slot.state in ANSWERED and slot.state != State.UNCOLLECTED
    return {
        **{name: getattr(slot, name) for name in ("key", "label", "where", "source", "period")},
        "state": slot.state.value,
        "value": slot.text if told else None,
    }
