"""The profile section `meetings`: which kinds of forums and joint meetings a place holds, and how they usually sit.

Where a place writes nothing, the built-in kinds hold; a place's own kinds stand beside them, or in their stead.
"""

from datetime import time
from typing import Any, Final, Literal

from pydantic import Field, field_validator, model_validator

from linli.organizations.models import Organization
from linli.records import profiles
from linli.records.profiles import Fault, Labelled, Part

FILE: Final = "meetings.yaml"
Family = Literal["forum", "joint", "party"]


class MeetingKind(Labelled):
    """A kind of meeting: a forum of residents, a joint meeting of bodies, or a meeting of Party life.

    What it says of rhythm, hour and length is what a new series of it begins with. With `rating_days`, what residents
    raised there must have been deliberated, and rated by them or open to their rating for so many days, before the
    minutes are approved. `parties` are the types of bodies that should all take part (JNT-05).
    """

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=48)
    family: Family = "forum"
    rhythm: Literal["", "week", "month", "quarter", "days"] = ""
    every_days: int | None = Field(default=None, ge=1, le=366)
    starts: time | None = None
    minutes: int = Field(default=60, ge=10, le=600)
    rating_days: int | None = Field(default=None, ge=1, le=60)
    parties: tuple[str, ...] = ()

    @field_validator("parties")
    @classmethod
    def _are_types(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        if unknown := set(value) - set(Organization.Type.values):
            raise ValueError(f"no types of bodies: {', '.join(sorted(unknown))}")
        return value

    @model_validator(mode="after")
    def _days_are_said(self) -> "MeetingKind":
        if (self.rhythm == "days") != (self.every_days is not None):
            raise ValueError("every_days is said with the rhythm “days”, and only there")
        return self


class MeetingsSection(Part):
    """`meetings.yaml`."""

    kinds: tuple[MeetingKind, ...] = ()


# What decides on conventions where residents meet (居委会组织法 9, 10, 15).
ASSEMBLY: Final = "residents_assembly"


def _kind(code: str, label: str, label_en: str, family: Family = "forum", **values: Any) -> MeetingKind:
    return MeetingKind(code=code, label=label, label_en=label_en, family=family, **values)


EVENING: Final = time(19, 30)
# The community's Party organisation and committee, the owners' committee, the property company.
FOUR: Final = ("party_organization", "office", "self_government_body", "property_company")
DEFAULTS: Final = (
    _kind("residents_forum", "居民议事厅", "residents' forum", rhythm="month"),
    _kind(ASSEMBLY, "居民会议", "residents' assembly", also=("居民代表会议",)),
    _kind("round_table", "圆桌议事会", "round table"),
    _kind("evening_forum", "七点半议事厅", "half-past-seven forum", rhythm="week", starts=EVENING),
    _kind("courtyard_meeting", "院坝会", "courtyard meeting", starts=EVENING, rating_days=5, also=("仁山夜话",)),
    _kind("grid_council", "网格议事会", "grid council"),
    _kind("compound_forum", "楼院民情恳谈会", "compound forum", also=("民情恳谈会",)),
    _kind("police_forum", "警民议事会", "police and residents' council"),
    _kind("self_management", "自管委议事会", "self-management meeting"),
    _kind("public_forum", "群众座谈会", "public forum", also=("创建文明城市群众座谈会",)),
    _kind("cluster", "片区党建联席会议", "cluster joint meeting", "joint", rhythm="quarter"),
    _kind(
        *("party_building", "驻区单位联席会议", "joint meeting with local units", "joint"),
        rhythm="quarter",
        also=("党建工作联席会", "党建联席会", "党建工作联席会议", "驻区单位党建联席会议"),
    ),
    _kind(
        *("property_four_party", "四方联席会议", "four-party property meeting", "joint"),
        rhythm="month",
        parties=FOUR,
        also=("四方联席会", "四方联动联席会议"),
    ),
    _kind("partner_forum", "每月座谈会", "partner forum", "joint", rhythm="month", also=("大党委座谈会",)),
    _kind("weekly_huddle", "周碰头会", "weekly huddle", "joint", rhythm="week", minutes=30, also=("周碰头",)),
    _kind("monthly_regular", "月例会", "monthly meeting", "joint", rhythm="month"),
    _kind("development", "区域发展联谋会", "development planning meeting", "joint", also=("区域发展联谋",)),
    _kind("branch_meeting", "支部党员大会", "branch meeting", "party", rhythm="quarter"),
    _kind("branch_committee", "支部委员会会议", "branch committee", "party", rhythm="month", also=("支委会",)),
    _kind("party_group", "党小组会", "Party group meeting", "party", rhythm="month"),
    _kind("lecture", "党课", "Party lecture", "party", rhythm="quarter"),
    _kind("theme_day", "主题党日", "themed Party day", "party", rhythm="month"),
    _kind("organizational_life", "组织生活会", "organisational life meeting", "party", rhythm="days", every_days=366),
    _kind("appraisal", "民主评议党员", "democratic appraisal", "party", rhythm="days", every_days=366),
)


def kinds() -> dict[str, MeetingKind]:
    """Every kind by its code, the place's over the built-in ones; those that are retired too."""
    held = profiles.current().section(MeetingsSection).kinds
    return {item.code: item for item in (*DEFAULTS, *held)}


def kinds_in_use(family: str = "") -> list[MeetingKind]:
    """The kinds that a new series or meeting may be of, of one family or of all."""
    return [item for item in kinds().values() if not item.retired and family in ("", item.family)]


def named(code: str) -> str:
    """What a kind is called; a code of none stands for itself."""
    found = kinds().get(code)
    return found.named if found else code


def spelled() -> dict[str, str]:
    """The codes of kinds by every way in which a ledger names them."""
    return {
        name: item.code
        for item in kinds().values()
        for name in (*item.also, item.label_en, item.label, item.code)
        if name
    }


def faults(data: dict[str, Any]) -> list[Fault]:
    """Everything wrong in a profile's kinds beyond their form."""
    with profiles.tried(data) as profile:
        held = profile.section(MeetingsSection).kinds
    codes = [item.code for item in held]
    return [
        Fault(FILE, 1, f"kinds.{number}.code", f"meeting_kind.twice: {code}")
        for number, code in enumerate(codes)
        if code in codes[:number]
    ]
