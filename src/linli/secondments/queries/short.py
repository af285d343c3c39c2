"""Who falls short of the rules, and by how much: days, transfers, insurance and fund, and what must be fixed.

It tells where help is needed; nobody is ordered by it, and terms stand in the order of their places.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.contacts.models import Visit
from linli.core import clock
from linli.core.actors import Actor
from linli.core.calendar import add_months
from linli.core.periods import period_label
from linli.secondments import policies
from linli.secondments.models import Secondment, SecondmentMonth, SecondmentReview, SecondmentTransfer
from linli.secondments.queries.pages import Line, lines_of
from linli.secondments.queries.terms import month_of, months_over, periods_over, short_of
from linli.secondments.sections import Role, role_of
from linli.secondments.workflow import CONFIRM, KEEP, TRANSFERS

BACK: Final = 6
MOST: Final = 1000


@dataclass(frozen=True, slots=True)
class Gap:
    """One rule that is not met: what it is about, how much is missing as a number and in words."""

    code: str
    label: str
    words: str
    short: int | Decimal


@dataclass(frozen=True, slots=True)
class Short:
    """A term with what it lacks."""

    line: Line
    gaps: list[Gap]


def falls_short(actor: Actor) -> list[Short]:
    """The running terms that lack something, at the places for which the actor keeps or confirms."""
    there = Q() if actor.key == "system" else actor.places(KEEP) | actor.places(CONFIRM)
    rows = Secondment.objects.filter(policies.secondments_visible_to(actor)).filter(there, state="serving")
    found = list(rows.select_related("person", "place", "sender").order_by("place__path", "pk")[:MOST])
    ids = [row.pk for row in found]
    transfers: dict[int, set[str]] = defaultdict(set)
    for pk, kind in SecondmentTransfer.objects.filter(secondment__in=ids, state="made").values_list(
        "secondment_id", "kind"
    ):
        transfers[pk].add(kind)
    months: dict[int, dict[date, SecondmentMonth]] = defaultdict(dict)
    first = add_months(month_of(clock.today()), -BACK)
    for item in SecondmentMonth.objects.filter(secondment__in=ids, month__gte=first):
        months[item.secondment_id][item.month] = item
    visits = _visits_made(found)
    reviewed: dict[int, set[str]] = defaultdict(set)
    for pk, period in SecondmentReview.objects.filter(secondment__in=ids).values_list("secondment_id", "period"):
        reviewed[pk].add(period)
    told = [
        Short(
            line,
            [
                *gaps_of(line.row, transfers[line.row.pk], months[line.row.pk], visits[line.row.pk]),
                *reviews_missing(line.row, reviewed[line.row.pk]),
            ],
        )
        for line in lines_of(found)
    ]
    return [item for item in told if item.gaps]


def gaps_of(
    row: Secondment, made: Iterable[str], months: dict[date, SecondmentMonth], visits: Counter[date]
) -> list[Gap]:
    """What a running term lacks today, rule by rule."""
    rule = role_of(row.role)
    support = [*_support(row, rule), *_visits(row, rule, visits)]
    return [*_days(row, rule, months), *_transfers(rule, set(made)), *support, *_fixed(row, rule)]


def reviews_missing(row: Secondment, reviewed: Collection[str]) -> list[Gap]:
    """The last two periods that are over and of which nobody reviewed whoever serves (ASM-03)."""
    kind = role_of(row.role).review
    return [
        Gap("review", _("review of %(period)s") % {"period": period_label(code)}, pgettext("review", "missing"), 1)
        for code, _last in (periods_over(row, kind, clock.today()) if kind else ())
        if code not in reviewed
    ]


def quarters_over(row: Secondment) -> list[date]:
    """The first days of the last two quarters that are over and lay wholly in the term, the latest first."""
    today = clock.today()
    first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    return [day for day in (add_months(first, -3), add_months(first, -6)) if day >= row.since]


def _visits_made(rows: Sequence[Secondment]) -> dict[int, Counter[date]]:
    """How often each sending body visited the host, by the first days of quarters (RSP-09)."""
    since = add_months(clock.today().replace(day=1), -9)
    made = Visit.objects.filter(state="made", on__gte=since, organization_id__in={row.sender_id for row in rows})
    days: dict[tuple[int | None, int], list[date]] = defaultdict(list)
    for body, place, on in made.values_list("organization_id", "place_id", "on"):
        days[body, place].append(date(on.year, 3 * ((on.month - 1) // 3) + 1, 1))
    return {row.pk: Counter(days[row.sender_id, row.place_id]) for row in rows}


def _visits(row: Secondment, rule: Role, made: Counter[date]) -> list[Gap]:
    """The quarters in which the sending body came too seldom; of a body that is not on the roster nothing is known."""
    if not rule.visits_a_quarter or row.sender_id is None:
        return []
    found = []
    for first in quarters_over(row):
        short = rule.visits_a_quarter - made[first]
        if short > 0:
            facts = {"year": first.year, "quarter": (first.month + 2) // 3}
            label = _("visits of the sending body in quarter %(quarter)s of %(year)s") % facts
            words = _("%(have)s visits, %(short)s short of %(rule)s") % {
                "have": made[first],
                "short": short,
                "rule": rule.visits_a_quarter,
            }
            found.append(Gap("visits", label, words, short))
    return found


def _days(row: Secondment, rule: Role, months: dict[date, SecondmentMonth]) -> list[Gap]:
    """The last months that are over: stated, confirmed, and as many days as the rule or the month allows."""
    if not rule.days_a_month:
        return []
    found = []
    for month in islice(months_over(row, clock.today()), BACK):
        stated = months.get(month)
        label = _("days on site in %(month)s") % {"month": f"{month:%Y-%m}"}
        if stated is None:
            found.append(Gap("days", label, pgettext("secondment", "not stated"), rule.days_a_month))
            continue
        short = short_of(stated.days, rule.days_a_month, stated.possible)
        facts = {"days": stated.days, "short": short, "possible": stated.possible, "rule": rule.days_a_month}
        if short:
            words = _("%(days)s days, %(short)s short of the rule of %(rule)s; %(possible)s working days were possible")
            found.append(Gap("days", label, words % facts, short))
        if stated.state != "confirmed":
            found.append(Gap("confirmed", label, pgettext("secondment", "not confirmed yet"), 1))
    return found


def _transfers(rule: Role, made: set[str]) -> list[Gap]:
    names = [str(label) for kind, label in TRANSFERS if kind in rule.transfers and kind not in made]
    if not names:
        return []
    facts = {"short": len(names), "all": len(rule.transfers), "names": "、".join(names)}
    words = _("%(short)s of %(all)s missing: %(names)s") % facts
    return [Gap("transfers", pgettext("secondment", "transfers"), words, len(names))]


def _support(row: Secondment, rule: Role) -> list[Gap]:
    asked: Sequence[tuple[str, Any, Decimal | None, int]] = (
        ("insurance", pgettext("secondment", "cover of the insurance"), row.cover, rule.insurance),
        ("fund", pgettext("secondment", "work fund"), row.fund, rule.fund),
    )
    found = []
    for code, label, amount, least in asked:
        have = amount or Decimal(0)
        if have < least:
            facts = {"have": f"{have:,.0f}", "short": f"{least - have:,.0f}", "rule": f"{least:,}"}
            words = _("%(have)s yuan, %(short)s yuan short of %(rule)s")
            found.append(Gap(code, str(label), words % facts, least - have))
    return found


def _fixed(row: Secondment, rule: Role) -> list[Gap]:
    if not rule.fixed:
        return []
    asked = ((row.target, pgettext("secondment", "target")), (row.duty, pgettext("secondment", "duty")))
    names = [label for text, label in asked if not text]
    return [Gap("fixed", "、".join(names), pgettext("secondment", "not written down"), len(names))] if names else []
