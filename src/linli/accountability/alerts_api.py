"""REST of alerts: those that one sees, why they stand and what comes next; never who holds one."""

from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from linli.accountability.api import Number
from linli.accountability.policies import figures as policies
from linli.accountability.queries.alerts import Line, alert_page, alerts_page
from linli.core.actors import Actor
from linli.core.rest import answer, signed_in
from linli.records.figures import compute
from linli.records.figures.compile import Scope
from linli.records.figures.words import number

router = Router(tags=["alerts"])


class AlertsAsked(Schema):
    """Which alerts."""

    colour: Literal["yellow", "orange", "red"] | None = Field(default=None, description="Only those of this colour.")
    ended: bool = Field(default=False, description="Those that are green again, instead of those that stand.")
    after: int | None = Field(default=None, ge=1, lt=2**63, description="The key of the page before.")


class AlertOut(Schema):
    """One rule at one unit, from the day it left green until it is green again."""

    id: int = Field(description="The alert.")
    rule: str = Field(description="The code of its rule in the profile.")
    title: str = Field(description="What the rule is called, and where.")
    colour: str = Field(description="yellow, orange or red: how bad it is.")
    state: str = Field(description="open, acknowledged, settled or ended.")
    state_label: str = Field(description="The state in the reader's language.")
    place: str = Field(description="The code of the unit; may be empty.")
    place_label: str = Field(description="The name of the unit.")
    figure: str = Field(description="The figure that the rule watches; empty where it counts overdue work.")
    value: Number = Field(description="The value when it was last checked; null where it is withheld.")
    withheld: bool = Field(description="Of persons, of whom the key may not open every row: no number is told.")
    as_of: str = Field(description="The day of that value.", json_schema_extra={"format": "date"})
    raised: str = Field(description="Since when it stands.", json_schema_extra={"format": "date-time"})
    reason: str = Field(description="Why the rule alerts; empty where the profile no longer has it.")
    next: str = Field(description="What to do next, by the rule.")
    note: str = Field(description="What was done, where it is settled.")


class AlertsOut(Schema):
    """A page of alerts."""

    alerts: list[AlertOut] = Field(description="At most 50, the newest first.")
    next: str = Field(description="What to send as `after` for the next page; empty on the last.")


@router.get("", response=AlertsOut)
def alert_list(request: HttpRequest, asked: Query[AlertsAsked]) -> HttpResponse:
    """The alerts that stand where one reads figures, or those that ended."""
    actor = signed_in(request)
    policies.require_view(actor)
    lines, following = alerts_page(actor, colour=asked.colour or "", ended=asked.ended, before=asked.after)
    return answer({"alerts": [_document(actor, line) for line in lines], "next": following})


@router.get("/{pk}", response=AlertOut)
def alert_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One alert."""
    actor = signed_in(request)
    return answer(_document(actor, alert_page(actor, pk).line))


def _document(actor: Actor, line: Line) -> dict[str, Any]:
    alert, rule = line.alert, line.rule
    told = _is_told(actor, line)
    return {
        "id": alert.pk,
        "rule": alert.rule,
        "title": alert.title,
        "colour": alert.colour,
        "state": alert.state,
        "state_label": line.state,
        "place": alert.place.code,
        "place_label": alert.place.name,
        "figure": rule.figure if rule else "",
        "value": number(alert.value) if told else None,
        "withheld": not told,
        "as_of": alert.as_of.isoformat(),
        "raised": alert.raised.isoformat(),
        "reason": rule.reason if rule else "",
        "next": rule.next if rule else "",
        "note": alert.note,
    }


def _is_told(actor: Actor, line: Line) -> bool:
    """Whether the value is told: that of a figure as the book tells it, of a rule that is no more to people only."""
    if not actor.key.startswith("api-key:"):
        return True
    if line.rule is None:
        return False
    book, place = compute.book(), line.alert.place
    figure = book.get(line.rule.figure)
    return figure is None or policies.is_told(actor, figure, book, Scope(place.code, place.path))
