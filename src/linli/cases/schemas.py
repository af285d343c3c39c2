"""The documents of REST about matters: what comes in and what goes out, field by field."""

from datetime import datetime
from typing import Any, Final

from ninja import Schema
from pydantic import Field

from linli.cases import words
from linli.cases.workflow import CASE
from linli.core.rest import one_of


def _codes(choices: tuple[tuple[str, Any], ...], *more: str) -> dict[str, Any]:
    return one_of(*(code for code, _label in choices), *more)


KIND: Final = _codes(words.KINDS)
URGENCY: Final = _codes(words.URGENCIES)
STATE: Final = _codes(tuple(CASE.choices))
SOURCE: Final = "Who raised it: " + ", ".join(code for code, _label in words.SOURCES) + "."
MOMENT: Final[dict[str, Any]] = {"format": "date-time"}
DAY: Final[dict[str, Any]] = {"format": "date"}


class ReportIn(Schema):
    """One report. Text, and a place by id or by a point in WGS84, are enough."""

    text: str = Field(description="What it is about, in at most 2000 characters; identity numbers are masked.")
    place_id: int | None = Field(default=None, description="The id of the place; else the point says where it is.")
    lng: float | None = Field(default=None, description="Longitude in degrees, WGS84.")
    lat: float | None = Field(default=None, description="Latitude in degrees, WGS84.")
    kind: str = Field(default="problem", description="The kind of matter.", json_schema_extra=KIND)
    category: str = Field(default="", description="A category of the place; empty where the desk is to say it.")
    urgency: str = Field(default="", description="normal, urgent or emergency; empty for that of the category.")
    source: str = Field(default="resident", description=f"{SOURCE} Anything but resident is for staff and keys.")
    address: str = Field(default="", description="Where exactly.")
    reporter_name: str = Field(default="", description="Who raised it, encrypted at rest and masked on every screen.")
    phone: str = Field(default="", description="The reporter's phone, kept as the name is.")
    behalf_of: str = Field(default="", description="The person for whom somebody else calls.")
    callback: bool = Field(default=False, description="Whether the reporter asks to be called.")
    hidden: bool = Field(default=False, description="Whether the handler may not know who raised it.")
    complained_of: int | None = Field(default=None, description="The id of the body that a complaint is about.")
    register_number: str = Field(default="", description="Its number on another platform; for staff and keys.")
    given_due: datetime | None = Field(default=None, description="The other platform's deadline; for staff and keys.")
    key: str = Field(default="", description="Idempotency key of this report in a batch.")


class ReceiptOut(Schema):
    """The receipt; the code is empty when the same key is sent again."""

    id: int = Field(description="The id of the matter.")
    number: str = Field(description="The receipt number, for people.")
    code: str = Field(description="The code with which the reporter follows the matter; shown once.")


class Step(Schema):
    """The values of a step, as its form names them; `version` guards against what others changed."""

    version: int | None = Field(default=None, description="The version that was read; another one now gives 409.")
    values: dict[str, Any] = Field(default={}, description="What the step asks for, such as reason, lead_id, result.")


class PlaceOut(Schema):
    """The place a matter belongs to."""

    id: int = Field(description="The id of the place.")
    name: str = Field(description="Its name.")


class CaseLine(Schema):
    """A line of the list of matters."""

    id: int = Field(description="The id of the matter.")
    number: str = Field(description="The receipt number.")
    text: str = Field(description="What was reported.")
    kind: str = Field(description="The kind of matter.", json_schema_extra=KIND)
    category: str = Field(description="The category's code; empty while nobody has said it.")
    urgency: str = Field(description="How urgent it is.", json_schema_extra=URGENCY)
    state: str = Field(description="Where it stands.", json_schema_extra=STATE)
    place: PlaceOut
    lead: str = Field(description="The body that leads; empty while none does.")
    received_on: str = Field(description="The day it counts for.", json_schema_extra=DAY)
    due: str | None = Field(description="When it must be done; null where no clock runs.", json_schema_extra=MOMENT)


class CasesOut(Schema):
    """A page of matters."""

    cases: list[CaseLine] = Field(description="At most 50 matters, the newest first unless `sort` says otherwise.")
    next: str = Field(description="What to send as `after` for the next page; empty on the last.")


class HolderOut(Schema):
    """An open step of a matter and who owes it."""

    kind: str = Field(description="The kind of work that is owed, such as case.take.")
    name: str = Field(description="The body or post that owes it.")
    due: str | None = Field(description="By when.", json_schema_extra=MOMENT)
    colour: str = Field(
        description="green, yellow when due soon, orange when overdue, red when long overdue.",
        json_schema_extra=one_of("green", "yellow", "orange", "red"),
    )


class HappeningOut(Schema):
    """A line of the timeline."""

    at: str = Field(description="When it happened.", json_schema_extra=MOMENT)
    verb: str = Field(description="What was done, as a code.")
    label: str = Field(description="What was done, in words.")
    who: str = Field(description="Who did it; empty for the reporter and the system.")


def _moment(meaning: str) -> Any:
    return Field(description=f"{meaning}; null until then.", json_schema_extra=MOMENT)


class CaseOut(Schema):
    """One matter with its timeline; who raised it is never part of it."""

    id: int = Field(description="The id of the matter.")
    number: str = Field(description="The receipt number.")
    register_number: str = Field(description="Its number in the ledger or platform it came from.")
    text: str = Field(description="What was reported.")
    kind: str = Field(description="The kind of matter.", json_schema_extra=KIND)
    source: str = Field(description=SOURCE)
    door: str = Field(description="The way it came in.", json_schema_extra=_codes(words.DOORS))
    category: str = Field(description="The category's code; empty while nobody has said it.")
    category_label: str = Field(description="The category in the place's words.")
    urgency: str = Field(description="How urgent it is.", json_schema_extra=URGENCY)
    state: str = Field(description="Where it stands.", json_schema_extra=STATE)
    state_label: str = Field(description="The state in the place's words.")
    outcome: str = Field(description="How it ended; empty until then.", json_schema_extra=_codes(words.OUTCOMES, ""))
    result: str = Field(description="What was done, in the handler's words.")
    in_scope: bool = Field(description="Whether the place deals with such matters.")
    verification: str = Field(
        description="Who confirmed that it is done.", json_schema_extra=_codes(words.VERIFICATIONS, "")
    )
    address: str = Field(description="Where exactly.")
    place: PlaceOut
    lead: str = Field(description="The body that leads; empty while none does.")
    returns: int = Field(description="How often it was handed back.")
    reopened: int = Field(description="How often it was reopened.")
    version: int = Field(description="Counts every change; a step that sends it is refused when it is stale.")
    received_on: str = Field(description="The day it counts for.", json_schema_extra=DAY)
    received: str | None = _moment("When it came in; null for a ledger's row, which has only a day")
    accepted: str | None = _moment("When it was accepted")
    contacted: str | None = _moment("When somebody first spoke with the reporter")
    taken: str | None = _moment("When the lead took it")
    done: str | None = _moment("When it was reported as done")
    verified: str | None = _moment("When that was confirmed")
    closed: str | None = _moment("When it was closed")
    due: str | None = Field(description="When it must be done; null where no clock runs.", json_schema_extra=MOMENT)
    holders: list[HolderOut] = Field(description="The open steps, the soonest due first.")
    moves: list[str] = Field(description="The steps that the reader may make now.")
    timeline: list[HappeningOut] = Field(description="Everything that happened, in order.")
    answers: list[str] = Field(description="What the reporter was told.")
