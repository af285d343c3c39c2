"""The profile section `safety`: checklists by kind of place, severities with their deadlines, who joins a patrol."""

from typing import Final, Literal

from pydantic import Field, model_validator

from linli.cases.sections import Period, Urgency
from linli.core.calendar import Unit
from linli.records import profiles
from linli.records.profiles import Labelled, Part

Force = Literal["committee", "grid", "property", "owners", "volunteers"]


class Severity(Labelled):
    """How grave a hazard is: how urgent its matter is, and within what time it is to be put right."""

    urgency: Urgency = "normal"
    within: Period = Period(amount=5)


class Item(Labelled):
    """One thing that is looked at: how grave it is where it is not in order, and of which category its matter is."""

    severity: str
    category: str = ""


class Checklist(Labelled):
    """A kind of inspection: at which places, and item by item. Items are about places and things, never persons."""

    at: Literal["compound", "building", "facility"] = "compound"
    facility_kinds: tuple[str, ...] = ()
    items: tuple[Item, ...] = Field(min_length=1)


class Patrols(Part):
    """How many of each force join a patrol, `least` and `most`; which posts lead one; in how many days it is reported.

    What is written of the last `days` days is held against this.
    """

    least: dict[Force, int] = Field(default_factory=dict)
    most: dict[Force, int] = Field(default_factory=dict)
    leads: tuple[str, ...] = ("community_secretary", "community_director", "community_member", "community_worker")
    report_days: int = Field(default=1, ge=0, le=30)
    days: int = Field(default=30, ge=1, le=366)


SEVERITIES: Final = (
    Severity(code="general", label="一般隐患", label_en="general", within=Period(amount=5)),
    Severity(code="serious", label="较大隐患", label_en="serious", urgency="urgent", within=Period(amount=2)),
    Severity(
        code="grave",
        label="重大隐患",
        label_en="grave",
        urgency="emergency",
        within=Period(amount=4, unit=Unit.HOURS),
    ),
)


def _item(code: str, label: str, english: str, severity: str = "general", category: str = "fire_safety") -> Item:
    return Item(code=code, label=label, label_en=english, severity=severity, category=category)


CHECKLISTS: Final = (
    Checklist(
        code="fire_safety",
        label="消防安全检查",
        label_en="fire safety",
        at="building",
        items=(
            _item("exits", "疏散通道、安全出口畅通", "escape routes and exits are clear", "serious"),
            _item("stairs", "楼道没有堆物", "nothing is stored in the stairway"),
            _item("extinguishers", "灭火器、消火栓完好", "extinguishers and hydrants work"),
            _item("charging", "没有飞线充电、电动车不进楼", "no loose charging cables, no e-bikes indoors", "serious"),
            _item("lights", "应急照明、疏散指示完好", "emergency lights and signs work"),
        ),
    ),
    Checklist(
        code="compound_risks",
        label="小区风险联排",
        label_en="joint screening of compounds",
        items=(
            _item("engine_lane", "消防车通道畅通", "the fire lane is clear", "serious"),
            _item("gas", "燃气管线、调压箱无泄漏无占压", "gas lines are tight and not built over", "grave"),
            _item("charging_points", "充电设施完好", "charging points are in order", "serious"),
            _item(
                "falling",
                "外墙、窗台没有坠落危险",
                "nothing may fall from walls and sills",
                "serious",
                "building_safety",
            ),
            _item("covers", "井盖、护栏完好", "covers and railings are whole", category="public_safety"),
            _item("play", "健身、游乐设施完好", "exercise and play equipment is whole", category="facilities"),
        ),
    ),
    Checklist(
        code="key_sites",
        label="重点部位检查",
        label_en="key sites",
        at="facility",
        items=(
            _item("exits", "安全出口畅通", "exits are clear", "serious"),
            _item("extinguishers", "灭火器完好", "extinguishers work"),
            _item("power", "用电线路规范", "wiring is in order", "serious"),
            _item("gas", "燃气使用规范", "gas is used properly", "serious"),
        ),
    ),
)


class SafetySection(Part):
    """`safety.yaml`. A hazard that is said to be put right is re-checked within `recheck_days` working days; an event
    is looked back on within `review_days` working days."""

    checklists: tuple[Checklist, ...] = CHECKLISTS
    severities: tuple[Severity, ...] = SEVERITIES
    patrols: Patrols = Patrols()
    recheck_days: int = Field(default=2, ge=1, le=30)
    review_days: int = Field(default=5, ge=1, le=60)

    @model_validator(mode="after")
    def _fits(self) -> "SafetySection":
        known = {item.code for item in self.severities}
        missing = {item.severity for kind in self.checklists for item in kind.items} - known
        if missing:
            raise ValueError(f"no such severity: {', '.join(sorted(missing))}")
        least, most = self.patrols.least, self.patrols.most
        if any(least[force] > most.get(force, least[force]) for force in least):
            raise ValueError("least is at most most")
        return self

    def checklist(self, code: str) -> Checklist | None:
        """The checklist with this code."""
        return next((item for item in self.checklists if item.code == code), None)

    def severity(self, code: str) -> Severity:
        """The severity with this code; the first where the profile no longer has it."""
        return next((item for item in self.severities if item.code == code), self.severities[0])


def section() -> SafetySection:
    """What the profile in force says."""
    return profiles.current().section(SafetySection)


def kind_name(code: str) -> str:
    """What a kind of inspection is called; one that the profile no longer has stands for itself."""
    found = section().checklist(code)
    return found.named if found else code


def severity_name(code: str) -> str:
    """What a severity is called."""
    return section().severity(code).named


def item_name(kind: str, code: str) -> str:
    """What an item of a checklist is called; one that the profile no longer has stands for itself."""
    found = section().checklist(kind)
    return next((item.named for item in found.items if item.code == code), code) if found else code
