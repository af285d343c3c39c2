"""The profile section `bodies`: kinds of self-government bodies, how long their terms are, when elections are owed."""

from typing import Any, Final

from pydantic import Field, model_validator

from linli.accounts.abilities import kinds_in_force
from linli.records import profiles
from linli.records.profiles import Fault, Labelled, Part

MEMBER: Final = "self_government_member"
HEAD: Final = "self_government_head"
FILE: Final = "bodies"


class GoverningKind(Labelled):
    """A kind of self-government body: the years of a term, how many members it has, and whether they may serve again.

    What owners elect is decided by a vote of owners, by heads and area; what is filed goes to the street. Members bear
    the title of their role, and hold for their term the kind of post that says what they may do: the director
    `head_post`, all others `member_post`.
    """

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)
    term_years: int = Field(default=3, ge=1, le=10)
    least: int = Field(default=3, ge=1, le=99)
    most: int = Field(default=9, ge=1, le=99)
    again: bool = True
    owners: bool = False
    filed: bool = False
    head_title: str = Field(default="主任", min_length=1, max_length=20)
    deputy_title: str = Field(default="副主任", min_length=1, max_length=20)
    member_title: str = Field(default="委员", min_length=1, max_length=20)
    supervisor_title: str = Field(default="监督委员", min_length=1, max_length=20)
    head_post: str = HEAD
    member_post: str = MEMBER

    def title_of(self, role: str) -> str:
        """How the roster calls who was elected for a role."""
        titles = (self.head_title, self.deputy_title, self.member_title, self.supervisor_title)
        return dict(zip(("head", "deputy", "member", "supervisor"), titles, strict=True))[role]

    def post_of(self, role: str) -> str:
        """The kind of post that whoever was elected for a role holds."""
        return self.head_post if role == "head" else self.member_post

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
        code="self_government_group",
        label="自治小组会",
        label_en="self-government group",
        also=("自治小组",),
        head_title="组长",
        deputy_title="副组长",
        member_title="成员",
        supervisor_title="监督员",
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

    `file_days` are those from an election until the body is filed with the street, `answer_days` the working days in
    which residents who propose a body are answered.
    """

    kinds: tuple[GoverningKind, ...] = ()
    answer_days: int = Field(default=5, ge=1, le=60)
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


def faults(data: dict[str, Any]) -> list[Fault]:
    """What is wrong with the section beyond its schema: posts that the place does not have."""
    with profiles.tried(data):
        posts = kinds_in_force()
        named = {code for kind in section().kinds for code in (kind.head_post, kind.member_post)}
        return [Fault(FILE, 1, "kinds", f"post.unknown: {code}") for code in sorted(named - posts.keys())]


def member_posts() -> frozenset[str]:
    """The kinds of posts that members of bodies hold, or held under another profile."""
    return frozenset({HEAD, MEMBER} | {code for kind in named_kinds() for code in (kind.head_post, kind.member_post)})
