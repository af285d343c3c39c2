"""What is handed to the ledger: where something comes from, what moves, what is set aside."""

from datetime import date, datetime
from typing import NamedTuple


class Source(NamedTuple):
    """The record from which something is posted, as kind and id; `edition` grows when it was corrected."""

    type: str
    id: int | str
    edition: int = 1


class Move(NamedTuple):
    """An amount from the account `debit`, which loses it, to the account `credit`, which gains it.

    Day and place are those of the whole posting where a move names none.
    """

    debit: int
    credit: int
    amount: int
    source: Source
    rule: str
    book: str
    day: date | None = None
    place_id: int | None = None


class Contribution(NamedTuple):
    """Something attested that somebody did, of a `kind` that rules know; of several who did the same, who was first."""

    kind: str
    person_id: int
    source: Source
    day: date
    place_id: int
    minutes: int
    first: bool = True


class Reserve(NamedTuple):
    """An amount that an account keeps aside until a moment, for a source."""

    account: int
    amount: int
    source: Source
    until: datetime


class Taken(NamedTuple):
    """A redemption that a ledger tells: the member's number and name, what it took, on which day and for what."""

    number: str
    name: str
    amount: int
    day: date
    source: Source
    place_id: int | None = None
