"""Accounts as they are read: the list, one with its entries and quarters, what everybody reads of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, F, Prefetch, Q, QuerySet

from linli.cases.queries.pages import named
from linli.core import clock, files
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.paging import older
from linli.deliberation import funds_section
from linli.deliberation.models import FundAccount, FundCount, FundEntry, FundQuarter, FundReceipt
from linli.deliberation.money import yuan
from linli.deliberation.policies import funds as policies
from linli.deliberation.workflow.funds import COUNT, DIRECTIONS, ENTRY, QUARTER
from linli.organizations.models import Organization
from linli.organizations.policies import held_on
from linli.publishing.models import Publication
from linli.publishing.policies.publications import shown_to
from linli.territory.models import Place

PAGE: Final = 50
SHOWN: Final = 200
PLACES: Final = 500
QUARTERS: Final = 40
USER: Final = "user:"
TONES: Final = {
    "entered": ("yellow", "clock"),
    "approved": ("green", "circle-check"),
    "refused": ("grey", "circle-x"),
    "book": ("grey", "file-text"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list of entries is asked for. `before` is the day and id of the last line of the page before."""

    words: str = ""
    direction: str = ""
    kind: str = ""
    state: str = ""
    before: tuple[date, int] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """An entry in a list: its kind, and how it stands."""

    entry: FundEntry
    kind: str
    tone: str
    icon: str
    state: Any


@dataclass(frozen=True, slots=True)
class AccountLine:
    """An account in the list: how many entries wait for a second person, which quarter is owed."""

    account: FundAccount
    waiting: int
    owed: FundQuarter | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class EntryPage:
    """An entry with its receipts, who entered and decided, and what may be done with it now."""

    line: Line
    receipts: list[FundReceipt]
    by: str
    decided_by: str
    reversal: FundEntry | None
    verbs: frozenset[str]


@dataclass(frozen=True, slots=True)
class CountLine:
    """A count of an account in words, and whether the viewer confirms or refuses it now."""

    row: FundCount
    state: Any
    decides: bool


@dataclass(frozen=True, slots=True)
class PublicEntry:
    """An entry as everybody reads it, with the photos of receipts that are shown."""

    line: Line
    photos: list[FundReceipt]


@dataclass(frozen=True, slots=True)
class KindLine:
    """A line of a quarter's table."""

    label: str
    direction: str
    sum: str
    entries: int


@dataclass(frozen=True, slots=True)
class QuarterPage:
    """A quarter: its table, what still waits, and whether it may be closed now."""

    row: FundQuarter
    lines: list[KindLine]
    waiting: list[Line]
    overdue: bool
    next: bool
    keeps: bool

    @property
    def state(self) -> Any:
        """How it stands, in words."""
        return QUARTER.label(self.row.state)


def accounts_of(actor: Actor) -> list[AccountLine]:
    """The accounts that somebody sees, with what waits and is owed; in two queries."""
    waiting = Count("entries", filter=Q(entries__state="entered"))
    rows = FundAccount.objects.filter(policies.accounts_visible_to(actor)).select_related("place", "organization")
    accounts = list(rows.annotate(waiting=waiting).order_by("place__path", "pk")[:SHOWN])
    owed = FundQuarter.objects.filter(account__in=accounts, state="open").order_by("account", "until")
    first = {row.account_id: row for row in owed.distinct("account")}
    today = clock.today()
    return [
        AccountLine(row, row.waiting, quarter, quarter is not None and quarter.due < today)
        for row in accounts
        for quarter in [first.get(row.pk)]
    ]


def account_of(actor: Actor, pk: int) -> FundAccount:
    """An account that somebody sees. Raises: not_found"""
    rows = FundAccount.objects.filter(policies.accounts_visible_to(actor)).select_related("place", "organization")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound
    return found


