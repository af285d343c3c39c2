"""The profile section `honours`: which honours there are, for whom, and how long they stand in public notice."""

from typing import Final, Literal

from pydantic import Field

from linli.records import profiles
from linli.records.profiles import Labelled, Part


class HonourKind(Labelled):
    """An honour, and who receives it. `by_stars` is for honours conferred by the stars of attested hours.

    `earns` is the kind of contribution for which a person who receives it gets points (VOL-13).
    """

    recipient: Literal["person", "project", "team", "household", "merchant"] = "person"
    by_stars: bool = False
    earns: Literal["good_deed", "exemplar"] | None = None


KINDS: Final = (
    HonourKind(code="service_star", label="服务之星", label_en="service star", earns="exemplar"),
    HonourKind(code="good_deed", label="好人好事", label_en="good deed", earns="good_deed"),
    HonourKind(code="star_volunteer", label="星级志愿者", label_en="star volunteer", by_stars=True),
    HonourKind(
        code="outstanding_project",
        label="优秀服务项目",
        label_en="outstanding service project",
        recipient="project",
        also=("优秀志愿服务项目",),
    ),
    HonourKind(
        code="outstanding_team",
        label="优秀志愿服务队",
        label_en="outstanding volunteer team",
        recipient="team",
        also=("优秀志愿服务组织",),
    ),
    HonourKind(code="finest_grid_lead", label="最美网格长", label_en="finest grid lead"),
    HonourKind(code="devoted_worker", label="爱岗敬业模范", label_en="devoted worker"),
    HonourKind(code="civil_family", label="文明家庭", label_en="civil family", recipient="household"),
    HonourKind(code="reading_family", label="书香家庭", label_en="reading family", recipient="household"),
    HonourKind(code="good_neighbour", label="好邻居家庭", label_en="good neighbour household", recipient="household"),
    HonourKind(code="good_neighbour_shop", label="好邻居商户", label_en="good neighbour shop", recipient="merchant"),
)


class HonoursSection(Part):
    """`honours.yaml`. Before an award an honour stands in public notice for `notice_days` working days, five at least.

    A nomination is reviewed, and an objection answered, within `review_days` working days. Awards are shown to the
    public for `shown_days` days.
    """

    kinds: tuple[HonourKind, ...] = KINDS
    notice_days: int = Field(default=5, ge=5, le=30)
    review_days: int = Field(default=10, ge=1, le=60)
    shown_days: int = Field(default=365, ge=7, le=3650)


def section() -> HonoursSection:
    """What the profile in force says."""
    return profiles.current().section(HonoursSection)


def kinds() -> dict[str, HonourKind]:
    """The honours by their codes."""
    return {item.code: item for item in section().kinds}


def kind_codes() -> dict[str, str]:
    """Every word by which a ledger calls an honour, with its code."""
    return {
        word: item.code
        for item in section().kinds
        for word in (item.code, item.label, item.label_en, *item.also)
        if word
    }


def kind_names() -> dict[str, str]:
    """What the honours are called in the active language."""
    return {item.code: item.named for item in section().kinds}
