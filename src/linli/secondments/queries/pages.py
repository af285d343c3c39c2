"""Secondments as pages show them: the lists, one term on one screen, months to confirm, work lists, selections."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils.translation import pgettext_lazy

from linli.cases.operations.clocks import calendar_of
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.paging import older
from linli.core.workflow import Step
from linli.secondments import policies
from linli.secondments.models import (
    Secondment,
    SecondmentMonth,
    SecondmentReview,
    SecondmentTransfer,
    SelectionRound,
    WorkList,
    WorkListItem,
)
from linli.secondments.queries.assessed import Assessment, assessments_of
from linli.secondments.queries.terms import months_over, short_of, span_of
from linli.secondments.sections import Role, duty_names, role_of, roles
from linli.secondments.workflow import SECONDMENT, SELECTION, STATEMENT, TRANSFERS
from linli.territory.models import Place

PAGE: Final = 50
MONTHS: Final = 36
PLACES: Final = 300
ITEMS: Final = 100
REVIEWS: Final = 20
Tone = tuple[str, str, Any]
TONES: Final = {
    "serving": ("green", "circle-check"),
    "over": ("grey", "circle-check"),
    "recalled": ("grey", "circle-x"),
    "open": ("yellow", "clock"),
    "decided": ("green", "circle-check"),
    "dropped": ("grey", "circle-x"),
}
OF_TRANSFER: Final = {
    "pending": ("yellow", "clock", pgettext_lazy("secondment", "under way")),
    "made": ("green", "circle-check", pgettext_lazy("secondment", "transferred")),
    "reversed": ("grey", "circle-check", pgettext_lazy("secondment", "transferred back")),
}
MISSING: Final = ("red", "alert-triangle", pgettext_lazy("secondment", "missing"))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for. `before` is the day and id of the last line of the page before; the id is enough."""

    role: str = ""
    state: str = ""
    before: tuple[date, int] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A term in a list."""

    row: Secondment
    role: str
    standing: Tone


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month of a term: the working days that were possible, the rule, what was stated, and how it stands."""

    month: date
    possible: int
    most: int
    stated: SecondmentMonth | None
    short: int
    standing: Tone


@dataclass(frozen=True, slots=True)
class TransferLine:
    """One of the transfers and how it stands."""

    kind: str
    label: Any
    row: SecondmentTransfer | None
    standing: Tone

    @property
    def state(self) -> str:
        """How far it is; one that no ledger brought is still to be made."""
        return self.row.state if self.row else "pending"


@dataclass(frozen=True, slots=True)
class SupportLine:
    """Insurance or fund: what is there, since when, what the rule asks for, and how much is missing."""

    code: str
    label: Any
    amount: Decimal | None
    on: date | None
    rule: int
    standing: Tone


@dataclass(frozen=True, slots=True)
class TermPage:
    """One term on one screen."""

    line: Line
    rule: Role
    steps: list[Step]
    months: list[MonthLine]
    transfers: list[TransferLine]
    support: list[SupportLine]
    items: list[WorkListItem]
    assessments: list[Assessment]
    reviews: list[SecondmentReview]
    own: bool
    keeps: bool
    supports: bool

    @property
    def row(self) -> Secondment:
        """The term."""
        return self.line.row

    @property
    def unstated(self) -> list[MonthLine]:
        """The months that whoever serves may still state."""
        return [line for line in self.months if line.stated is None and line.most]

    @property
    def may_end(self) -> bool:
        """Whether the viewer may end it now."""
        return self.keeps and self.row.state == "serving"


@dataclass(frozen=True, slots=True)
class MonthPage:
    """One month with what may be done."""

    line: MonthLine
    row: SecondmentMonth
    rule: int
    confirms: bool
    corrects: bool


@dataclass(frozen=True, slots=True)
class ListPage:
    """A work list with the tasks that the viewer sees, and how many are done."""

    row: WorkList
    items: list[WorkListItem]
    done: int
    more: str
    person_id: int | None
    heading: str = ""


def seen_by(actor: Actor) -> QuerySet[Secondment]:
    """The terms that somebody sees."""
    rows = Secondment.objects.filter(policies.secondments_visible_to(actor))
    return rows.select_related("person", "place", "sender")


