"""The only writers of counts of accounts: what is there is counted by one beside the books, and confirmed by another.

What was confirmed closes the account, or hands it over to another body. The account is locked first.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import after, calendar_of
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotAllowed, NotFound, RuleBroken
from linli.deliberation import funds_section
from linli.deliberation.models import FundAccount, FundCount
from linli.deliberation.money import fen_of
from linli.deliberation.operations.funds import (
    ACCOUNT_KIND,
    QUARTER,
    holder_of,
    locked_account,
    reason_of,
    require_body,
    require_not_closed,
)
from linli.deliberation.policies import funds as policies
from linli.deliberation.workflow.funds import CLOSE, COUNT, COUNT_OWED, HAND_OVER, PURPOSES
from linli.publishing import periods

KIND: Final = "fund_count"
LONGEST_NOTE: Final = 300


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted today, in yuan, and what for; `organization_id` is the body that takes the account over."""

    purpose: str
    counted: Decimal
    organization_id: int | None = None
    note: str = ""


@transaction.atomic
def fund_count_enter(*, actor: Actor, account_id: int, counted: Counted) -> FundCount:
    """Enter what was counted of an account that is to be closed or handed over; another person confirms it.

    Every quarter that is over must be public and nothing may wait. An account is closed once nothing is left in it:
    what is left is paid out first, as an entry with its receipt.
    Raises: not_found, fund_account.not_yours, fund_account.closed, fund_account.quarter_open,
    fund_account.undecided, fund_account.money_left, fund_account.body, fund_count.purpose, fund_count.amount,
    fund_count.note, fund_count.waits
    """
    account = locked_account(actor, account_id)
    if account.counts.filter(state="entered").exists():
        raise RuleBroken("fund_count.waits", _("A count of this account waits for a second person already."))
    row = _sound(account, counted)
    _require_ready(account, row)
    row.entered, row.entered_by = clock.now(), actor.key
    row.save()
    days = calendar_of(account.place)
    due = after(days, clock.now(), Period(amount=funds_section.section().approve_days))
    holder = holder_of(account, but=actor.person_id)
    owe(COUNT_OWED, (ACCOUNT_KIND, account.pk), account.name, account.place_id, holder, due, days)
    _journal(actor, "enter", row)
    return row


@transaction.atomic
def fund_count_confirm(*, actor: Actor, count_id: int) -> FundCount:
    """Confirm what another counted: the account is closed today, or the other body keeps it from today.

    Raises: not_found, fund_account.not_yours, fund_count.state, fund_count.same_person, fund_count.stale, and what is
    asked of the account as in `fund_count_enter`
    """
    account, row = _locked(actor, count_id)
    row.state = COUNT.step(row.state, "confirm")
    _require_second(actor, row)
    if row.books_fen != account.balance_fen:
        message = _("The books changed since it was counted. Refuse this count, and count anew.")
        raise RuleBroken("fund_count.stale", message)
    _require_ready(account, row)
    if row.purpose == CLOSE:
        account.closed_on = clock.today()
    else:
        require_body(account.place, row.organization_id)
        account.organization_id = row.organization_id or 0
    account.version += 1
    account.save()
    _decide(actor, row, "confirm")
    return row


@transaction.atomic
def fund_count_refuse(*, actor: Actor, count_id: int, reason: str) -> FundCount:
    """Refuse what another counted, with a reason that stays: the account stays as it was.

    Raises: not_found, fund_account.not_yours, fund_count.state, fund_count.same_person, fund_entry.reason
    """
    _account, row = _locked(actor, count_id)
    row.state = COUNT.step(row.state, "refuse")
    _require_second(actor, row)
    row.reason = reason_of(reason)
    _decide(actor, row, "refuse")
    return row


def _sound(account: FundAccount, counted: Counted) -> FundCount:
    """The row of a count that holds to the rules; not yet saved."""
    if counted.purpose not in dict(PURPOSES):
        raise InvalidInput("fund_count.purpose", _("Choose whether the account is closed or handed over."))
    fen = fen_of(counted.counted)
    if fen is None or fen < 0:
        raise InvalidInput("fund_count.amount", _("What was counted is a sum in yuan, not below zero."))
    note = counted.note.strip()
    if len(note) > LONGEST_NOTE or (fen != account.balance_fen and not note):
        message = _(
            "Say where the difference from the books (%(books)s yuan) comes from, in at most %(most)s characters."
        )
        raise InvalidInput("fund_count.note", message, books=account.balance, most=LONGEST_NOTE)
    to = None
    if counted.purpose == HAND_OVER:
        to = require_body(account.place, counted.organization_id)
        if to == account.organization_id:
            raise InvalidInput("fund_account.body", _("This body keeps the account already."))
    return FundCount(
        account=account,
        place_id=account.place_id,
        purpose=counted.purpose,
        organization_id=to,
        day=clock.today(),
        books_fen=account.balance_fen,
        counted_fen=fen,
        note=note,
    )


def _require_ready(account: FundAccount, row: FundCount) -> None:
    """Refuse while something of the account is not finished; to be closed it must be empty, too."""
    require_not_closed(account)
    if account.entries.filter(state="entered").exists():
        raise RuleBroken("fund_account.undecided", _("Entries of this account wait for a second person."))
    if account.open_from < periods.period_of(QUARTER, clock.today())[0]:
        raise RuleBroken("fund_account.quarter_open", _("Close every quarter that is over first."))
    if row.purpose != CLOSE:
        return
    if account.balance_fen or row.counted_fen:
        message = _("%(balance)s yuan are left: pay them out first, as an entry with its receipt.")
        raise RuleBroken("fund_account.money_left", message, balance=account.balance)
    if account.entries.filter(state="approved", day__gte=account.open_from).exists():
        message = _("There are entries in this quarter: the account is closed once the quarter is over and public.")
        raise RuleBroken("fund_account.quarter_open", message)


def _require_second(actor: Actor, row: FundCount) -> None:
    if actor.key == row.entered_by:
        raise NotAllowed("fund_count.same_person", _("Whoever counted does not confirm: another does."))


def _decide(actor: Actor, row: FundCount, verb: str) -> None:
    row.decided, row.decided_by = clock.now(), actor.key
    row.save()
    settle(COUNT_OWED, (ACCOUNT_KIND, row.account_id))
    _journal(actor, verb, row)


def _locked(actor: Actor, count_id: int) -> tuple[FundAccount, FundCount]:
    """A count as it stands once its account is locked. Raises: not_found, fund_account.not_yours"""
    seen = FundCount.objects.filter(policies.hangs_visible_to(actor), pk=count_id)
    account_id = seen.values_list("account_id", flat=True).first()
    if account_id is None:
        raise NotFound
    account = locked_account(actor, account_id)
    return account, FundCount.objects.select_for_update(of=("self",)).get(pk=count_id)


def _journal(actor: Actor, verb: str, row: FundCount) -> None:
    facts: dict[str, Any] = {"account": row.account_id, "purpose": row.purpose, "organization": row.organization_id}
    facts |= {"books_fen": row.books_fen, "counted_fen": row.counted_fen, "day": row.day.isoformat()}
    journal.write(actor, f"{KIND}.{verb}", (KIND, row.pk), place_id=row.place_id, facts=facts)
