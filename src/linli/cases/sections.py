"""The profile section `cases.yaml`: categories, powers, deadlines, templates and steps of a place, with defaults.

A place that writes none gets the built-in categories and deadlines below, and no table of powers.
"""

from datetime import date
from functools import lru_cache
from typing import Literal

from pydantic import Field

from linli.cases.workflow import CASE
from linli.core.calendar import Unit
from linli.core.workflow import Workflow
from linli.records import profiles
from linli.records.profiles import Labelled, Part

Urgency = Literal["normal", "urgent", "emergency"]


class Period(Part):
    """A stretch of lawful time: an amount of a unit of core.calendar."""

    amount: int = Field(ge=0)
    unit: Unit = Unit.WORKING_DAYS


class Category(Labelled):
    """A category of matters: how urgent it usually is, when it is due, and whether this place deals with it."""

    urgency: Urgency = "normal"
    deadline: Period | None = None
    contact: Period | None = None
    in_scope: bool = True
    hazard: bool = False
    icon: str = ""


class Power(Part):
    """One line of the list of powers: which body may lead or help with a category, on what ground, since when.

    A body is meant by its type, by the level of its place (`community`, `street`, `county`) and by a part of
    its name; what is left out does not matter. `taken_back` is a duty that this body must not be given any more.
    """

    category: str
    role: Literal["lead", "assist", "taken_back"] = "lead"
    type: str
    level: str = ""
    name: str = ""
    ground: str = ""
    list: str = ""
    since: date | None = None
    until: date | None = None


class Template(Labelled):
    """Wording for answers; identical answers are flagged unless they are a template's."""

    text: str
    move: str = ""


class Steps(Part):
    """Optional steps that are switched off here, and local names of states and steps."""

    off: tuple[str, ...] = ()
    names: dict[str, str] = Field(default_factory=dict)


class WhistleKind(Part):
    """Within what time departments report in to a whistle of a kind, and when a consultation is due."""

    report_in: Period
    resolve: Period


AnswerField = Literal[
    "register_number",
    "number",
    "text",
    "place",
    "lead",
    "state",
    "outcome",
    "result",
    "received",
    "due",
    "done",
    "closed",
]


class AnswerColumn(Part):
    """One column of the file in which a platform takes its answers: its header, and the field or the fixed words."""

    header: str
    field: AnswerField | None = None
    words: str = ""


class Platform(Labelled):
    """A hotline or platform that sends work orders, and the layout of the file in which it takes the answers."""

    columns: tuple[AnswerColumn, ...]


class CasesSection(Part):
    """`cases.yaml`."""

    categories: tuple[Category, ...] = ()
    powers: tuple[Power, ...] = ()
    deadlines: dict[Urgency, Period] = Field(default_factory=dict)
    contact: dict[Urgency, Period] = Field(default_factory=dict)
    templates: tuple[Template, ...] = ()
    platforms: tuple[Platform, ...] = ()
    steps: Steps = Steps()
    whistles: dict[Literal["routine", "hard", "emergency"], WhistleKind] = Field(default_factory=dict)
    sample_percent: int = Field(default=5, ge=0, le=100)
    confirm: Period = Period(amount=5)
    arbiter: str = "street_officer"
    arbiter_time: Period = Period(amount=1)
    reopen_days: int = Field(default=15, ge=0)
    review_days: int = Field(default=90, ge=1, le=90)
    keep_reporter_days: int = Field(default=365, ge=30)
    hours: tuple[str, ...] = ()
    petition_channel: str = ""


def _category(
    code: str, label: str, english: str, also: str = "", urgency: Urgency = "normal", hazard: bool = False
) -> Category:
    spellings = tuple(part for part in also.split("|") if part)
    return Category(code=code, label=label, label_en=english, also=spellings, urgency=urgency, hazard=hazard)