def listed(actor: Actor, wanted: Wanted) -> tuple[list[Line], str]:
    """A page of terms, the latest first, and the key of the next; empty where there is none."""
    rows = seen_by(actor)
    for name in ("state", "role"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    if wanted.before:
        rows = rows.filter(older("since", wanted.before))
    page = list(rows.order_by("-since", "-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    return lines_of(page[:PAGE]), f"{more.since}.{more.pk}" if more else ""


def lines_of(rows: Iterable[Secondment]) -> list[Line]:
    """Terms as a list shows them."""
    known = roles()
    return [_line(row, known[row.role].named if row.role in known else row.role) for row in rows]


def _line(row: Secondment, role: str) -> Line:
    return Line(row, role, (*TONES[row.state], SECONDMENT.label(row.state)))


def own_term(actor: Actor) -> int | None:
    """The actor's own running term, which whoever has nothing else here sees first."""
    if actor.person_id is None:
        return None
    rows = Secondment.objects.filter(person_id=actor.person_id, state="serving")
    return rows.values_list("pk", flat=True).first()


def term_page(actor: Actor, pk: int) -> TermPage:
    """One term with everything that its page shows. Raises: not_found"""
    row = seen_by(actor).select_related("post", "selection", "place__county", "place__street", "place__community")
    found = row.filter(pk=pk).first()
    if found is None:
        raise NotFound
    rule = role_of(found.role)
    keeps = policies.may_keep(actor, found.place) and not policies.is_own(actor, found)
    items = found.items.select_related("work_list").order_by("done_on", "due", "pk")
    return TermPage(
        line=_line(found, rule.named),
        rule=rule,
        steps=SECONDMENT.line_of_steps(found.state),
        months=_months(found, rule),
        transfers=_transfers(found, rule),
        support=_support(found, rule),
        items=list(items[:ITEMS]),
        assessments=assessments_of(actor, found),
        reviews=list(found.reviews.filter(policies.reviews_visible_to(actor)).order_by("-on", "-pk")[:REVIEWS]),
        own=policies.is_own(actor, found),
        keeps=keeps,
        supports=policies.may_support(actor, found) and found.state == "serving",
    )


def _months(row: Secondment, rule: Role) -> list[MonthLine]:
    stated = {item.month: item for item in row.months.all()}
    if not rule.days_a_month and not stated:
        return []
    months = set(list(months_over(row, clock.today()))[:MONTHS]) | set(stated)
    calendar = calendar_of(row.place)
    lines = []
    for month in sorted(months, reverse=True):
        span = span_of(row, month, calendar)
        lines.append(month_line(month, span.possible, span.days, rule.days_a_month, stated.get(month)))
    return lines


def month_line(month: date, possible: int, most: int, rule: int, stated: SecondmentMonth | None) -> MonthLine:
    """A month and how it stands against the rule and against what was possible."""
    if stated is None:
        tone = ("yellow", "clock", pgettext_lazy("secondment", "not stated"))
        return MonthLine(month, possible, most, None, 0, tone)
    short = short_of(stated.days, rule, possible)
    if stated.state == "stated":
        tone = ("yellow", "clock", pgettext_lazy("secondment", "not confirmed yet"))
    elif short:
        tone = ("orange", "alert-triangle", STATEMENT.label("confirmed"))
    else:
        tone = ("green", "circle-check", STATEMENT.label("confirmed"))
    return MonthLine(month, possible, most, stated, short, tone)


def _transfers(row: Secondment, rule: Role) -> list[TransferLine]:
    held = {item.kind: item for item in row.transfers.all()}
    lines = []
    for kind, label in TRANSFERS:
        item = held.get(kind)
        if item or kind in rule.transfers:
            lines.append(TransferLine(kind, label, item, OF_TRANSFER[item.state] if item else MISSING))
    return lines


def _support(row: Secondment, rule: Role) -> list[SupportLine]:
    given = (
        ("cover", pgettext_lazy("secondment", "cover of the insurance"), row.cover, row.cover_on, rule.insurance),
        ("fund", pgettext_lazy("secondment", "work fund"), row.fund, row.fund_on, rule.fund),
    )
    lines = []
    for code, label, amount, on, least in given:
        if amount is None and not least:
            continue
        tone: Tone = ("green", "circle-check", pgettext_lazy("secondment", "there"))
        if amount is None:
            tone = MISSING
        elif amount < least:
            tone = ("red", "alert-triangle", pgettext_lazy("secondment", "too low"))
        lines.append(SupportLine(code, label, amount, on, least, tone))
    return lines


def months_to_confirm(actor: Actor) -> list[MonthLine]:
    """The statements that wait for the communities for which the actor confirms, the oldest first."""
    rows = SecondmentMonth.objects.filter(policies.parts_visible_to(actor), state="stated")
    rows = rows.select_related("secondment__person", "place").order_by("month", "pk")[:PAGE]
    return [
        month_line(row.month, row.possible, 31, role_of(row.secondment.role).days_a_month, row)
        for row in rows
        if policies.may_confirm(actor, row)
    ]


def month_page(actor: Actor, pk: int) -> MonthPage:
    """One month. Raises: not_found"""
    rows = SecondmentMonth.objects.filter(policies.parts_visible_to(actor), pk=pk)
    row = rows.select_related("secondment__person", "secondment__place", "place").first()
    if row is None:
        raise NotFound
    rule = role_of(row.secondment.role).days_a_month
    span = span_of(row.secondment, row.month, calendar_of(row.place))
    confirms = row.state == "stated" and policies.may_confirm(actor, row)
    line = month_line(row.month, row.possible, span.days, rule, row)
    return MonthPage(line, row, rule, confirms, policies.is_own(actor, row.secondment))


def host_places(actor: Actor) -> list[Place]:
    """The communities to which somebody may be sent."""
    return list(Place.objects.filter(policies.hosts(actor)).select_related("street").order_by("path")[:PLACES])


def seat_places(actor: Actor) -> list[Place]:
    """The places for which somebody issues work lists and runs selections."""
    return list(Place.objects.filter(policies.seats(actor)).order_by("path")[:PLACES])


def work_lists(actor: Actor) -> list[Any]:
    """The latest work lists with how much of them is done."""
    rows = WorkList.objects.filter(policies.lists_visible_to(actor)).select_related("place")
    counted = rows.annotate(asked=Count("items"), done=Count("items", filter=Q(items__done_on__isnull=False)))
    return list(counted.order_by("-issued", "-pk")[:PAGE])


def list_page(actor: Actor, pk: int, before: tuple[date, int] | None) -> ListPage:
    """One work list with the tasks that the viewer sees, open ones first. Raises: not_found"""
    row = WorkList.objects.filter(policies.lists_visible_to(actor), pk=pk).select_related("place").first()
    if row is None:
        raise NotFound
    seen = WorkListItem.objects.filter(policies.parts_visible_to(actor), work_list=row)
    done = seen.filter(done_on__isnull=False).count()
    page = seen.select_related("secondment__person", "place").order_by("pk")
    if before:
        page = page.filter(pk__gt=before[1])
    items = list(page[: ITEMS + 1])
    more = items[ITEMS - 1] if len(items) > ITEMS else None
    duty = items[0].duty if items else ""
    heading = duty_names().get(duty, duty)
    return ListPage(row, items[:ITEMS], done, f"{more.due}.{more.pk}" if more else "", actor.person_id, heading)


def selections(actor: Actor) -> list[Any]:
    """The latest selections with how many were sent."""
    rows = SelectionRound.objects.filter(policies.rounds_visible_to(actor)).select_related("place")
    counted = rows.annotate(sent=Count("secondments")).order_by("-opened", "-pk")
    return [(row, (*TONES[row.state], SELECTION.label(row.state))) for row in counted[:PAGE]]


def selection_page(actor: Actor, pk: int) -> tuple[SelectionRound, list[Line]]:
    """One selection and those who were chosen. Raises: not_found"""
    row = SelectionRound.objects.filter(policies.rounds_visible_to(actor), pk=pk).select_related("place").first()
    if row is None:
        raise NotFound
    chosen = seen_by(actor).filter(selection=row).order_by("place__path", "pk")
    return row, lines_of(chosen[:PLACES])


def open_rounds(actor: Actor) -> list[SelectionRound]:
    """The decided selections from which somebody may still be sent."""
    rows = SelectionRound.objects.filter(policies.rounds_visible_to(actor), state="decided")
    recent = rows.filter(decided_on__gte=clock.today() - timedelta(days=730)).annotate(sent=Count("secondments"))
    return [row for row in recent.order_by("-decided_on") if row.sent < row.wanted]


def list_of(actor: Actor, item_id: int) -> int:
    """The work list of a task that the viewer sees. Raises: not_found"""
    seen = WorkListItem.objects.filter(policies.parts_visible_to(actor), pk=item_id)
    found = seen.values_list("work_list_id", flat=True).first()
    if found is None:
        raise NotFound
    return found
