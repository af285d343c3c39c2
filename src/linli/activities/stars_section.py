"""The profile section `stars`: how many hours make which star. Hours differ by place; no number is in the code."""

from typing import Final, Self

from pydantic import Field, model_validator

from linli.records import profiles
from linli.records.profiles import Labelled, Part


class StarLevel(Labelled):
    """A star, and the hours of attested service from which it is reached."""

    hours: int = Field(ge=1, le=100_000)


LEVELS: Final = (
    StarLevel(code="1", label="一星级志愿者", label_en="one star", hours=100),
    StarLevel(code="2", label="二星级志愿者", label_en="two stars", hours=300),
    StarLevel(code="3", label="三星级志愿者", label_en="three stars", hours=600),
    StarLevel(code="4", label="四星级志愿者", label_en="four stars", hours=1000),
    StarLevel(code="5", label="五星级志愿者", label_en="five stars", hours=1500),
)


class StarsSection(Part):
    """`stars.yaml`: the levels from the lowest up, and on which rule they rest (`basis`).

    Before a star is conferred it stands in public notice for `notice_days` working days, five at least.
    """

    levels: tuple[StarLevel, ...] = LEVELS
    basis: str = ""
    notice_days: int = Field(default=5, ge=5, le=30)

    @model_validator(mode="after")
    def _rising(self) -> Self:
        hours = [item.hours for item in self.levels]
        if hours != sorted(set(hours)):
            raise ValueError("every star needs more hours than the one before")
        return self


def section() -> StarsSection:
    """What the profile in force says."""
    return profiles.current().section(StarsSection)


def star_of(minutes: int) -> StarLevel | None:
    """The highest star that this much service reaches; None below the first."""
    reached = [item for item in section().levels if minutes >= item.hours * 60]
    return reached[-1] if reached else None


def next_star(minutes: int) -> StarLevel | None:
    """The star that comes next; None above the last."""
    return next((item for item in section().levels if minutes < item.hours * 60), None)
