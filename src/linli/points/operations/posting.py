"""The engine of the ledger: postings, holds and reversals, for operations that have their own rules of who may.

A posting is one statement: it locks the accounts in the order of their ids, writes transfers and entries, moves the
balances and notes it in the journal. What was posted for the same source and rule before is not posted again.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any, Final

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.composed import planned_cursor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.points.models import Account, Entry, Hold, Transfer
from linli.points.operations.accounts import place_account
from linli.points.values import Move, Reserve, Source
from linli.points.workflow import CAMPAIGN, GIVEN, HOLD, REVERSAL, TAKEN

MOST: Final = 1_000_000_000
LONGEST_REASON: Final = 200
FLOOR: Final = "points_account_floor"
OF_TRANSFERS: Final = "points_transfer"

# `locked` is asked for before anything is written, so that whoever posts waits in the order of accounts only.
POST: Final = """
WITH asked AS MATERIALIZED (
    SELECT nextval(pg_get_serial_sequence('points_transfer', 'id')) AS id, given.*
    FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::text[], %s::text[], %s::text[], %s::int[], %s::text[],
            %s::date[], %s::bigint[])
        WITH ORDINALITY AS given(debit, credit, amount, book, source_type, source_id, edition, rule, day, place, nth)
), locked AS MATERIALIZED (
    SELECT id, member_id FROM points_account WHERE id = ANY(%s::bigint[]) ORDER BY id FOR NO KEY UPDATE
), waited AS MATERIALIZED (
    SELECT count(*) AS accounts FROM locked
), made AS (
    INSERT INTO points_transfer (id, book, source_type, source_id, edition, rule, direction, debit_id, credit_id,
        member_id, amount, charged, day, place_id, reason, confirmer, actor, at)
    SELECT asked.id, book, source_type, source_id, edition, rule,
        CASE WHEN gains.member_id IS NOT NULL THEN 'given'
            WHEN loses.member_id IS NOT NULL THEN 'taken' ELSE 'moved' END,
        debit, credit, coalesce(gains.member_id, loses.member_id), amount, 0, day, place,
        %s::text, %s::text, %s::text, %s::timestamptz
    FROM asked JOIN waited ON accounts > 0
        JOIN locked AS gains ON gains.id = credit JOIN locked AS loses ON loses.id = debit
    ORDER BY nth
    ON CONFLICT (book, source_type, source_id, edition, rule) DO NOTHING
    RETURNING id
), leg AS MATERIALIZED (
    SELECT asked.id AS transfer, account, change, nth
    FROM made JOIN asked USING (id)
    CROSS JOIN LATERAL (VALUES (debit, -amount), (credit, amount)) AS legs(account, change)
), moved AS (
    UPDATE points_account SET balance = balance + total
    FROM (SELECT account, sum(change)::bigint AS total FROM leg GROUP BY account) AS changed
    WHERE points_account.id = account
    RETURNING points_account.id, balance - total AS before
), written AS (
    INSERT INTO points_entry (transfer_id, account_id, amount, balance)
    SELECT transfer, account, change,
        before + (sum(change) OVER (PARTITION BY account ORDER BY nth ROWS UNBOUNDED PRECEDING))::bigint
    FROM leg JOIN moved ON moved.id = account ORDER BY nth, change
), noted AS (
    INSERT INTO core_entry (at, actor, post_id, operation, subject_type, subject_id, place_id, facts, count)
    SELECT %s::timestamptz, %s::text, %s::bigint, 'points.post', 'points_transfer', min(id), %s::bigint, '{}'::jsonb,
        count(*) FROM made HAVING count(*) > 0
)
SELECT asked.nth, made.id FROM made JOIN asked USING (id)
"""


@contextmanager
def _whole() -> Any:
    """One transaction; a balance that would fall below its floor is a refusal. Raises: points.short"""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if FLOOR not in str(error):
            raise
        raise RuleBroken("points.short", _("There is not enough in this account.")) from error


def post(
    *, actor: Actor, moves: Sequence[Move], day: date, place_id: int, reason: str = "", confirmer: str = ""
) -> list[Transfer]:
    """Post moves, all or none, and give their transfers in order.

    Each source and rule of a book is posted once: the same move again gives what was posted, another one is refused.
    Raises: points.short, points.amount, points.other_input
    """
    if not moves:
        return []
    if any(not 0 < move.amount <= MOST or move.debit == move.credit for move in moves):
        raise InvalidInput("points.amount", _("Enter a whole number above zero."))
    with _whole():
        made = _posted(actor, moves, day, place_id, reason, confirmer)
        if len(made) == len(moves):
            found = Transfer.objects.in_bulk(made.values())
            return [found[made[at]] for at in range(len(moves))]
        return [_known(move) for move in moves]


def _posted(
    actor: Actor, moves: Sequence[Move], day: date, place_id: int, reason: str, confirmer: str
) -> dict[int, int]:
    """Run the statement: the ids of transfers that were made, by position."""
    now = clock.now()
    accounts = sorted({side for move in moves for side in (move.debit, move.credit)})
    post_id = actor.post_ids[0] if actor.post_ids else None
    columns: list[list[Any]] = [
        [move.debit for move in moves],
        [move.credit for move in moves],
        [move.amount for move in moves],
        [move.book for move in moves],
        [move.source.type for move in moves],
        [str(move.source.id) for move in moves],
        [move.source.edition for move in moves],
        [move.rule for move in moves],
        [move.day or day for move in moves],
        [move.place_id or place_id for move in moves],
    ]
    of_all = [accounts, reason, confirmer, actor.key, now]
    with planned_cursor(connection) as cursor:
        cursor.execute(POST, [*columns, *of_all, now, actor.key, post_id, place_id or None])
        return {int(nth) - 1: int(pk) for nth, pk in cursor.fetchall()}


def _known(move: Move) -> Transfer:
    """What stands for the source and rule of a move. Raises: points.other_input"""
    found = Transfer.objects.get(**_key(move.book, move.source), rule=move.rule)
    if (found.debit_id, found.credit_id, found.amount) != (move.debit, move.credit, move.amount):
        raise RuleBroken("points.other_input", _("Something else was posted for this record before."))
    return found


def _key(book: str, source: Source) -> dict[str, Any]:
    return {"book": book, "source_type": source.type, "source_id": str(source.id), "edition": source.edition}


def lock(account_ids: Iterable[int]) -> dict[int, Account]:
    """Lock accounts in the order of their ids, which nobody leaves: so nobody waits for each other in a circle."""
    rows = Account.objects.select_for_update(no_key=True).filter(pk__in=set(account_ids)).order_by("pk")
    return {row.pk: row for row in rows}


def hold(*, actor: Actor, reserves: Sequence[Reserve]) -> list[Hold]:
    """Set amounts aside, all or none; one account and source is set aside once.

    Raises: points.short, points.amount, points.other_input
    """
    if any(not 0 < wanted.amount <= MOST for wanted in reserves):
        raise InvalidInput("points.amount", _("Enter a whole number above zero."))
    with _whole():
        lock(wanted.account for wanted in reserves)
        return [_held(actor, wanted) for wanted in reserves]


def _held(actor: Actor, wanted: Reserve) -> Hold:
    source = {"source_type": wanted.source.type, "source_id": str(wanted.source.id), "edition": wanted.source.edition}
    known = Hold.objects.filter(account_id=wanted.account, **source).first()
    if known is not None:
        if known.amount != wanted.amount:
            raise RuleBroken("points.other_input", _("Something else was posted for this record before."))
        return known
    Account.objects.filter(pk=wanted.account).update(held=F("held") + wanted.amount)
    row = Hold.objects.create(
        account_id=wanted.account, amount=wanted.amount, until=wanted.until, actor=actor.key, at=clock.now(), **source
    )
    journal.write(actor, "points.hold", ("points_hold", row.pk), facts={"amount": wanted.amount})
    return row


def post_holds(
    *,
    actor: Actor,
    to: Mapping[int, int],
    rule: str,
    day: date,
    place_id: int,
    amounts: Mapping[int, int] | None = None,
) -> list[Transfer]:
    """Post what was set aside to other accounts, by hold; `amounts` posts less, and the rest is free again.

    Raises: points.hold_over, points.amount, points.short
    """
    with _whole():
        moves = []
        for row in _ended(to, "post", to.values()):
            amount = (amounts or {}).get(row.pk, row.amount)
            if not 0 < amount <= row.amount:
                raise InvalidInput("points.amount", _("Enter a whole number above zero."))
            source = Source(row.source_type, row.source_id, row.edition)
            moves.append(Move(row.account_id, to[row.pk], amount, source, rule, row.account.book))
            row.posted = amount
            row.save(update_fields=["state", "posted"])
        return post(actor=actor, moves=moves, day=day, place_id=place_id)


def void_holds(*, actor: Actor, hold_ids: Iterable[int]) -> int:
    """Give back what was set aside; returns how many. Raises: points.hold_over"""
    return _freed(actor, list(hold_ids), "void")


def expire_holds() -> int:
    """Give back what was set aside until now or before; returns how many."""
    over = Hold.objects.filter(state="held", until__lte=clock.now()).order_by("until").values_list("pk", flat=True)
    return sum(_expired(SYSTEM, pk) for pk in list(over[:1000]))


def _expired(actor: Actor, pk: int) -> int:
    try:
        return _freed(actor, [pk], "expire")
    except RuleBroken:
        # Posted or given back in the meantime.
        return 0


@transaction.atomic
def _freed(actor: Actor, ids: Sequence[int], verb: str) -> int:
    rows = _ended(ids, verb)
    for row in rows:
        row.save(update_fields=["state"])
        journal.write(actor, f"points.{verb}", ("points_hold", row.pk))
    return len(rows)


def _ended(ids: Iterable[int], verb: str, others: Iterable[int] = ()) -> list[Hold]:
    """Holds that end by a verb: locked with their accounts, no longer set aside, not saved. Raises: points.hold_over"""
    wanted = sorted(set(ids))
    lock([*Hold.objects.filter(pk__in=wanted).values_list("account_id", flat=True), *others])
    rows = list(Hold.objects.select_for_update(of=("self",)).select_related("account").filter(pk__in=wanted))
    if len(rows) != len(wanted) or any(row.state != "held" for row in rows):
        raise RuleBroken("points.hold_over", _("This is not set aside any more."))
    for row in sorted(rows, key=lambda row: row.pk):
        row.state = HOLD.step(row.state, verb)
        Account.objects.filter(pk=row.account_id).update(held=F("held") - row.amount)
    return sorted(rows, key=lambda row: row.pk)


def reverse(*, actor: Actor, transfer_id: int, reason: str) -> Transfer:
    """Take a transfer back, once. What its account has spent meanwhile is charged to the budget of its place.

    What the budget had borne of the transfer goes back to it.

    Raises: not_found, points.reason, points.reversed, points.reversal
    """
    words = reason.strip()
    if not 0 < len(words) <= LONGEST_REASON:
        raise InvalidInput("points.reason", _("Say why, in at most %(most)s characters."), most=LONGEST_REASON)
    with _whole():
        row = Transfer.objects.filter(pk=transfer_id).first()
        if row is None:
            raise NotFound
        if row.reverses_id:
            raise RuleBroken("points.reversal", _("What takes something back is not taken back itself."))
        budget = place_account(row.book, CAMPAIGN, row.place_id)
        accounts = lock([row.debit_id, row.credit_id, budget.pk])
        if Transfer.objects.filter(reverses=row).exists():
            raise RuleBroken("points.reversed", _("This was taken back already."))
        return _taken_back(actor, row, accounts, budget, words)


def _taken_back(actor: Actor, row: Transfer, accounts: Mapping[int, Account], budget: Account, words: str) -> Transfer:
    loses = accounts[row.credit_id]
    there = row.amount if loses.floor is None else max(0, min(row.amount, loses.available))
    back = _transfer(actor, row, words, charged=row.amount - there)
    borne = row.amount - there - row.charged
    changes = [(loses.pk, -there), (budget.pk, -borne), (row.debit_id, row.amount - row.charged)]
    entries(back, changes, accounts)
    journal.write(
        actor,
        "points.reverse",
        (OF_TRANSFERS, back.pk),
        place_id=row.place_id,
        facts={"reverses": row.pk, "charged": back.charged},
    )
    return back


def _transfer(actor: Actor, row: Transfer, words: str, charged: int) -> Transfer:
    return Transfer.objects.create(
        book=row.book,
        source_type=OF_TRANSFERS,
        source_id=str(row.pk),
        rule=REVERSAL,
        direction={GIVEN: TAKEN, TAKEN: GIVEN}.get(row.direction, row.direction),
        debit_id=row.credit_id,
        credit_id=row.debit_id,
        amount=row.amount,
        charged=charged,
        member_id=row.member_id,
        day=clock.today(),
        place_id=row.place_id,
        reason=words,
        reverses=row,
        actor=actor.key,
        at=clock.now(),
    )


def entries(transfer: Transfer, changes: Sequence[tuple[int, int]], accounts: Mapping[int, Account]) -> None:
    """Write the entries of a transfer at once, as the database asks, and move the balances of locked accounts."""
    made = []
    for pk, change in changes:
        if change:
            accounts[pk].balance += change
            made.append(Entry(transfer=transfer, account_id=pk, amount=change, balance=accounts[pk].balance))
            Account.objects.filter(pk=pk).update(balance=F("balance") + change)
    Entry.objects.bulk_create(made)
