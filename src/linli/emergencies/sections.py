"""The profile section `emergencies`: kinds and levels of emergencies, what a help card may say, and the terms."""

from collections.abc import Iterable
from typing import Final

from pydantic import Field

from linli.records import profiles
from linli.records.profiles import Labelled, Part

KINDS: Final = (
    Labelled(code="flood", label="防汛", label_en="flood"),
    Labelled(code="fire", label="火灾", label_en="fire"),
    Labelled(code="cold", label="低温雨雪冰冻", label_en="cold and snow"),
    Labelled(code="heat", label="高温", label_en="heat"),
    Labelled(code="epidemic", label="疫情防控", label_en="epidemic"),
    Labelled(code="outage", label="停水停电停气", label_en="power, water or gas cut"),
    Labelled(code="quake", label="地震", label_en="earthquake"),
    Labelled(code="event", label="大型活动保障", label_en="large event"),
)
LEVELS: Final = (
    Labelled(code="4", label="四级响应", label_en="level IV"),
    Labelled(code="3", label="三级响应", label_en="level III"),
    Labelled(code="2", label="二级响应", label_en="level II"),
    Labelled(code="1", label="一级响应", label_en="level I"),
)
NEEDS: Final = (
    Labelled(code="stairs", label="上下楼需要帮助", label_en="needs help on stairs"),
    Labelled(code="power", label="有设备离不开电", label_en="needs power for a device"),
    Labelled(code="hearing", label="听不清，请当面说", label_en="hard of hearing: speak face to face"),
    Labelled(code="sight", label="看不清，请带路", label_en="sees badly: show the way"),
    Labelled(code="alone", label="独自在家", label_en="alone at home"),
    Labelled(code="child", label="有婴幼儿同住", label_en="a small child lives here"),
    Labelled(code="transport", label="转移需要车辆", label_en="needs a vehicle to leave"),
)


class EmergenciesSection(Part):
    """`emergencies.yaml`. `needs` are kinds of help, never conditions of people. A plan is looked through every
    `check_days` days; an activation lasts at most `most_days` days before it is extended, and is reviewed within
    `review_days` working days of its end; a help card holds for `card_days` days."""

    kinds: tuple[Labelled, ...] = KINDS
    levels: tuple[Labelled, ...] = LEVELS
    needs: tuple[Labelled, ...] = NEEDS
    check_days: int = Field(default=365, ge=30, le=1100)
    review_days: int = Field(default=10, ge=1, le=60)
    most_days: int = Field(default=14, ge=1, le=90)
    card_days: int = Field(default=365, ge=30, le=730)
    few: int = Field(default=5, ge=3, le=50)


def section() -> EmergenciesSection:
    """What the profile in force says."""
    return profiles.current().section(EmergenciesSection)


def names(items: Iterable[Labelled]) -> dict[str, str]:
    """What codes are called in the active language."""
    return {item.code: item.named for item in items}
