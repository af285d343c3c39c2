"""The profile section `orders`: categories of services, and the ways in which orders go, step by step."""

from typing import Final, Literal

from pydantic import Field, model_validator

from linli.cases.sections import Period
from linli.records import profiles
from linli.records.profiles import Labelled, Part

StepCode = Literal["ask", "supply", "dispatch", "accept", "rate"]
WAY: Final = ("ask", "supply", "dispatch", "accept", "rate")
NEEDED: Final = frozenset({"ask", "dispatch", "accept"})
STATES: Final = {"ask": "asked", "supply": "supplied", "dispatch": "dispatched", "accept": "accepted", "rate": "rated"}


class ServiceCategory(Labelled):
    """A category of services, and the skills by which volunteers for it are found (codes or words of their roster)."""

    skills: tuple[str, ...] = ()


class WayStep(Part):
    """One step of a way, under the name that the place gives it; `within` is the time until it is taken."""

    code: StepCode
    label: str
    label_en: str = ""
    within: Period = Period(amount=1)

    @property
    def named(self) -> str:
        """The name in the active language."""
        return Labelled(code=self.code, label=self.label, label_en=self.label_en).named


class Way(Labelled):
    """A way in which orders go (VOL-08). `doors` are those through which its orders come.

    `dispatcher_posts` are the kinds of posts that dispatch; where it names none, the community's desk does. `takers`
    are those to whom an order may be offered. `done_within` runs from accepting to done.
    """

    steps: tuple[WayStep, ...]
    doors: tuple[Literal["online", "phone", "window", "visit"], ...] = ("online", "phone", "window", "visit")
    dispatcher_posts: tuple[str, ...] = ()
    takers: tuple[Literal["volunteer", "member"], ...] = ("volunteer", "member")
    done_within: Period = Period(amount=5)

    @model_validator(mode="after")
    def _is_a_way(self) -> "Way":
        codes = [item.code for item in self.steps]
        if codes != [code for code in WAY if code in codes] or not set(codes) >= NEEDED:
            raise ValueError(
                "the steps are ask, supply, dispatch, accept, rate in this order; supply and rate may lack"
            )
        return self

    def has(self, code: str) -> bool:
        """Whether the way has a step."""
        return any(item.code == code for item in self.steps)

    def within(self, code: str) -> Period:
        """The time until a step is taken."""
        return next((item.within for item in self.steps if item.code == code), Period(amount=1))


def _step(code: StepCode, label: str, label_en: str, days: int = 1) -> WayStep:
    return WayStep(code=code, label=label, label_en=label_en, within=Period(amount=days))


CATEGORIES: Final = (
    ServiceCategory(code="errands", label="代购代办", label_en="errands", skills=("driving",)),
    ServiceCategory(code="repairs", label="水电维修", label_en="repairs", skills=("electric",)),
    ServiceCategory(code="haircut", label="理发", label_en="haircuts", skills=("hair",)),
    ServiceCategory(code="cleaning", label="家电清洗", label_en="cleaning", skills=("electric",)),
    ServiceCategory(code="advice", label="政策咨询", label_en="advice", skills=("law", "digital")),
    ServiceCategory(code="company", label="陪同办事", label_en="company on errands", skills=("medical", "driving")),
    ServiceCategory(code="care", label="托管看护", label_en="care", skills=("teaching", "medical")),
    ServiceCategory(code="meals", label="养老助餐", label_en="meals for the old", skills=("medical",)),
    ServiceCategory(code="other", label="其他", label_en="other"),
)
WAYS: Final = (
    Way(
        code="community",
        label="群众点单、社区派单、志愿者接单、群众评单",
        label_en="asked, dispatched by the community, accepted, rated",
        steps=(
            _step("ask", "群众点单", "a resident asks"),
            _step("dispatch", "社区派单", "the community dispatches"),
            _step("accept", "志愿者接单", "a volunteer accepts"),
            _step("rate", "群众评单", "the resident rates", 7),
        ),
    ),
)


class OrdersSection(Part):
    """`orders.yaml`. A resident who does not rate is called back within `call_within`.

    With `service_for_service`, time given earns time that may be asked for (VOL-11), in an account of its own.
    """

    categories: tuple[ServiceCategory, ...] = CATEGORIES
    ways: tuple[Way, ...] = Field(default=WAYS, min_length=1)
    call_within: Period = Period(amount=3)
    service_for_service: bool = False

    @model_validator(mode="after")
    def _every_door_has_a_way(self) -> "OrdersSection":
        doors = {door for way in self.ways if not way.retired for door in way.doors}
        lacking = {"online", "phone", "window", "visit"} - doors
        if lacking:
            raise ValueError(f"no way for orders that come by {', '.join(sorted(lacking))}")
        return self

    def way(self, code: str) -> Way:
        """The way with this code; the first where the place no longer has it."""
        return next((item for item in self.ways if item.code == code), self.ways[0])

    def way_by(self, door: str) -> Way:
        """The way of orders that come through a door."""
        return next(item for item in self.ways if door in item.doors and not item.retired)

    def skills(self, category: str) -> tuple[str, ...]:
        """The words by which volunteers for a category are found: its skills and its own name."""
        found = next((item for item in self.categories if item.code == category), None)
        return (found.code, found.label, *found.skills) if found else ()


def section() -> OrdersSection:
    """What the profile in force says."""
    return profiles.current().section(OrdersSection)


def category_names() -> dict[str, str]:
    """What categories of services are called in the active language."""
    return {item.code: item.named for item in section().categories}
