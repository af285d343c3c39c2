"""The profile section `contacts`: tiers of who answers for places, their quotas, and what must be covered."""

from typing import Final, Literal

from pydantic import Field

from linli.records import profiles
from linli.records.profiles import Labelled, Part

Level = Literal["street", "community", "grid", "building"]


class Tier(Labelled):
    """Who answers for places: persons or bodies of one rank, and what each of them owes (RSP-04).

    `holds` is how many places of a level each one answers for, `visits` how many visits a year each makes, and
    `solved` how many problems a year, raised by residents and verified by others, each helps to solve.
    """

    who: Literal["person", "body"] = "person"
    holds: dict[Level, int] = Field(default_factory=dict)
    visits: int = Field(default=0, ge=0, le=366)
    solved: int = Field(default=0, ge=0, le=366)

    @property
    def owes(self) -> bool:
        """Whether there is a quota of the year."""
        return bool(self.visits or self.solved)


class Coverage(Part):
    """That every place of a level has somebody of one of these tiers (RSP-02, RSP-05); `kinds` narrows the places."""

    level: Level
    by: tuple[str, ...]
    kinds: tuple[str, ...] = ()


TIERS: Final = (
    Tier(code="county_leader", label="县级领导", label_en="county leaders"),
    Tier(code="street_leader", label="街道班子成员", label_en="street leaders"),
    Tier(code="community_worker", label="社区工作者", label_en="community workers"),
    Tier(code="department", label="县直单位", label_en="county departments", who="body"),
)
COVERED: Final = (
    Coverage(level="community", by=("county_leader", "street_leader")),
    Coverage(level="grid", by=("street_leader", "community_worker")),
)


class ContactsSection(Part):
    """`contacts.yaml`. Quotas are kept by each one, never on average."""

    tiers: tuple[Tier, ...] = TIERS
    covered: tuple[Coverage, ...] = COVERED

    def tier(self, code: str) -> Tier:
        """The tier with this code; one without quotas where the profile no longer has it."""
        return next((item for item in self.tiers if item.code == code), Tier(code=code or "-", label=code or "—"))


def section() -> ContactsSection:
    """What the profile in force says."""
    return profiles.current().section(ContactsSection)


def tier_names() -> dict[str, str]:
    """What the tiers are called in the active language."""
    return {item.code: item.named for item in section().tiers}
