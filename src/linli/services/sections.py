"""The profile section `services`: how long a proxy may last, how long copies and names stay, what one books for."""

from typing import Final

from pydantic import Field

from linli.cases.sections import Period
from linli.records import profiles
from linli.records.profiles import Labelled, Part

KINDS: Final = (
    Labelled(code="desk", label="窗口办事", label_en="the service desk"),
    Labelled(code="legal", label="法律咨询", label_en="legal advice"),
    Labelled(code="clinic", label="义诊", label_en="free clinic"),
)


class ServicesSection(Part):
    """`services.yaml`. An item that names no time is handled within `days` working days.

    What is asked for on the page is taken up within `take_within`, and ends by itself where it was not taken in for
    `asked_days` days, so that nobody's name waits for ever. Papers that are missing come within
    `papers_within`, and what was decided is handed over within `hand_over_within`. A proxy lasts at most
    `proxy_days` days; copies of papers go `keep_copies_days` days after it ended, names and phones `keep_person_days`
    days after the end of a request or an appointment. Each community has `advisers` legal advisers.
    """

    days: int = Field(default=5, ge=1, le=250)
    asked_days: int = Field(default=60, ge=1, le=365)
    take_within: Period = Period(amount=1)
    papers_within: Period = Period(amount=5)
    hand_over_within: Period = Period(amount=5)
    proxy_days: int = Field(default=30, ge=1, le=365)
    keep_copies_days: int = Field(default=3, ge=0, le=60)
    keep_person_days: int = Field(default=90, ge=1, le=1100)
    appointments: tuple[Labelled, ...] = KINDS
    ahead_days: int = Field(default=60, ge=1, le=365)
    advisers: int = Field(default=1, ge=0, le=20)
    adviser_posts: tuple[str, ...] = ("legal_adviser",)


def section() -> ServicesSection:
    """What the profile in force says."""
    return profiles.current().section(ServicesSection)


def kind_names() -> dict[str, str]:
    """What kinds of appointments are called in the active language."""
    return {item.code: item.named for item in section().appointments}
