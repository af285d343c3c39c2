"""The profile section `teams`: kinds of teams with their composition, and in which capacity people belong to one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from pydantic import Field, model_validator

from linli.records import profiles
from linli.records.profiles import Labelled, Part


class Capacity(Labelled):
    """In which capacity somebody belongs to a team; whoever holds one of these `posts` does unless said otherwise."""

    posts: tuple[str, ...] = ()


CAPACITIES: Final = (
    Capacity(
        code="committee_member",
        label="社区“两委”成员",
        label_en="community-committees member",
        also=("社区两委成员", "两委成员"),
        posts=("community_secretary", "community_director", "community_member"),
    ),
    Capacity(
        code="property_employee",
        label="物业服务企业人员",
        label_en="property-company employee",
        also=("物业人员",),
        posts=("property_handler",),
    ),
    Capacity(code="grid_worker", label="网格员", label_en="grid worker", posts=("grid_worker", "grid_lead")),
    Capacity(code="volunteer", label="志愿者", label_en="volunteer"),
    Capacity(code="owner", label="业主", label_en="owner"),
    Capacity(code="merchant", label="商户", label_en="merchant"),
    Capacity(code="other", label="其他", label_en="other"),
)
OTHER: Final = "other"


class Need(Part):
    """How many members `of` some capacities, taken together, a team has: `exactly` so many, or `at_least` so many."""

    of: tuple[str, ...] = Field(min_length=1)
    exactly: int | None = Field(default=None, ge=0, le=200)
    at_least: int | None = Field(default=None, ge=1, le=200)

    @model_validator(mode="after")
    def _says_one(self) -> "Need":
        if (self.exactly is None) == (self.at_least is None):
            raise ValueError("a need says either `exactly` or `at_least` how many")
        return self

    @property
    def wanted(self) -> int:
        """How many there are to be, at least."""
        return (self.at_least or 0) if self.exactly is None else self.exactly


THREE_AND_N: Final = (
    Need(of=("committee_member",), exactly=1),
    Need(of=("property_employee",), exactly=1),
    Need(of=("grid_worker",), exactly=1),
    Need(of=("volunteer", "owner", "merchant"), at_least=1),
)


class TeamKind(Labelled):
    """A kind of team; the roster knows its teams by `label`. Without a composition any will do."""

    composition: tuple[Need, ...] = ()


KINDS: Final = (
    TeamKind(code="task_force", label="党员突击队", label_en="task force", also=("突击队",)),
    TeamKind(code="project_team", label="党员项目组", label_en="project team", also=("项目组",)),
    TeamKind(
        code="joint_team",
        label="联建队伍",
        label_en="joint team",
        also=("“3+N”联建队伍", "3+N联建队伍"),
        composition=THREE_AND_N,
    ),
)


class TeamsSection(Part):
    """`teams.yaml`; what it is silent about is as built in. `decide_days` are working days after a planned end."""

    kinds: tuple[TeamKind, ...] = KINDS
    capacities: tuple[Capacity, ...] = CAPACITIES
    decide_days: int = Field(default=3, ge=1, le=60)

    @model_validator(mode="after")
    def _are_known(self) -> "TeamsSection":
        known = {item.code for item in self.capacities}
        strange = {code for kind in self.kinds for need in kind.composition for code in need.of} - known
        if strange:
            raise ValueError(f"no such capacity: {', '.join(sorted(strange))}; known are {', '.join(sorted(known))}")
        return self

    def kind(self, code: str) -> TeamKind | None:
        """A kind of team."""
        return next((item for item in self.kinds if item.code == code), None)

    def named(self, code: str) -> str:
        """What a capacity is called; one that the profile knows no more is called by its code."""
        return next((item.named for item in self.capacities if item.code == code), code)

    def capacity_of(self, posts: Iterable[str]) -> str:
        """In which capacity somebody with posts of these kinds belongs to a team."""
        held = set(posts)
        return next((item.code for item in self.capacities if held.intersection(item.posts)), OTHER)


@dataclass(frozen=True, slots=True)
class Short:
    """What a team lacks by one need of its kind: so many are to be `of` these, so many `have` come together."""

    need: Need
    have: int

    @property
    def missing(self) -> int:
        """How many are missing."""
        return max(0, self.need.wanted - self.have)

    @property
    def beyond(self) -> int:
        """How many there are beyond what a need says exactly."""
        return max(0, self.have - self.need.wanted) if self.need.exactly is not None else 0


def shortfalls(kind: TeamKind | None, members: Mapping[str, int]) -> list[Short]:
    """By which needs of its kind a team with so many members of each capacity falls short."""
    needs = kind.composition if kind else ()
    found = (Short(need, sum(members.get(code, 0) for code in need.of)) for need in needs)
    return [item for item in found if item.missing or item.beyond]


def section() -> TeamsSection:
    """What the profile in force says."""
    return profiles.current().section(TeamsSection)