def entries_of(account: FundAccount, wanted: Wanted) -> tuple[list[Line], str]:
    """A page of the entries of an account, and the key of the next; empty where there is none."""
    rows = account.entries.all()
    if wanted.words:
        rows = rows.filter(Q(purpose__icontains=wanted.words) | Q(party__icontains=wanted.words))
    for name in ("direction", "kind", "state"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    if wanted.before:
        rows = rows.filter(older("day", wanted.before))
    page = list(rows.order_by("-day", "-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    return _lines(page[:PAGE]), f"{more.day}.{more.pk}" if more else ""


def waiting_of(account: FundAccount, until: date | None = None) -> list[Line]:
    """The entries that wait for a second person, the oldest first."""
    rows = account.entries.filter(state="entered")
    if until is not None:
        rows = rows.filter(day__lte=until)
    return _lines(rows.order_by("day", "pk")[:SHOWN])


def quarters_of(account: FundAccount) -> list[FundQuarter]:
    """The quarters of an account, the latest first."""
    return list(account.quarters.order_by("-until")[:QUARTERS])


def entry_page(actor: Actor, pk: int) -> EntryPage:
    """An entry that somebody sees. Raises: not_found"""
    seen = FundEntry.objects.filter(policies.hangs_visible_to(actor)).select_related("account__place", "reverses")
    row = seen.filter(pk=pk).first()
    if row is None:
        raise NotFound
    keys = (row.entered_by, row.decided_by)
    ids = tuple(int(key.removeprefix(USER)) for key in keys if key.startswith(USER))
    names = {f"{USER}{user.pk}": str(user) for user in named(ids)} if ids else {}
    reversal = row.reversals.exclude(state="refused").first()
    (line,) = _lines([row])
    return EntryPage(
        line,
        list(row.files.order_by("pk")),
        names.get(row.entered_by, ""),
        names.get(row.decided_by, ""),
        reversal,
        _verbs(actor, row, reversal),
    )


def _verbs(actor: Actor, row: FundEntry, reversal: FundEntry | None) -> frozenset[str]:
    """What somebody may do now with an entry: decide what another entered, reverse what was approved."""
    if not policies.may_keep(actor, row.account):
        return frozenset()
    if row.state == "entered" and row.entered_by != actor.key:
        return frozenset({"approve", "refuse"})
    reversible = row.state == "approved" and row.reverses_id is None and reversal is None
    reversible = reversible and row.account.closed_on is None
    return frozenset({"reverse"}) if reversible else frozenset()


def quarter_page(actor: Actor, pk: int) -> QuarterPage:
    """A quarter that somebody sees; one that is open with its table as it stands now. Raises: not_found"""
    rows = FundQuarter.objects.filter(policies.hangs_visible_to(actor))
    row = rows.select_related("account__place", "account__organization", "publication").filter(pk=pk).first()
    if row is None:
        raise NotFound
    account, is_open = row.account, row.state == "open"
    return QuarterPage(
        row,
        _standing(row) if is_open else table_of(row),
        waiting_of(account, row.until) if is_open else [],
        is_open and row.due < clock.today(),
        is_open and account.open_from == row.since,
        policies.may_keep(actor, account),
    )


def _standing(row: FundQuarter) -> list[KindLine]:
    """The table of a quarter that is not closed yet, of what was approved by now."""
    sums: dict[tuple[str, str], list[int]] = {}
    entries = row.account.entries.filter(state="approved", day__gte=row.since, day__lte=row.until)
    for entry in entries.order_by("direction", "kind"):
        sums.setdefault((entry.direction, entry.kind), []).append(entry.amount_fen)
    names = kind_names()
    return [
        KindLine(names.get(kind, kind), direction, yuan(sum(fen)), len(fen)) for (direction, kind), fen in sums.items()
    ]


def table_of(row: FundQuarter) -> list[KindLine]:
    """The table of a quarter as it was closed."""
    names = kind_names()
    return [
        KindLine(names.get(line["kind"], line["label"]), line["direction"], yuan(line["fen"]), line["entries"])
        for line in row.by_kind
    ]


def receipt_for(actor: Actor, pk: int) -> FundReceipt:
    """A receipt of an entry that somebody sees. Raises: not_found"""
    seen = FundEntry.objects.filter(policies.hangs_visible_to(actor))
    row = FundReceipt.objects.select_related("file").filter(pk=pk, entry__in=seen).first()
    if row is None:
        raise NotFound
    return row


def kind_names() -> dict[str, str]:
    """What kinds are called in the active language."""
    return {kind.code: kind.named for kind in funds_section.named_kinds()}


def directions() -> list[tuple[str, Any]]:
    """Income and spending."""
    return list(DIRECTIONS)


def opening_places(actor: Actor) -> list[Place]:
    """The communities and compounds at which somebody opens accounts."""
    rows = Place.objects.filter(policies.places_to_open(actor), placeholder=False, until=None)
    return list(rows.filter(Q(community_id=F("pk")) | Q(type=Place.Type.COMPOUND)).order_by("path")[:PLACES])


def keeping_bodies(actor: Actor) -> list[Organization]:
    """The bodies that may keep an account there."""
    rows = Organization.objects.filter(held_on(clock.today()), type__in=policies.HELD_BY)
    places = Place.objects.filter(policies.places_to_open(actor))
    return list(rows.filter(place__in=places).order_by("place__path", "name")[:PLACES])


def bodies_beside(account: FundAccount) -> list[Organization]:
    """The other bodies of the community that may keep an account."""
    rows = Organization.objects.filter(held_on(clock.today()), type__in=policies.HELD_BY)
    rows = rows.filter(place__community_id=account.place.community_id).exclude(pk=account.organization_id)
    return list(rows.order_by("name")[:PLACES])


def counts_of(actor: Actor, account: FundAccount) -> list[CountLine]:
    """The counts of an account, the latest first, and whether somebody decides one now."""
    keeps = policies.may_keep(actor, account)
    rows = account.counts.select_related("organization").order_by("-pk")[:QUARTERS]
    return [
        CountLine(row, COUNT.label(row.state), row.state == "entered" and keeps and row.entered_by != actor.key)
        for row in rows
    ]


def count_of(actor: Actor, pk: int) -> FundCount:
    """A count of an account that somebody sees. Raises: not_found"""
    row = FundCount.objects.filter(policies.hangs_visible_to(actor), pk=pk).first()
    if row is None:
        raise NotFound
    return row


def public_accounts(viewer: Actor, home: int | None, place: Place) -> list[tuple[FundAccount, FundQuarter]]:
    """The accounts of a place and of all inside, each with its latest quarter that the viewer may read."""
    shown = _shown(viewer, home).filter(place__path__startswith=place.path)
    latest = shown.select_related("account__place").order_by("account", "-until").distinct("account")[:SHOWN]
    return [(row.account, row) for row in latest]


def public_account(viewer: Actor, home: int | None, pk: int) -> tuple[FundAccount, list[FundQuarter]]:
    """An account with its public quarters, the latest first; missing where none may be read. Raises: not_found"""
    rows = _shown(viewer, home).filter(account_id=pk)
    found = list(rows.select_related("account__place__community", "account__organization", "publication"))
    if not found:
        raise NotFound
    return found[0].account, sorted(found, key=lambda row: row.until, reverse=True)[:QUARTERS]


def public_quarter(viewer: Actor, home: int | None, pk: int) -> FundQuarter:
    """A quarter that the viewer may read. Raises: not_found"""
    rows = _shown(viewer, home).select_related("account__place__community", "account__organization")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def public_entries(quarter: FundQuarter) -> list[PublicEntry]:
    """The entries of a closed quarter as everybody reads them: nobody's name, photos only where they are shown."""
    rows = FundEntry.objects.filter(
        account_id=quarter.account_id, state="approved", day__gte=quarter.since, day__lte=quarter.until
    )
    photos = Prefetch("files", queryset=FundReceipt.objects.filter(shown=True).order_by("pk"), to_attr="photos")
    return [
        PublicEntry(line, getattr(line.entry, "photos", []))
        for line in _lines(rows.order_by("day", "pk").prefetch_related(photos))
    ]


def public_receipt(viewer: Actor, home: int | None, pk: int) -> FundReceipt:
    """A receipt that is shown, of a quarter that the viewer may read. Raises: not_found"""
    rows = FundReceipt.objects.select_related("file", "entry")
    row = rows.filter(pk=pk, shown=True, entry__state="approved", file__media_type__in=files.PHOTOS).first()
    if row is None:
        raise NotFound
    entry = row.entry
    read = _shown(viewer, home).filter(account_id=entry.account_id, since__lte=entry.day, until__gte=entry.day)
    if not read.exists():
        raise NotFound
    return row


def _shown(viewer: Actor, home: int | None) -> QuerySet[FundQuarter]:
    """The quarters whose notice the viewer may read; one that was withdrawn is not read."""
    notices = Publication.objects.filter(shown_to(viewer, home), withdrawn=None)
    return FundQuarter.objects.filter(state="published", publication__in=notices)


def _lines(rows: Iterable[FundEntry]) -> list[Line]:
    names = kind_names()
    return [Line(row, names.get(row.kind, row.kind), *TONES[row.state], ENTRY.label(row.state)) for row in rows]
