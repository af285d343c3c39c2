"""Lists and pages of alerts: each with its rule in words, its holder, and what may be done by whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db.models import Case, F, IntegerField, QuerySet, Value, When

from linli.accountability.alert_section import AlertRule, rules
from linli.accountability.models import Alert
from linli.accountability.policies import alerts as policies
from linli.accountability.queries.alerting import Said, said
from linli.accountability.workflow.alerts import ALERT, HAPPENED, NAMES, RANK
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.models import Entry
from linli.organizations.sections import kinds_in_force
from linli.records.figures import compute
from linli.records.figures.definitions import Figure

SIZE: Final = 50
ICONS: Final = {"yellow": "clock", "orange": "alert-triangle", "red": "alert-triangle", "green": "circle-check"}


@dataclass(frozen=True, slots=True)
class Line:
    """An alert as a list shows it; `mine` is held by a post of the viewer."""

    alert: Alert
    rule: AlertRule | None
    state: str
    mine: bool

    @property
    def icon(self) -> str:
        """The sign beside the colour, for those who tell colours badly."""
        return ICONS[self.alert.colour]

    @property
    def holder(self) -> str:
        """Who holds it."""
        post = self.alert.holder
        return str(post.person or post.title or "") if post else ""


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened to an alert: when, what, and its colour and value then."""

    at: datetime
    what: str
    colour: str
    value: str

    @property
    def colour_name(self) -> str:
        """The colour in words."""
        return str(NAMES[self.colour])


@dataclass(frozen=True, slots=True)
class Page:
    """One alert with its course and what the viewer may do."""

    line: Line
    verbs: tuple[str, ...]
    course: tuple[Moment, ...]
    figure: Figure | None
    owner: str


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule with its owner in words and how many alerts of it stand."""

    rule: AlertRule
    owner: str
    figure: str
    standing: int

    @property
    def edges(self) -> list[tuple[str, Any, Decimal]]:
        """The colours in words with the value from which they hold, the mildest first."""
        return [(colour, NAMES[colour], value) for colour, value in reversed(self.rule.bands.given)]


def alerts_for(actor: Actor, *, mine: bool = False, colour: str = "", ended: bool = False) -> list[Line]:
    """The alerts that one sees, one's own first, the worst on top."""
    found = _found(actor, colour, ended)
    if mine:
        found = found.filter(holder_id__in=actor.post_ids)
    worst = Case(*(When(colour=name, then=Value(rank)) for name, rank in RANK.items()), output_field=IntegerField())
    first = Case(When(holder_id__in=actor.post_ids, then=Value(1)), default=Value(0), output_field=IntegerField())
    ordered = found.annotate(worst=worst, first=first).order_by("-first", "-worst", F("changed").desc(), "-pk")
    return _lines(ordered[:SIZE], actor)


def alerts_page(
    actor: Actor, *, colour: str = "", ended: bool = False, before: int | None = None
) -> tuple[list[Line], str]:
    """The alerts that one sees, the newest first, with the key of the next page."""
    found = _found(actor, colour, ended).order_by("-pk")
    if before is not None:
        found = found.filter(pk__lt=before)
    lines = _lines(found[: SIZE + 1], actor)
    return lines[:SIZE], str(lines[SIZE - 1].alert.pk) if len(lines) > SIZE else ""


def _found(actor: Actor, colour: str, ended: bool) -> QuerySet[Alert]:
    found = Alert.objects.filter(policies.alerts_visible_to(actor), ended__isnull=not ended)
    return found.filter(colour=colour) if colour else found


def _lines(rows: QuerySet[Alert], actor: Actor) -> list[Line]:
    known = {rule.code: rule for rule in rules()}
    return [
        _line(alert, known, actor)
        for alert in rows.select_related("place", "place__street", "holder", "holder__person")
    ]


def alert_page(actor: Actor, alert_id: int) -> Page:
    """One alert. Raises: not_found"""
    rows = Alert.objects.filter(policies.alerts_visible_to(actor))
    alert = rows.select_related("place", "holder", "holder__person").filter(pk=alert_id).first()
    if alert is None:
        raise NotFound
    line = _line(alert, {rule.code: rule for rule in rules()}, actor)
    verbs = tuple(verb for verb in ("acknowledge", "settle") if line.mine and ALERT.can(alert.state, verb))
    figure = compute.book().get(line.rule.figure) if line.rule else None
    owner = _owner(line.rule) if line.rule else ""
    return Page(line, verbs, _course(alert), figure, owner)


def rule_lines(actor: Actor) -> list[RuleLine]:
    """The rules in force, with how many alerts of each stand where the viewer sees them."""
    found = Alert.objects.filter(policies.alerts_visible_to(actor), ended=None).values_list("rule", flat=True)
    standing: dict[str, int] = {}
    for code in found:
        standing[code] = standing.get(code, 0) + 1
    book = compute.book()
    return [RuleLine(rule, _owner(rule), _told(rule, book), standing.get(rule.code, 0)) for rule in rules()]


def tried(code: str, at: date) -> tuple[AlertRule, list[Said]]:
    """What a rule would say of each unit on a day; nothing is written. Raises: not_found"""
    rule = next((item for item in rules() if item.code == code), None)
    book = compute.book()
    if rule is None or (rule.figure and rule.figure not in book):
        raise NotFound
    return rule, said(rule, at, book)


def _course(alert: Alert) -> tuple[Moment, ...]:
    entries = Entry.objects.filter(subject_type="alert", subject_id=alert.pk).order_by("pk")
    return tuple(
        Moment(at, str(HAPPENED.get(operation, operation)), facts["colour"], facts.get("value", ""))
        for at, operation, facts in entries.values_list("at", "operation", "facts")
    )


def _line(alert: Alert, known: Mapping[str, AlertRule], actor: Actor) -> Line:
    return Line(alert, known.get(alert.rule), str(ALERT.label(alert.state)), policies.may_answer(actor, alert))


def _owner(rule: AlertRule) -> str:
    kind: Any = kinds_in_force().get(rule.owner)
    return kind.named if kind else rule.owner


def _told(rule: AlertRule, book: Mapping[str, Figure]) -> str:
    return compute.label(book[rule.figure]) if rule.figure in book else ""
