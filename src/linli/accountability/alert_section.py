"""The profile section `alerts`: when a figure of a unit, or the overdue work at it, turns yellow, orange or red.

Units are places. Persons are never a unit, and what nobody is scored by (counts of reports, of persons, presence)
is no ground for an alert either.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final, Literal

from pydantic import Field, model_validator

from linli.accountability.assessing.refusing import refuse_figure
from linli.accountability.workflow.alerts import GREEN, RANK
from linli.core.errors import InvalidInput
from linli.core.work import known_work
from linli.organizations.sections import kinds_in_force
from linli.records import profiles
from linli.records.figures import breaking, compute
from linli.records.figures.definitions import Figure
from linli.records.profiles import Fault, Labelled, Part

FILE: Final = "alerts.yaml"
DAYS: Final = {"yellow": 10, "orange": 5, "red": 2}


class Bands(Part):
    """From which value on each colour holds; a colour without one is not used."""

    yellow: Decimal | None = None
    orange: Decimal | None = None
    red: Decimal | None = None

    @property
    def given(self) -> list[tuple[str, Decimal]]:
        """The colours that are used, the worst first."""
        found = (("red", self.red), ("orange", self.orange), ("yellow", self.yellow))
        return [(colour, value) for colour, value in found if value is not None]


class AlertRule(Labelled):
    """One rule, over a figure or over work items that are overdue (`work` begins their kinds: `case.`, `finding.`).

    `least` is the smallest denominator that says anything; a better colour must last `calm_days` before it counts.
    """

    code: str = Field(pattern=r"^[a-z][a-z0-9_.]*$", max_length=60)
    figure: str = ""
    work: str = ""
    each: Literal["county", "street", "community"] = "community"
    worse: Literal["low", "high"] = "high"
    bands: Bands
    owner: str
    reason: str = Field(min_length=1)
    next: str = Field(min_length=1)
    least: int = Field(default=0, ge=0)
    calm_days: int = Field(default=3, ge=0, le=60)

    @model_validator(mode="after")
    def _whole(self) -> "AlertRule":
        if bool(self.figure) == bool(self.work):
            raise ValueError("a rule has a figure, or the kinds of work items whose overdue ones it counts")
        values = [value for _colour, value in self.bands.given]
        if not values:
            raise ValueError("at least one colour has a value")
        if values != sorted(values, reverse=self.worse == "high") or len(set(values)) < len(values):
            raise ValueError("from yellow to red the values get worse")
        return self

    def colour(self, value: Decimal) -> str:
        """The colour of a value."""
        for colour, edge in self.bands.given:
            if value >= edge if self.worse == "high" else value <= edge:
                return colour
        return GREEN

    def is_worse(self, colour: str, than: str) -> bool:
        """Whether one colour is worse than another."""
        return RANK[colour] > RANK[than]


class AlertsSection(Part):
    """`alerts.yaml`."""

    alerts: tuple[AlertRule, ...] = ()


def rules() -> list[AlertRule]:
    """The rules in force."""
    return [rule for rule in profiles.current().section(AlertsSection).alerts if not rule.retired]


def faults(data: dict[str, Any]) -> list[Fault]:
    """Everything wrong in a profile's rules, checked as if the profile were in force."""
    with profiles.tried(data) as profile:
        held = profile.section(AlertsSection).alerts
        if not held:
            return []
        book, codes = compute.book(), [rule.code for rule in held]
        twice = [
            Fault(FILE, 1, f"alerts.{number}.code", f"alert.twice: {code}")
            for number, code in enumerate(codes)
            if code in codes[:number]
        ]
        named = ((number, fault) for number, rule in enumerate(held) for fault in _faults(rule, book))
        return [*twice, *(Fault(FILE, 1, f"alerts.{number}.{key}", message) for number, (key, message) in named)]


def _faults(rule: AlertRule, book: dict[str, Figure]) -> Iterator[tuple[str, str]]:
    if rule.owner not in kinds_in_force():
        yield "owner", f"alert.unknown_post: {rule.owner}"
    if rule.work and not known_work(rule.work):
        yield "work", f"alert.unknown_work: {rule.work}"
    if not rule.figure:
        return
    figure = book.get(rule.figure)
    if figure is None:
        yield "figure", f"figure.unknown: {rule.figure}"
        return
    if not breaking.is_told_by(figure, rule.each, book):
        yield "figure", f"alert.no_units: {rule.figure}"
    try:
        # That much is reported may be a reason to act; that little is reported is never one.
        if rule.worse == "low":
            refuse_figure(figure, book)
    except InvalidInput as error:
        yield "figure", str(error)
