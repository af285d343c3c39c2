"""The profile section `activities`: kinds of activities, and the days in which their hours are confirmed."""

from typing import Final

from pydantic import Field

from linli.records import profiles
from linli.records.profiles import Labelled, Part

# The five joint lines (VOL-03), and what is held beside them.
KINDS: Final = (
    Labelled(code="safety", label="社会治安联防", label_en="joint public safety"),
    Labelled(code="disputes", label="矛盾纠纷联排", label_en="joint settling of disputes"),
    Labelled(code="policies", label="政策法规联宣", label_en="joint explaining of policies and laws"),
    Labelled(code="environment", label="环境卫生联治", label_en="joint care for the environment"),
    Labelled(code="manners", label="文明风尚联树", label_en="joint good manners"),
    Labelled(code="convenience", label="便民服务", label_en="services for residents"),
    Labelled(code="lecture", label="道德讲堂", label_en="civic lecture"),
    Labelled(code="festival", label="邻居节", label_en="neighbours' festival"),
    Labelled(code="performance", label="文艺演出", label_en="performance"),
)


class ActivitiesSection(Part):
    """`activities.yaml`. Hours are confirmed within `attest_days` working days after an activity, ten at most
    (志愿服务记录与证明出具办法, Art. 11). One may sign in from `early_minutes` before a shift.
    """

    kinds: tuple[Labelled, ...] = KINDS
    attest_days: int = Field(default=10, ge=1, le=10)
    early_minutes: int = Field(default=60, ge=0, le=240)


def section() -> ActivitiesSection:
    """What the profile in force says."""
    return profiles.current().section(ActivitiesSection)


def kind_choices() -> list[tuple[str, str]]:
    """The kinds as a form offers them. What is kept is the Chinese name, as ledgers write it and figures count it."""
    return [(item.label, item.named) for item in section().kinds if not item.retired]


def kind_named(label: str) -> str:
    """What a kind is called in the active language; one that no profile knows stands for itself."""
    return next((item.named for item in section().kinds if item.label == label), label)
