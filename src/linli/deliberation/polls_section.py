"""The profile section `polls`: how few ballots are too few to be told, how many proxies one may hold, what binds."""

from typing import Final

from pydantic import Field, model_validator

from linli.records import profiles
from linli.records.profiles import Part

OWNERS_NOTICE: Final = 15


class PollsSection(Part):
    """`polls.yaml`. Votes are consultative unless the place says on what legal ground they bind.

    `smallest_group`: fewer secret ballots than this are not told apart. `notice_days` lie between the announcement
    and the opening; for owners `owners_notice_days` (Regulations on Property Management 14).
    """

    smallest_group: int = Field(default=5, ge=3, le=100)
    proxies: int = Field(default=2, ge=0, le=50)
    notice_days: int = Field(default=3, ge=0, le=60)
    owners_notice_days: int = Field(default=OWNERS_NOTICE, ge=0, le=90)
    binding: bool = False
    binding_ground: str = ""

    @model_validator(mode="after")
    def _binds_on_a_ground(self) -> "PollsSection":
        if self.binding and not self.binding_ground.strip():
            raise ValueError("binding votes need their legal ground in binding_ground")
        return self

    def notice(self, rule: str) -> int:
        """How many days lie between the announcement of a poll and its opening."""
        if rule == "opinion":
            return 0
        return self.owners_notice_days if rule.startswith("owners") else self.notice_days


def section() -> PollsSection:
    """What the profile in force says."""
    return profiles.current().section(PollsSection)
