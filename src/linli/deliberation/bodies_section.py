"""The profile section `bodies`: kinds of self-government bodies, how long their terms are, when elections are owed."""

from typing import Final

from pydantic import Field, model_validator

from linli.records import profiles
from linli.records.profiles import Labelled, Part

MEMBER: Final = "self_government_member"


class GoverningKind(Labelled):
    """A kind of self-government body: the years of a term, how many members it has, and whether they may serve again.

    What owners elect is decided by a vote of owners, by heads and area; what is filed goes to the street.
    """

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)
    term_years: int = Field(default=3, ge=1, le=10)
    least: int = Field(default=3, ge=1, le=99)
    most: int = Field(default=9, ge=1, le=99)
    again: bool = True
    owners: bool = False
    filed: bool = False

    @model_validator(mode="after")
    def _has_room(self) -> "GoverningKind":
        if self.most < self.least:
            raise ValueError("a body has at most fewer members than at least")
        return self


DEFAULTS: Final = (
    GoverningKind(
        code="self_management_committee",
        label="自管委",
        label_en="self-management committee",
        also=("自管会", "楼院自管会"),
    ),
    GoverningKind(
        code="self_government_group", label="自治小组会", label_en="self-government group", also=("自治小组",)
    ),
    GoverningKind(
        code="owners_committee",
        label="业委会",
        label_en="owners' committee",
        also=("业主委员会",),
        term_years=5,
        least=5,
        most=11,
        owners=True,
        filed=True,
    ),
    GoverningKind(
        code="property_committee",
        label="物管会",
        label_en="property management committee",
        also=("物业管理委员会",),
        term_years=3,
        least=5,
        most=11,
        filed=True,
    ),
)


class BodiesSection(Part):
    """`bodies.yaml`. `notice_days` before a term ends an election is owed; a new body is elected in `first_days`.

    `file_days` are those from an election until the body is filed with the street.
    """

    kinds: tuple[GoverningKind, ...] = ()
    notice_days: int = Field(default=60, ge=1, le=365)
    first_days: int = Field(default=30, ge=1, le=365)
    file_days: int = Field(default=30, ge=1, le=90)


def section() -> BodiesSection:
    """What the profile in force says."""
    return profiles.current().section(BodiesSection)


def named_kinds() -> tuple[GoverningKind, ...]:
    """Every kind that has a name: the place's, or the built-in ones where it names none."""
    return section().kinds or DEFAULTS


def kinds() -> dict[str, GoverningKind]:
    """The kinds in force by code."""
    return {kind.code: kind for kind in named_kinds() if not kind.retired}


def rules_of(code: str) -> GoverningKind:
    """What holds for a kind; one that the place no longer names has the usual rules."""
    known = {kind.code: kind for kind in (*DEFAULTS, *named_kinds())}
    return known.get(code) or GoverningKind(code="other", label=code, label_en=code)
