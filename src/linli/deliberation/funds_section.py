"""The profile section `funds`: kinds of income and spending, and the rule of disclosure that quarters follow."""

from datetime import date, timedelta
from typing import Any, Final, Literal

from pydantic import Field, model_validator

from linli.publishing import disclosure_section
from linli.publishing.disclosure_section import DisclosureItem
from linli.records import profiles
from linli.records.profiles import Fault, Labelled, Part

FILE: Final = "funds.yaml"
Direction = Literal["income", "spending"]


class FundKind(Labelled):
    """A kind of income or spending."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)
    direction: Direction


def _kind(code: str, label: str, label_en: str, direction: Direction, *also: str) -> FundKind:
    return FundKind(code=code, label=label, label_en=label_en, direction=direction, also=also)


DEFAULTS: Final = (
    _kind("parking", "停车费", "parking", "income", "停车收入", "车位费"),
    _kind("advertising", "广告费", "advertising", "income", "广告收入", "电梯广告费"),
    _kind("rent", "场地使用费", "use of rooms and grounds", "income", "场地费", "摊位费"),
    _kind("donations", "捐赠", "donations", "income", "捐款", "爱心捐赠"),
    _kind("fees", "居民筹集", "collected from residents", "income", "居民筹款", "卫生费", "收取费用"),
    _kind("grants", "补助拨款", "grants", "income", "补助", "拨款"),
    _kind("other_income", "其他收入", "other income", "income"),
    _kind("repairs", "维修", "repairs", "spending", "维修费", "修缮"),
    _kind("cleaning", "保洁", "cleaning", "spending", "保洁费", "清洁"),
    _kind("greenery", "绿化", "greenery", "spending", "绿化费"),
    _kind("safety", "安全消防", "safety and fire", "spending", "消防", "安防"),
    _kind("utilities", "公共水电", "water and power", "spending", "水电费", "公摊水电"),
    _kind("activities", "活动", "activities", "spending", "活动费"),
    _kind("wages", "值守劳务", "duty and labour", "spending", "劳务费", "值守费"),
    _kind("other_spending", "其他支出", "other spending", "spending"),
)


class FundsSection(Part):
    """`funds.yaml`. `item` is the rule of `disclosure.yaml` that says by when, for how long and for whom.

    The account of a community itself is made public as that item; without the rule it is `due_days` after a quarter,
    for everybody. What a first person entered is looked at by a second within `approve_days` working days.
    """

    kinds: tuple[FundKind, ...] = ()
    item: str = "accounts"
    due_days: int = Field(default=15, ge=1, le=90)
    approve_days: int = Field(default=5, ge=1, le=30)

    @model_validator(mode="after")
    def _named_once(self) -> "FundsSection":
        codes = [kind.code for kind in self.kinds]
        if len(codes) != len(set(codes)):
            raise ValueError("a kind of income or spending is named twice")
        return self


def section() -> FundsSection:
    """What the profile in force says."""
    return profiles.current().section(FundsSection)


def named_kinds() -> tuple[FundKind, ...]:
    """Every kind that has a name: the place's, or the built-in ones where it names none."""
    return section().kinds or DEFAULTS


def kinds() -> dict[str, FundKind]:
    """The kinds in force by code."""
    return {kind.code: kind for kind in named_kinds() if not kind.retired}


def codes() -> dict[str, str]:
    """The codes of kinds by every way in which a book names them."""
    return {
        name: item.code for item in named_kinds() for name in (*item.also, item.label_en, item.label, item.code) if name
    }


def rule() -> DisclosureItem | None:
    """The rule of disclosure by which quarters are made public, where the place has it."""
    found = disclosure_section.items().get(section().item)
    return found if found is not None and found.every == "quarter" else None


def due(until: date) -> date:
    """By which day a quarter is made public."""
    found = rule()
    return found.due(until) if found else until + timedelta(days=section().due_days)


def faults(data: dict[str, Any]) -> list[Fault]:
    """What is wrong with the section beyond its schema: a rule of disclosure that the place does not have."""
    with profiles.tried(data):
        held = section()
        known = disclosure_section.items()
        if "item" not in held.model_fields_set or held.item in known:
            return []
        return [Fault(FILE, 1, "item", f"disclosure.unknown: {held.item}")]
