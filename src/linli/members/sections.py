"""The profile section `members`: what members owe where they live, and the words for what they do there."""

from typing import Final

from pydantic import Field

from linli.records import profiles
from linli.records.profiles import Labelled, Part

SERVICES: Final = (
    Labelled(code="policy", label="政策宣传", label_en="explaining policies"),
    Labelled(code="cleaning", label="环境清洁", label_en="cleaning up"),
    Labelled(code="elders", label="助老服务", label_en="help for elders"),
    Labelled(code="order", label="秩序引导", label_en="guiding traffic and queues"),
    Labelled(code="visits", label="入户走访", label_en="visits at home"),
    Labelled(code="other", label="其他", label_en="other"),
)


MODES: Final = (
    Labelled(code="resident", label="常住党员", label_en="resident members"),
    Labelled(code="mobile", label="流动党员", label_en="mobile members"),
    Labelled(code="elderly", label="年老体弱党员", label_en="elderly or frail members"),
)


class MembersSection(Part):
    """`members.yaml`. A registered member serves `services_a_month` times a month and is paired with `households`.
    With `declined_counts` a household that was asked and declined counts as one. `two_bodies` asks for the employer
    of a member, who stands under the community and under their unit. The community answers a turn-out within
    `confirm_days` working days. A unit is told totals of its members only, and none of fewer than `least_told`. A
    Party organisation with members in no grid is given `attach_days` working days to say where they live; none asks
    for nothing. `modes` are how members can take part, which are counted and never said of anybody; `modes_called`
    is what a place calls them together.
    """

    services: tuple[Labelled, ...] = SERVICES
    modes: tuple[Labelled, ...] = MODES
    modes_called: str = Field(default="", max_length=60)
    services_a_month: int = Field(default=1, ge=0, le=31)
    households: int = Field(default=1, ge=0, le=20)
    declined_counts: bool = True
    two_bodies: bool = True
    confirm_days: int = Field(default=5, ge=1, le=30)
    attach_days: int = Field(default=0, ge=0, le=365)
    least_told: int = Field(default=5, ge=2, le=50)


def section() -> MembersSection:
    """What the profile in force says."""
    return profiles.current().section(MembersSection)


def service_names() -> dict[str, str]:
    """What kinds of turn-outs are called in the active language."""
    return {item.code: item.named for item in section().services}


def mode_names() -> dict[str, str]:
    """What the modes of taking part are called in the active language."""
    return {item.code: item.named for item in section().modes}
