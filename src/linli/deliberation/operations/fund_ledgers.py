"""Old books of accounts: entries of before an account began here, as ledgers tell them. Silent.

They stand beside the account: what they led to is what was there at its start.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.db import transaction

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import change, next_ids
from linli.deliberation import funds_section
from linli.deliberation.models import FundAccount, FundEntry
from linli.deliberation.money import fen_of
from linli.deliberation.workflow.funds import INCOME, SPENDING
from linli.territory.operations.recording import extra_of

Rows = Sequence[Mapping[str, Any]]
Key = tuple[Any, ...]
COLUMNS: Final = ("account", "place", "day", "direction", "kind", "amount", "purpose", "party", "state")
OTHERS: Final = {INCOME: "other_income", SPENDING: "other_spending"}


def fund_entries_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows have no account, are not of before it began, or tell no sum in whole fen; by position."""
    accounts = _accounts()
    found = {position: _refused(row, accounts) for position, row in enumerate(rows)}
    return {position: code for position, code in found.items() if code}


@transaction.atomic
def fund_entry_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in entries from an old book: same account, day, kind, sum and purpose is the same entry."""
    accounts, codes = _accounts(), funds_section.codes()
    books = FundEntry.objects.select_for_update().filter(state="book")
    held = books.in_bulk([row["id"] for row in rows if row.get("id")])
    names = {row.get("purpose") for row in rows}
    known = {_key(entry): entry for entry in books.filter(purpose__in=names)}
    made: list[FundEntry] = []
    changed: dict[int, FundEntry] = {}
    given = []
    for row in rows:
        entry = held.get(row.get("id") or 0)
        filled = _filled(row, entry or FundEntry(), accounts, codes)
        found = entry or known.get(_key(filled))
        if found is None:
            found = known[_key(filled)] = filled
            filled.pk = next_ids(FundEntry, 1)[0]
            filled.state, filled.entered, filled.entered_by = "book", clock.now(), actor.key
            made.append(filled)
        elif entry is not None:
            entry.version += 1
            changed[entry.pk] = entry
        given.append(found.pk)
    FundEntry.objects.bulk_create(made, batch_size=1000)
    fields = ["day", "direction", "kind", "amount_fen", "purpose", "party", "extra", "version"]
    change(FundEntry, changed.values(), fields)
    journal.write(actor, "fund_entry.record_many", None, count=max(1, len(rows)))
    return given


@transaction.atomic
def fund_entries_remove(*, actor: Actor, ids: Sequence[int]) -> None:
    """Delete entries that an import made; what was entered here stays."""
    FundEntry.objects.filter(pk__in=ids, state="book").delete()
    journal.write(actor, "fund_entry.remove_many", None, count=max(1, len(ids)))


def _refused(row: Mapping[str, Any], accounts: Mapping[Key, FundAccount]) -> str:
    account = _account(row, accounts)
    if account is None:
        return "" if row.get("id") else "fund_entry.no_account"
    if row.get("day") is not None and row["day"] >= account.opens_on:
        return "fund_entry.not_before"
    amount = row.get("amount")
    fen = None if amount is None else fen_of(Decimal(str(amount)))
    return "fund_entry.amount" if amount is not None and (fen is None or fen <= 0) else ""


def _filled(
    row: Mapping[str, Any], entry: FundEntry, accounts: Mapping[Key, FundAccount], codes: Mapping[str, str]
) -> FundEntry:
    """What a row says, in an entry; where it is silent the entry stays what it is."""
    account = _account(row, accounts)
    if account is not None and entry.state != "book":
        entry.account, entry.place_id = account, account.place_id
    if row.get("amount") is not None:
        entry.amount_fen = fen_of(Decimal(str(row["amount"]))) or 0
    for name in ("day", "purpose", "party", "direction"):
        if row.get(name) is not None:
            setattr(entry, name, row[name])
    # What no kind is called stays as it was written.
    kind = codes.get(row.get("kind") or "", row.get("kind") or "")[:60]
    entry.kind = kind or entry.kind or OTHERS.get(entry.direction, "")
    by_code = {kind.code: kind.direction for kind in funds_section.named_kinds()}
    # Where a book says only the kind, the kind says the direction.
    entry.direction = entry.direction or by_code.get(entry.kind, SPENDING)
    entry.extra = {**entry.extra, **extra_of(row, COLUMNS)}
    return entry


def _accounts() -> dict[Key, FundAccount]:
    """Accounts by place and name; by place alone where it has but one."""
    found: dict[Key, FundAccount] = {}
    several: set[int] = set()
    for account in FundAccount.objects.order_by("pk"):
        found[account.place_id, account.name] = account
        if (account.place_id, "") in found:
            several.add(account.place_id)
        found[account.place_id, ""] = account
    return {key: account for key, account in found.items() if key[1] or key[0] not in several}


def _account(row: Mapping[str, Any], accounts: Mapping[Key, FundAccount]) -> FundAccount | None:
    return accounts.get((row.get("place"), row.get("account") or ""))


def _key(entry: FundEntry) -> Key:
    return (entry.account_id, entry.day, entry.direction, entry.kind, entry.amount_fen, entry.purpose)