CATEGORIES = (
    _category("sanitation", "环境卫生", "sanitation", "卫生|垃圾|保洁"),
    _category("facilities", "公共设施", "public facilities", "设施维修|设施损坏|基础设施"),
    _category("lighting", "路灯照明", "lighting", "路灯|楼道灯"),
    _category("water_heat_power", "水电气暖", "water, power, gas and heating", "供水|供电|供暖|燃气", "urgent"),
    _category("parking", "停车秩序", "parking", "停车|车辆乱停|乱停乱放"),
    _category("noise", "噪音扰民", "noise", "噪声|扰民"),
    _category("property_service", "物业服务", "property management", "物业|物业管理"),
    _category("building_safety", "房屋安全", "building safety", "违建|违章建筑|房屋", "urgent"),
    _category("fire_safety", "消防安全", "fire safety", "消防|飞线充电|消防通道", "urgent", hazard=True),
    _category("public_safety", "安全隐患", "safety hazard", "隐患|治安", "urgent", hazard=True),
    _category("neighbours", "邻里关系", "neighbours", "邻里纠纷|家庭邻里"),
    _category("elderly_care", "养老助残", "care", "养老|助残|救助"),
    _category("policy", "政策咨询", "questions about policy", "咨询|政策"),
    _category("suggestion", "意见建议", "suggestion", "建议|意见"),
    _category("other", "其他", "other", "其它"),
)
DEADLINES: dict[Urgency, Period] = {
    "normal": Period(amount=5),
    "urgent": Period(amount=2),
    "emergency": Period(amount=4, unit=Unit.HOURS),
}
CONTACT: dict[Urgency, Period] = {
    "normal": Period(amount=1),
    "urgent": Period(amount=4, unit=Unit.WORKING_HOURS),
    "emergency": Period(amount=1, unit=Unit.HOURS),
}
WHISTLES: dict[str, WhistleKind] = {
    "routine": WhistleKind(report_in=Period(amount=2), resolve=Period(amount=7)),
    "hard": WhistleKind(report_in=Period(amount=1), resolve=Period(amount=10)),
    "emergency": WhistleKind(report_in=Period(amount=30, unit=Unit.MINUTES), resolve=Period(amount=1)),
}
TEMPLATES = (
    Template(
        code="out_of_scope",
        label="不予受理告知",
        label_en="outside our powers",
        move="propose_out_of_scope",
        text="您好!您反映的事项依法不属于本平台受理范围,建议您通过相应的法定途径办理。感谢您的理解与支持。",
    ),
    Template(
        code="done",
        label="办结答复",
        label_en="done",
        move="finish",
        text="您好!您反映的事项已办理完毕,办理情况如下:",
    ),
)


ENDING = frozenset({"finish", "resolve_on_the_spot", "close", "close_unconfirmed"})


PLATFORMS = (
    Platform(
        code="hotline",
        label="12345热线",
        label_en="12345 hotline",
        columns=(
            AnswerColumn(header="工单编号", field="register_number"),
            AnswerColumn(header="承办单位", field="lead"),
            AnswerColumn(header="办理状态", field="state"),
            AnswerColumn(header="办理结果", field="outcome"),
            AnswerColumn(header="办结时间", field="closed"),
            AnswerColumn(header="答复内容", field="result"),
        ),
    ),
)


def platforms() -> dict[str, Platform]:
    """The platforms in force by code: the place's own, or the built-in layout where it names none."""
    return {item.code: item for item in section().platforms or PLATFORMS}


def section() -> CasesSection:
    """The section in force."""
    return profiles.current().section(CasesSection)


def categories(chosen: CasesSection | None = None) -> dict[str, Category]:
    """The categories in force by code: the place's own, or the built-in ones where it has none."""
    return _by_code((chosen or section()).categories or CATEGORIES)


@lru_cache(maxsize=16)
def _by_code(categories: tuple[Category, ...]) -> dict[str, Category]:
    return {item.code: item for item in categories}


def category_choices() -> list[tuple[str, str]]:
    """Codes and labels of the categories that may be chosen today."""
    return [(item.code, item.named) for item in categories().values() if not item.retired]


def category_name(code: str) -> str:
    """What a category is called in the active language; a code that the place no longer knows stands for itself."""
    known = categories().get(code)
    return known.named if known else code


def templates(move: str) -> list[Template]:
    """The wordings offered for a step; one that ends a matter serves every step that does."""
    serving = ENDING if move in ENDING else {move}
    return [item for item in section().templates or TEMPLATES if not item.move or item.move in serving]


def deadline(category: Category | None, urgency: Urgency, chosen: CasesSection) -> Period:
    """How long a matter may take: the category's own period, else that of its urgency."""
    if category and category.deadline and urgency == category.urgency:
        return category.deadline
    return chosen.deadlines.get(urgency) or DEADLINES[urgency]


def contact(category: Category | None, urgency: Urgency, chosen: CasesSection) -> Period:
    """How soon somebody must have spoken with the reporter."""
    if category and category.contact and urgency == category.urgency:
        return category.contact
    return chosen.contact.get(urgency) or CONTACT[urgency]


def whistle_kind(kind: str, chosen: CasesSection) -> WhistleKind:
    """The clocks of a kind of whistle."""
    named = {str(name): value for name, value in chosen.whistles.items()}
    return named.get(kind) or WHISTLES[kind]


def flow() -> Workflow:
    """The life of a matter as this place has it: optional steps switched off, names its own."""
    steps = section().steps
    return _tailored(steps.off, tuple(steps.names.items()))


@lru_cache(maxsize=16)
def _tailored(off: tuple[str, ...], names: tuple[tuple[str, str], ...]) -> Workflow:
    return CASE.tailored(off=off, labels=dict(names)) if off or names else CASE
