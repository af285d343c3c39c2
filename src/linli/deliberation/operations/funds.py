"""The only writers of accounts and their entries: opened, entered by one, approved or refused by another, reversed.

Whatever changes a balance locks its account first, so that the last money is spent once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import Holder, after, calendar_of
from linli.cases.operations.intake import file_row
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, files, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotAllowed, NotFound, RuleBroken
from linli.deliberation import funds_section
from linli.deliberation.models import FundAccount, FundEntry, FundReceipt
from linli.deliberation.money import fen_of
from linli.deliberation.policies import funds as policies
from linli.deliberation.workflow.funds import APPROVE_OWED, ENTRY, KEEP, SPENDING
from linli.organizations.models import Organization, Post
from linli.organizations.policies import held_on
from linli.organizations.sections import kinds_in_force
from linli.publishing import periods
from linli.publishing.operations.publications import Upload
from linli.territory.models import Place

KIND: Final = "fund_entry"
ACCOUNT_KIND: Final = "fund_account"
LONGEST: Final = 200
LONGEST_REASON: Final = 300
LONGEST_NAME: Final = 60
LONGEST_PARTY: Final = 80
# Shorter than the full name of any body; names of persons are two or three characters.
SHORTEST_PARTY: Final = 4
MOST_RECEIPTS: Final = 9
QUARTER: Final = "quarter"


@dataclass(frozen=True, slots=True)
class Opening:
    """An account as it begins: where, of which body, from which quarter, with what."""

    place_id: int
    organization_id: int
    name: str
    opens_on: date
    opening: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Booking:
    """What came in or was spent: when, of which kind, how much in yuan, for what, from or to which body."""

    day: date
    kind: str
    amount: Decimal
    purpose: str
    party: str = ""


@transaction.atomic
def fund_account_open(*, actor: Actor, opening: Opening) -> FundAccount:
    """Open the account of a body at a compound or community, from the first day of a quarter.

    Raises: not_found, fund_account.not_yours_to_open, fund_account.place, fund_account.body, fund_account.name,
    fund_account.opens_on, fund_account.opening, fund_account.twice
    """
    place = Place.objects.filter(pk=opening.place_id, placeholder=False, until=None).first()
    if place is None:
        raise NotFound
    policies.require_open(actor, place)
    if place.type != Place.Type.COMPOUND and place.pk != place.community_id:
        raise InvalidInput("fund_account.place", _("An account belongs to a compound or a community."))
    require_body(place, opening.organization_id)
    name, fen = opening.name.strip(), _opening_fen(opening)
    first = opening.opens_on
    row = FundAccount(place=place, organization_id=opening.organization_id, name=name, opens_on=first, open_from=first)
    row.opening_fen = row.balance_fen = fen
    row.recorded, row.recorder = clock.now(), actor.key
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "fund_account_once" not in str(error):
            raise
        raise RuleBroken("fund_account.twice", _("There is an account of this name already.")) from error
    facts = {"organization": row.organization_id, "opens_on": first.isoformat(), "opening_fen": fen}
    journal.write(actor, "fund_account.open", (ACCOUNT_KIND, row.pk), place_id=row.place_id, facts=facts)
    return row


def fund_enter(*, actor: Actor, account_id: int, booking: Booking, uploads: Sequence[Upload] = ()) -> FundEntry:
    """Enter income or spending; it counts once another of the same body approves it. Spending comes with a receipt.

    Raises: not_found, fund_account.not_yours, fund_account.closed, fund_entry.kind, fund_entry.amount,
    fund_entry.purpose, fund_entry.party, fund_entry.future, fund_entry.closed, fund_entry.receipt,
    fund_entry.too_many_receipts, file.*
    """
    stored = _stored(uploads)
    with transaction.atomic():
        account = locked_account(actor, account_id)
        row = _sound(account, booking)
        if row.direction == SPENDING and not stored:
            raise InvalidInput("fund_entry.receipt", _("Spending needs its receipt: take a photo of it."))
        _enter(actor, row, len(stored))
        for name, item in stored:
            held = file_row(item, name)
            FundReceipt.objects.create(entry=row, file=held, name=name[:200], at=clock.now(), actor=actor.key)
    return row


@transaction.atomic
def fund_reverse(*, actor: Actor, entry_id: int, reason: str) -> FundEntry:
    """Reverse an approved entry, once, by another of today below zero; a second person approves that one too.

    Raises: not_found, fund_account.not_yours, fund_account.closed, fund_entry.not_approved, fund_entry.reversal,
    fund_entry.reversed, fund_entry.reason
    """
    account, was = locked_entry(actor, entry_id)
    if was.state != "approved":
        raise RuleBroken("fund_entry.not_approved", _("Only what was approved is reversed; the rest is refused."))
    if was.reverses_id:
        raise RuleBroken("fund_entry.reversal", _("A reversal is not reversed: enter it anew."))
    if was.reversals.exclude(state="refused").exists():
        raise RuleBroken("fund_entry.reversed", _("This entry is reversed already."))
    row = FundEntry(account=account, place_id=account.place_id, day=clock.today(), reverses=was)
    row.direction, row.kind, row.amount_fen, row.party = was.direction, was.kind, -was.amount_fen, was.party
    row.purpose = reason_of(reason)[:LONGEST]
    _enter(actor, row, 0)
    return row


@transaction.atomic
def fund_approve(*, actor: Actor, entry_id: int) -> FundEntry:
    """Approve what another of the same body entered. Nothing is spent that is not there at the end of its quarter.

    Raises: not_found, fund_account.not_yours, fund_entry.state, fund_entry.same_person, fund_entry.closed,
    fund_entry.balance
    """
    account, row = locked_entry(actor, entry_id)
    row.state = ENTRY.step(row.state, "approve")
    _require_second(actor, row)
    _require_open(account, row.day)
    if lowest_after(account, row.day) + row.change_fen < 0:
        message = _("There is not so much money in the account. It has %(balance)s yuan.")
        raise RuleBroken("fund_entry.balance", message, balance=account.balance)
    account.balance_fen += row.change_fen
    account.version += 1
    account.save()
    _decide(actor, row, "approve")
    return row


@transaction.atomic
def fund_refuse(*, actor: Actor, entry_id: int, reason: str) -> FundEntry:
    """Refuse what another of the same body entered, with a reason that stays.

    Raises: not_found, fund_account.not_yours, fund_entry.state, fund_entry.same_person, fund_entry.reason
    """
    _account, row = locked_entry(actor, entry_id)
    row.state = ENTRY.step(row.state, "refuse")
    _require_second(actor, row)
    row.reason = reason_of(reason)
    _decide(actor, row, "refuse")
    return row


def lowest_after(account: FundAccount, day: date) -> int:
    """The least that is there at the end of any open quarter from that of a day on, and now."""
    rows = account.entries.filter(state="approved", day__gte=account.open_from)
    moved = [(row.day, row.change_fen) for row in rows.only("day", "direction", "amount_fen")]
    start = account.balance_fen - sum(change for _day, change in moved)
    ends = {periods.period_of(QUARTER, other)[1] for other in (day, *(other for other, _change in moved))}
    from_here = periods.period_of(QUARTER, day)[1]
    left = [_left(start, moved, end) for end in ends if end >= from_here]
    return min(left)


def _left(start: int, moved: Iterable[tuple[date, int]], end: date) -> int:
    return start + sum(change for day, change in moved if day <= end)


def locked_account(actor: Actor, account_id: int) -> FundAccount:
    """An account that one keeps, locked. Raises: not_found, fund_account.not_yours"""
    rows = FundAccount.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.accounts_visible_to(actor), pk=account_id).first()
    if row is None:
        raise NotFound
    policies.require_keep(actor, row)
    return row


def locked_entry(actor: Actor, entry_id: int) -> tuple[FundAccount, FundEntry]:
    """An entry as it stands once its account is locked. Raises: not_found, fund_account.not_yours"""
    seen = FundEntry.objects.filter(policies.hangs_visible_to(actor), pk=entry_id)
    account_id = seen.values_list("account_id", flat=True).first()
    if account_id is None:
        raise NotFound
    account = locked_account(actor, account_id)
    return account, FundEntry.objects.select_for_update().get(pk=entry_id)


def reason_of(text: str) -> str:
    """A reason that is there. Raises: fund_entry.reason"""
    said = text.strip()
    if not 0 < len(said) <= LONGEST_REASON:
        raise InvalidInput("fund_entry.reason", _("Say why, in at most %(most)s characters."), most=LONGEST_REASON)
    return said


def require_body(place: Place, organization_id: int | None) -> int:
    """The body that keeps an account of a place, where it may. Raises: fund_account.body"""
    bodies = Organization.objects.filter(held_on(clock.today()), pk=organization_id or 0, type__in=policies.HELD_BY)
    if not bodies.filter(place__community_id=place.community_id).exists():
        raise InvalidInput("fund_account.body", _("Choose the body of this community that keeps the account."))
    return organization_id or 0


def require_not_closed(account: FundAccount) -> None:
    """Refuse what is done to an account that was closed. Raises: fund_account.closed"""
    if account.closed_on:
        message = _("This account was closed on %(day)s.")
        raise RuleBroken("fund_account.closed", message, day=account.closed_on.isoformat())


def _opening_fen(opening: Opening) -> int:
    """What is there at the start, once name and day are sound."""
    if not 0 < len(opening.name.strip()) <= LONGEST_NAME:
        message = _("An account has a name of at most %(most)s characters.")
        raise InvalidInput("fund_account.name", message, most=LONGEST_NAME)
    first = opening.opens_on
    if periods.period_of(QUARTER, first)[0] != first or first > clock.today():
        message = _("An account begins with the first day of a quarter, not in the future.")
        raise InvalidInput("fund_account.opens_on", message)
    fen = fen_of(opening.opening)
    if fen is None or fen < 0:
        raise InvalidInput("fund_account.opening", _("What is there at the start is a sum in yuan, not below zero."))
    return fen


def _sound(account: FundAccount, booking: Booking) -> FundEntry:
    """The row of an entry that holds to the rules; not yet saved."""
    kind = funds_section.kinds().get(booking.kind)
    if kind is None:
        raise InvalidInput("fund_entry.kind", _("Choose a kind of income or spending."))
    fen = fen_of(booking.amount)
    if fen is None or fen <= 0:
        raise InvalidInput("fund_entry.amount", _("The sum is in yuan, above zero, with at most two places."))
    purpose, party = booking.purpose.strip(), booking.party.strip()
    if not 0 < len(purpose) <= LONGEST:
        raise InvalidInput("fund_entry.purpose", _("Say for what, in at most %(most)s characters."), most=LONGEST)
    if party and not SHORTEST_PARTY <= len(party) <= LONGEST_PARTY:
        message = _("Write the full name of the body. Persons are not named: leave it empty for residents.")
        raise InvalidInput("fund_entry.party", message)
    if booking.day > clock.today():
        raise InvalidInput("fund_entry.future", _("This day is still to come."))
    _require_open(account, booking.day)
    row = FundEntry(account=account, place_id=account.place_id, day=booking.day, direction=kind.direction)
    row.kind, row.amount_fen, row.purpose, row.party = kind.code, fen, purpose, party
    return row


def _require_open(account: FundAccount, day: date) -> None:
    if day < account.open_from:
        message = _("What lies before %(day)s is closed. A correction is entered in the quarter that is open.")
        raise RuleBroken("fund_entry.closed", message, day=account.open_from.isoformat())


def _require_second(actor: Actor, row: FundEntry) -> None:
    if actor.key == row.entered_by:
        message = _("Whoever entered it does not decide: another of the body does.")
        raise NotAllowed("fund_entry.same_person", message)


def _enter(actor: Actor, row: FundEntry, receipts: int) -> None:
    require_not_closed(row.account)
    row.entered, row.entered_by, row.receipts = clock.now(), actor.key, receipts
    row.save()
    _journal(actor, "reverse" if row.reverses_id else "enter", row)
    _owe(actor, row.account)


def _decide(actor: Actor, row: FundEntry, verb: str) -> None:
    row.decided, row.decided_by = clock.now(), actor.key
    row.version += 1
    row.save()
    _journal(actor, verb, row)
    if not row.account.entries.filter(state="entered").exists():
        settle(APPROVE_OWED, (ACCOUNT_KIND, row.account_id))


def holder_of(account: FundAccount, *, but: int | None = None) -> Holder:
    """Who owes what is due of an account: its body where people work for it, else a post at the desk.

    `but` is the person who is not to be asked, for they have done their part.
    """
    today = clock.today()
    if Post.objects.filter(held_on(today), organization_id=account.organization_id, person__isnull=False).exists():
        return Holder(organization_id=account.organization_id)
    able = [code for code, kind in kinds_in_force().items() if KEEP in kind.abilities]
    desk = Post.objects.filter(held_on(today), place_id=account.place.community_id or account.place_id, kind__in=able)
    found = desk.filter(person__isnull=False).exclude(person_id=but or 0).order_by("pk").first()
    return Holder(post_id=found.pk if found else None)


def _owe(actor: Actor, account: FundAccount) -> None:
    """Put on the list of the body that something waits for a second person: once, however much it is."""
    if account.entries.filter(state="entered").count() > 1:
        return
    days = calendar_of(account.place)
    due = after(days, clock.now(), Period(amount=funds_section.section().approve_days))
    holder = holder_of(account, but=actor.person_id)
    owe(APPROVE_OWED, (ACCOUNT_KIND, account.pk), account.name, account.place_id, holder, due, days)


def _stored(uploads: Sequence[Upload]) -> list[tuple[str, files.StoredFile]]:
    """The receipts in the store, before anything is locked."""
    if len(uploads) > MOST_RECEIPTS:
        message = _("At most %(most)s files.")
        raise InvalidInput("fund_entry.too_many_receipts", message, most=MOST_RECEIPTS)
    return [(item.name, files.store(item.stream, allowed=files.PHOTOS | files.PAPERS)) for item in uploads]


def _journal(actor: Actor, verb: str, row: FundEntry) -> None:
    facts: dict[str, Any] = {"account": row.account_id, "kind": row.kind, "direction": row.direction}
    facts |= {"amount_fen": row.amount_fen, "day": row.day.isoformat(), "reverses": row.reverses_id}
    journal.write(actor, f"fund.{verb}", (KIND, row.pk), place_id=row.place_id, facts=facts)
