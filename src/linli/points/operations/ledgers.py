"""What ledgers of before tell: points given, hours put in and drawn, goods redeemed. Silent; posted once by number.

Who stands in a ledger became a member there, by its number. An old ledger may lack what somebody spent; then the budget
of the place bears the rest, so that nobody's balance is below zero and no row is left out.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import next_ids
from linli.points.models import Account, Member, Transfer
from linli.points.operations.accounts import member_account, place_account
from linli.points.operations.posting import entries, lock, post
from linli.points.values import Move, Source, Taken
from linli.points.workflow import CAMPAIGN, GIVEN, HOURS, ISSUE, POINTS, TAKEN, USED
from linli.territory.operations.recording import root_place

Rows = Sequence[Mapping[str, Any]]
LEDGER: Final = "ledger"
# Minutes come from hours as they are written, with four digits.
NEAR: Final = 0.01


def whole_of(book: str, amount: Any) -> int | None:
    """The whole number of an amount as it is written: minutes for hours. None, where it is none above zero."""
    value = float(amount) * (60 if book == HOURS else 1)
    return round(value) if value > 0 and abs(value - round(value)) < NEAR else None


def points_entries_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows are no posting, or say something else than what was posted under their number; by position."""
    known = _posted(rows)
    found = {position: _fault(row, known) for position, row in enumerate(rows)}
    return {position: code for position, code in found.items() if code}


def _fault(row: Mapping[str, Any], known: Mapping[tuple[str, str], Transfer]) -> str:
    book = row.get("book") or POINTS
    held = known.get((book, row["number"]))
    amount = None if row.get("amount") is None else whole_of(book, row["amount"])
    if row.get("amount") is not None and amount is None:
        return "points.amount"
    if held is not None and ((amount or held.amount) != held.amount or (row.get("day") or held.day) != held.day):
        return "points.posted"
    return ""


def points_entries_recognised(*, rows: Rows) -> dict[int, int]:
    """Which rows were posted under their number already, by position."""
    known = _posted(rows)
    held = {position: known.get((row.get("book") or POINTS, row["number"])) for position, row in enumerate(rows)}
    return {position: row.pk for position, row in held.items() if row is not None}


def _posted(rows: Rows) -> dict[tuple[str, str], Transfer]:
    numbers = {row["number"] for row in rows}
    held = Transfer.objects.filter(book__in=(POINTS, HOURS), source_type=LEDGER, source_id__in=numbers)
    return {(row.book, row.source_id): row for row in held}


@transaction.atomic
def points_entry_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in a ledger: what was posted under its number stays as it is."""
    known = _posted(rows)
    root = root_place()
    taken: list[tuple[tuple[str, str], Taken, Mapping[str, Any]]] = []
    given: list[tuple[tuple[str, str], Move, Mapping[str, Any]]] = []
    for row in rows:
        key = (row.get("book") or POINTS, row["number"])
        if key in known:
            continue
        place_id = row.get("place") or (root.pk if root else 0)
        amount = whole_of(key[0], row["amount"]) or 0
        source = Source(LEDGER, key[1])
        if (row.get("direction") or GIVEN) == TAKEN:
            taken.append((key, Taken(row["member"], row.get("name") or "", amount, row["day"], source, place_id), row))
            continue
        account = _account(key[0], row["member"], row.get("name") or "", place_id, row["day"])
        issue = place_account(key[0], ISSUE, place_id)
        rule = row.get("kind") or GIVEN
        given.append((key, Move(issue.pk, account.pk, amount, source, rule, key[0], row["day"], place_id), row))
    for key, move, row in given:
        words = {"reason": (row.get("reason") or "")[:200], "confirmer": (row.get("confirmer") or "")[:60]}
        known[key] = post(actor=actor, moves=[move], day=row["day"], place_id=move.place_id or 0, **words)[0]
    # What was drawn comes after what was put in: a ledger is not always in order.
    for key, item, row in taken:
        words = {"reason": (row.get("reason") or "")[:200], "confirmer": (row.get("confirmer") or "")[:60]}
        known[key] = _taken(actor, key[0], item, row.get("kind") or TAKEN, **words)
    journal.write(actor, "points.record_many", None, count=max(1, len(rows)))
    return [known[row.get("book") or POINTS, row["number"]].pk for row in rows]


@transaction.atomic
def taken_many(*, actor: Actor, rows: Sequence[Taken]) -> list[Transfer]:
    """Take in redemptions of points from a ledger, each source once."""
    given = [_taken(actor, POINTS, row, TAKEN) for row in rows]
    journal.write(actor, "points.taken_many", None, count=max(1, len(rows)))
    return given


def _account(book: str, number: str, name: str, place_id: int, day: Any) -> Account:
    """The account of a member by its number in a ledger."""
    member = Member.objects.filter(book=book, number=number).first()
    if member is None:
        pk = next_ids(Member, 1)[0]
        member = Member(id=pk, book=book, number=number, name=name or None, place_id=place_id, consent=LEDGER)
        member.joined_on = day
        member.save(force_insert=True)
    elif member.consent == LEDGER and day < member.joined_on:
        member.joined_on = day
        member.save(update_fields=["joined_on"])
    return member_account(member)


def _taken(actor: Actor, book: str, row: Taken, rule: str, *, reason: str = "", confirmer: str = "") -> Transfer:
    """What a ledger says was taken; what is not there is borne by the budget of the place."""
    key = {"book": book, "source_type": row.source.type, "source_id": str(row.source.id), "rule": rule}
    held = Transfer.objects.filter(**key, edition=row.source.edition).first()
    if held is not None:
        return held
    root = root_place()
    place_id = row.place_id or (root.pk if root else 0)
    account = _account(book, row.number, row.name, place_id, row.day)
    used, budget = place_account(book, USED, place_id), place_account(book, CAMPAIGN, place_id)
    accounts = lock([account.pk, used.pk, budget.pk])
    there = max(0, min(row.amount, accounts[account.pk].available))
    words = {"reason": reason, "confirmer": confirmer}
    made = Transfer.objects.create(
        **key,
        **words,
        edition=row.source.edition,
        direction=TAKEN,
        debit=account,
        credit=used,
        member_id=account.member_id,
        amount=row.amount,
        charged=row.amount - there,
        day=row.day,
        place_id=place_id,
        actor=actor.key,
        at=clock.now(),
    )
    entries(made, [(account.pk, -there), (budget.pk, there - row.amount), (used.pk, row.amount)], accounts)
    return made
