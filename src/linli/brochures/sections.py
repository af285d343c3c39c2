"""The profile section `brochures`: numbers for emergencies, groups to whom packs go, when a point is low."""

from typing import Final

from pydantic import Field

from linli.records import profiles
from linli.records.profiles import Labelled, Part


class EmergencyNumber(Labelled):
    """A number to call, printed on the back of every brochure."""

    number: str = Field(min_length=3, max_length=20)


NUMBERS: Final = (
    EmergencyNumber(code="police", label="报警", label_en="police", number="110"),
    EmergencyNumber(code="fire", label="火警", label_en="fire", number="119"),
    EmergencyNumber(code="ambulance", label="急救", label_en="ambulance", number="120"),
    EmergencyNumber(code="hotline", label="政务服务热线", label_en="government hotline", number="12345"),
)
GROUPS: Final = (
    Labelled(code="mobile_members", label="流动党员", label_en="members who live elsewhere"),
    Labelled(code="new_residents", label="新入住居民", label_en="new residents"),
)


class BrochuresSection(Part):
    """`brochures.yaml`. `groups` get packs of brochures; how many packs is kept, never who. A point with `low_copies`
    left or fewer is owed more within `restock_days` working days."""

    numbers: tuple[EmergencyNumber, ...] = Field(default=NUMBERS, max_length=6)
    groups: tuple[Labelled, ...] = GROUPS
    low_copies: int = Field(default=10, ge=0, le=1000)
    restock_days: int = Field(default=5, ge=1, le=60)


def section() -> BrochuresSection:
    """What the profile in force says."""
    return profiles.current().section(BrochuresSection)


def group_names() -> dict[str, str]:
    """What the groups are called in the active language."""
    return {item.code: item.named for item in section().groups}
