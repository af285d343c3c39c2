"""Reading the ledger: one's own statement by key, the members of a desk, what is owed to them, the proof."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connection
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.masks import mask_name
from linli.points import policies, sections
from linli.points.models import Account, Entry, Member, Transfer
from linli.points.sections import PointsRule
from linli.points.workflow import (
    CREDIT,
    EXPIRED,
    GIVEN,
    HOLDER,
    HOURS,
    KEEP,
    KINDS,
    OF_PEOPLE,
    POINTS,
    RULES,
    TAKEN,
)
from linli.territory.models import Place

PAGE: Final = 50


def balance_of(book: str, person_id: int | None) -> int | None:
    """What somebody has in a book; None, where they have no account."""
    held = Account.objects.filter(book=book, kind=HOLDER, member__person_id=person_id or 0)
    return held.values_list("balance", flat=True).first()


def credit_of(person_id: int | None) -> int:
    """The minutes for which somebody may ask now (VOL-11); what is set aside for open orders is not among them."""
    held = Account.objects.filter(book=HOURS, kind=CREDIT, member__person_id=person_id or 0)
    return held.values_list(F("balance") - F("held"), flat=True).first() or 0


def member_of(book: str, person_id: int | None) -> Member | None:
    """The member somebody is in a book, also one who left."""
    return Member.objects.filter(book=book, person_id=person_id or 0).first()


def member_by_number(book: str, number: str) -> Member | None:
    """The member with a number, as a counter enters it."""
    return Member.objects.select_related("person", "place").filter(book=book, number=number.strip()).first()


def statement(account_id: int, after: int | None = None, limit: int = PAGE) -> list[Entry]:
    """The entries of an account, newest first, from below the id `after`."""
    rows = Entry.objects.filter(account_id=account_id).select_related("transfer")
    return list((rows.filter(pk__lt=after) if after else rows).order_by("-pk")[:limit])


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in words: for what, how much, what was there afterwards, and what was taken back when."""

    entry: Entry
    label: Any
    amount: str
    balance: str

    @property
    def gained(self) -> bool:
        """Whether it added something."""
        return self.entry.amount > 0


@dataclass(frozen=True, slots=True)
class Book:
    """One's account in a book with a page of its statement. `more` is the key of the next page."""

    book: str
    account: Account
    lines: list[Line]
    more: int | None

    @property
    def balance(self) -> str:
        """What is there."""
        return shown(self.book, self.account.balance)

    @property
    def held(self) -> str:
        """What is set aside."""
        return shown(self.book, self.account.held) if self.account.held else ""


def shown(book: str, amount: int) -> str:
    """An amount for reading: points as they are, minutes as hours with at most two digits."""
    return f"{amount / 60:.2f}".rstrip("0").rstrip(".") if book == HOURS else str(amount)


def labels() -> dict[str, Any]:
    """What a transfer is called by its rule: the rules of the profile, and what the ledger does by itself."""
    return {**dict(KINDS), **RULES, **{rule.code: rule.named for rule in sections.rules()}}


def book_of(account: Account, after: int | None = None, words: dict[str, Any] | None = None) -> Book:
    """An account with a page of its statement."""
    rows = statement(account.pk, after, PAGE + 1)
    words = words or labels()
    lines = [
        Line(
            entry,
            words.get(entry.transfer.rule, entry.transfer.rule),
            f"{'+' if entry.amount > 0 else '−'}{shown(account.book, abs(entry.amount))}",
            shown(account.book, entry.balance),
        )
        for entry in rows[:PAGE]
    ]
    return Book(account.book, account, lines, rows[PAGE - 1].pk if len(rows) > PAGE else None)


