"""The profile section `points`: what earns how many points from when on, when they expire, how long goods are kept.

Rules give points for what was done, never for how somebody lives, and never take any (VOL-13 with its guard).
"""

from datetime import date
from typing import Final, Literal

from pydantic import Field, model_validator

from linli.points.workflow import EXEMPLAR, GOOD_DEED, ORDER, REPORT, SERVICE
from linli.records import profiles
from linli.records.profiles import Labelled, Part

Kind = Literal["service", "order", "good_deed", "exemplar", "report"]


class PointsRule(Labelled):
    """What one `kind` of contribution earns: `amount` points per hour or per time, in the days it is in force.

    `cap_day` and `cap_month` bound what one member earns by it; none is no bound. Of several who report the same only
    the first earns, unless `first_only` is off.
    """

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)
    kind: Kind
    per: Literal["hour", "time"] = "time"
    amount: int = Field(ge=1, le=10_000)
    cap_day: int | None = Field(default=None, ge=1)
    cap_month: int | None = Field(default=None, ge=1)
    first_only: bool = True
    since: date | None = None
    until: date | None = None

    def earned(self, minutes: int) -> int:
        """The points for so many minutes of service; per time the minutes do not matter."""
        return self.amount * minutes // 60 if self.per == "hour" else self.amount

    def rewards(self, kind: str, first: bool = True) -> bool:
        """Whether it gives points for a kind; `first` says that nobody did the same before."""
        return self.kind == kind and (first or not self.first_only)

    def in_force(self, day: date) -> bool:
        """Whether it holds on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


def _rule(code: str, kind: Kind, label: str, label_en: str, amount: int, **more: object) -> PointsRule:
    return PointsRule.model_validate(
        {"code": code, "kind": kind, "label": label, "label_en": label_en, "amount": amount, **more}
    )


DEFAULTS: Final = (
    _rule("service_hour", SERVICE, "志愿服务每小时", "voluntary service, an hour", 5, per="hour", cap_day=40),
    _rule("order_done", ORDER, "完成一次服务订单", "a service order done", 5, cap_day=20),
    _rule("good_deed", GOOD_DEED, "好人好事评比入选", "a good deed that was selected", 20, cap_month=60),
    _rule("exemplar", EXEMPLAR, "被推荐为先进典型", "recommended as an exemplar", 50, cap_month=100),
    _rule(
        "report", REPORT, "反映公共问题经核实解决", "a problem of a public place reported and solved", 2, cap_month=10
    ),
)


class PointsSection(Part):
    """`points.yaml`. Points that nobody spent expire after `expire_months`, without it never; hours never do.

    Goods that were reserved are kept for `reserve_days`. Where a place writes no rules, the built-in ones hold.
    """

    rules: tuple[PointsRule, ...] = ()
    expire_months: int | None = Field(default=24, ge=6, le=120)
    reserve_days: int = Field(default=7, ge=1, le=60)

    @model_validator(mode="after")
    def _named_once(self) -> "PointsSection":
        codes = [rule.code for rule in self.rules]
        if len(codes) != len(set(codes)):
            raise ValueError("a rule of points is named twice")
        return self


def section() -> PointsSection:
    """What the profile in force says."""
    return profiles.current().section(PointsSection)


def rules() -> tuple[PointsRule, ...]:
    """Every rule: the place's, or the built-in ones where it writes none."""
    return section().rules or DEFAULTS


def rules_on(day: date) -> tuple[PointsRule, ...]:
    """The rules in force on a day."""
    return tuple(rule for rule in rules() if not rule.retired and rule.in_force(day))