def own_accounts(actor: Actor) -> dict[str, Account]:
    """One's own accounts by book."""
    if not actor.person_id:
        return {}
    held = Account.objects.filter(kind=HOLDER, member__person_id=actor.person_id).select_related("member__place")
    return {row.book: row for row in held}


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member in the list of a desk, masked, without what they have: nobody is compared."""

    row: Member
    name: str


def _masked(row: Member) -> str:
    return mask_name(row.person.name if row.person else row.name or "")


def members(actor: Actor, book: str = POINTS, number: str = "", after: int | None = None) -> list[MemberLine]:
    """The members of the places of a desk, by number of entry, one more than a page."""
    rows = Member.objects.filter(policies.members_visible_to(actor), book=book).select_related("person", "place")
    if number:
        rows = rows.filter(Q(number__iexact=number) | Q(alias=number))
    rows = rows.filter(pk__lt=after) if after else rows
    return [MemberLine(row, _masked(row)) for row in rows.order_by("-pk")[: PAGE + 1]]


@dataclass(frozen=True, slots=True)
class MemberPage:
    """A member for the desk: masked, with a page of the statement."""

    row: Member
    name: str
    book: Book


def member_page(actor: Actor, pk: int, after: int | None = None) -> MemberPage:
    """One member of the places of a desk. Raises: not_found"""
    rows = Account.objects.filter(kind=HOLDER, member_id=pk).select_related("member__person", "member__place")
    visible = Member.objects.filter(policies.members_visible_to(actor), pk=pk)
    account = rows.filter(member__in=visible).first()
    if account is None or account.member is None:
        raise NotFound
    return MemberPage(account.member, _masked(account.member), book_of(account, after))


@dataclass(frozen=True, slots=True)
class Owed:
    """What one book owes its holders and how that came about, in its own unit."""

    book: str
    label: Any
    members: int
    owed: str
    held: str
    given: str
    taken: str
    expired: str
    borne: str


def liability(actor: Actor, since: date, until: date) -> list[Owed]:
    """What is owed to members now at the places of a desk, and what was posted in the days from `since` to `until`."""
    place = policies.accounts_visible_to(actor)
    accounts = Account.objects.filter(place, kind=HOLDER, book__in=(POINTS, HOURS)).order_by()
    sums: dict[str, dict[str, Any]] = {
        row["book"]: dict(row) for row in accounts.values("book").annotate(Sum("balance"), Sum("held"), Count("pk"))
    }
    moved = Transfer.objects.filter(policies.transfers_visible_to(actor), day__range=(since, until)).order_by()
    of_holders = moved.filter(Q(credit__kind=HOLDER) | Q(debit__kind=HOLDER))
    flows = of_holders.values("book").annotate(
        given=Sum("amount", filter=Q(direction=GIVEN)),
        taken=Sum("amount", filter=Q(direction=TAKEN) & ~Q(rule=EXPIRED)),
        expired=Sum("amount", filter=Q(rule=EXPIRED)),
        borne=Sum(F("charged") - Coalesce("reverses__charged", 0)),
    )
    flow: dict[str, dict[str, Any]] = {row["book"]: dict(row) for row in flows}
    return [
        Owed(
            book,
            label,
            sums.get(book, {}).get("pk__count") or 0,
            shown(book, sums.get(book, {}).get("balance__sum") or 0),
            shown(book, sums.get(book, {}).get("held__sum") or 0),
            *(shown(book, flow.get(book, {}).get(name) or 0) for name in ("given", "taken", "expired", "borne")),
        )
        for book, label in OF_PEOPLE
    ]


def rules_shown(day: date | None = None) -> list[tuple[PointsRule, Any]]:
    """The rules in force with what they are for, for everybody to read."""
    kinds = dict(KINDS)
    return [(rule, kinds[rule.kind]) for rule in sections.rules_on(day or clock.today())]


def communities(actor: Actor | None = None) -> list[tuple[int, str]]:
    """The communities that one may join; at a desk, its own."""
    rows = Place.objects.filter(policies.joinable_places())
    if actor is not None and actor.key != "system":
        rows = rows.filter(actor.places(KEEP, prefix=""))
    return list(rows.order_by("path").values_list("pk", "name")[:500])


@dataclass(frozen=True, slots=True)
class Proof:
    """What the ledger adds up to: by book what is not zero, accounts whose balance or holds are not their entries'."""

    books: dict[str, int]
    accounts: int
    holds: int

    @property
    def holds_true(self) -> bool:
        """Whether nothing is wrong."""
        return not (self.books or self.accounts or self.holds)


def proof() -> Proof:
    """Add the ledger up: every book is zero, every balance is the sum of its entries, what is held is what is held."""
    totals = Account.objects.order_by().values_list("book").annotate(Sum("balance"))
    books = {str(book): int(total) for book, total in totals if total}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM points_account a FULL JOIN (SELECT account_id, sum(amount) AS total"
            " FROM points_entry GROUP BY account_id) e ON e.account_id = a.id"
            " WHERE coalesce(a.balance, 0) <> coalesce(e.total, 0)"
        )
        (accounts,) = cursor.fetchone()
        cursor.execute(
            "SELECT count(*) FROM points_account a FULL JOIN (SELECT account_id, sum(amount) AS total"
            " FROM points_hold WHERE state = 'held' GROUP BY account_id) h ON h.account_id = a.id"
            " WHERE coalesce(a.held, 0) <> coalesce(h.total, 0)"
        )
        (holds,) = cursor.fetchone()
    return Proof(books, int(accounts), int(holds))
