"""The profile section `careers`: the ladder, how many posts and reserves there should be, criteria, talents, pay."""

from decimal import Decimal
from typing import Final

from pydantic import Field, field_validator, model_validator

from linli.careers.workflow import ALLOWANCES, COMMITTEE, COMPONENTS, SECRETARY
from linli.records import profiles
from linli.records.profiles import Labelled, Part

STEPS: Final = (
    Labelled(code="competition", label="竞岗", label_en="competition", also=("竞聘", "竞争上岗")),
    Labelled(code="interview", label="面试", label_en="interview"),
    Labelled(code="vetting", label="考查", label_en="vetting", also=("考察",)),
)
ALL_STEPS: Final = tuple(item.code for item in STEPS)


class Rung(Labelled):
    """A rung of the ladder: the kinds of posts that stand on it, and the steps by which one comes up to it.

    Whoever reaches it leaves the reserve for `fills` (secretary or committee).
    """

    posts: tuple[str, ...] = ()
    steps: tuple[str, ...] = ALL_STEPS
    fills: str = ""

    @field_validator("steps")
    @classmethod
    def _are_steps(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        strange = [code for code in value if code not in ALL_STEPS]
        if strange:
            raise ValueError(f"no such step: {', '.join(strange)}; known are {', '.join(ALL_STEPS)}")
        return value


LADDER: Final = (
    Rung(code="worker", label="社区工作者", label_en="community worker", posts=("community_worker",), steps=()),
    Rung(
        code="member",
        label="社区委员",
        label_en="committee member",
        also=("社区“两委”委员", "两委委员"),
        posts=("community_member",),
        steps=("vetting",),
        fills=COMMITTEE,
    ),
    Rung(code="deputy", label="社区副职", label_en="community deputy", also=("副职",), fills=COMMITTEE),
    Rung(
        code="head",
        label="社区正职",
        label_en="community secretary or director",
        also=("正职", "社区书记(主任)"),
        posts=("community_secretary", "community_director"),
        fills=SECRETARY,
    ),
)
CRITERIA: Final = (
    Labelled(code="politics", label="思想政治素质高", label_en="politically sound"),
    Labelled(code="conduct", label="道德品行优良", label_en="of good conduct"),
    Labelled(code="prosperity", label="带富能力突出", label_en="strong in leading to prosperity"),
    Labelled(code="coordination", label="协调能力较强", label_en="strong in coordination"),
)
FACTORS: Final = (
    Labelled(code="scale", label="社区规模", label_en="size of the community"),
    Labelled(code="density", label="人口密度", label_en="density of population"),
    Labelled(code="radius", label="服务半径", label_en="radius of service"),
    Labelled(code="composition", label="居民构成", label_en="composition of residents"),
    Labelled(code="units", label="辖区单位数量", label_en="number of local units"),
    Labelled(code="groups", label="特定人群服务对象", label_en="groups with needs of their own"),
)


class TalentKind(Labelled):
    """A category of talents; `elder` are the five olds."""

    elder: bool = False


TALENTS: Final = (
    TalentKind(code="cadre", label="老干部", label_en="retired official", elder=True),
    TalentKind(code="party_member", label="老党员", label_en="veteran Party member", elder=True),
    TalentKind(code="teacher", label="老教师", label_en="retired teacher", elder=True),
    TalentKind(code="model", label="老模范", label_en="model worker of old", elder=True),
    TalentKind(code="expert", label="老专家", label_en="retired expert", elder=True),
    TalentKind(code="retired", label="退休党员干部", label_en="retired Party cadre"),
    TalentKind(code="veteran", label="退役军人", label_en="veteran"),
    TalentKind(code="founder", label="创业致富能手", label_en="successful founder", also=("致富能手",)),
    TalentKind(code="other", label="其他", label_en="other"),
)


class Band(Labelled):
    """An allowance and between how many yuan a month it lies."""

    least: Decimal = Field(ge=0)
    most: Decimal = Field(ge=0)

    @model_validator(mode="after")
    def _is_a_band(self) -> "Band":
        if self.code not in ALLOWANCES:
            raise ValueError(f"no such allowance: {self.code}; known are {', '.join(ALLOWANCES)}")
        if self.least > self.most:
            raise ValueError("an allowance has at least as much at most as at least")
        return self


BANDS: Final = (
    Band(
        code="credential",
        label="职业资格津贴",
        label_en="credential allowance",
        least=Decimal(100),
        most=Decimal(300),
    ),
    Band(code="education", label="学历津贴", label_en="education allowance", least=Decimal(100), most=Decimal(500)),
)


class Staffing(Part):
    """How many community workers a place should have: `per_10000` urban residents, 18 by the national rule.

    `own_per_10000` is the place's own ratio, `series` the statistic of residents, `grid_workers` how many a grid has.
    """

    per_10000: Decimal = Field(default=Decimal(18), ge=0)
    own_per_10000: Decimal | None = Field(default=None, ge=0)
    series: str = "urban_residents"
    posts: tuple[str, ...] = ("community_secretary", "community_director", "community_member", "community_worker")
    grid_workers: int = Field(default=1, ge=0, le=20)


class ReserveRule(Part):
    """How many reserves each community has at all times, and in how many working days is decided and filled up."""

    secretary: int = Field(default=1, ge=0, le=20)
    committee: int = Field(default=2, ge=0, le=20)
    approve_days: int = Field(default=5, ge=1, le=60)
    fill_days: int = Field(default=20, ge=1, le=250)


class CareersSection(Part):
    """`careers.yaml`: what there is no word about is as below."""

    ladder: tuple[Rung, ...] = LADDER
    criteria: tuple[Labelled, ...] = CRITERIA
    factors: tuple[Labelled, ...] = FACTORS
    staffing: Staffing = Staffing()
    reserves: ReserveRule = ReserveRule()
    talents: tuple[TalentKind, ...] = TALENTS
    components: tuple[str, ...] = tuple(code for code, _label in COMPONENTS)
    allowances: tuple[Band, ...] = BANDS
    steward_unit: str = "steward_unit"

    @field_validator("components")
    @classmethod
    def _are_components(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        strange = [code for code in value if code not in dict(COMPONENTS)]
        if strange:
            raise ValueError(f"no such part of pay: {', '.join(strange)}; known are {', '.join(dict(COMPONENTS))}")
        return value

    def rung(self, code: str) -> Rung | None:
        """A rung of the ladder."""
        return next((item for item in self.ladder if item.code == code), None)

    def height(self, code: str) -> int:
        """How high a rung stands; -1 where it is none."""
        return next((at for at, item in enumerate(self.ladder) if item.code == code), -1)

    def next_after(self, code: str) -> Rung | None:
        """The rung above one; the first where there is none yet."""
        above = self.height(code) + 1
        return self.ladder[above] if above < len(self.ladder) else None

    def wanted(self, target: str) -> int:
        """How many reserves a community has for a target."""
        return self.reserves.secretary if target == SECRETARY else self.reserves.committee

    def band(self, kind: str) -> Band | None:
        """The band of an allowance."""
        return next((item for item in self.allowances if item.code == kind), None)


def section() -> CareersSection:
    """What the profile in force says."""
    return profiles.current().section(CareersSection)


def names(items: tuple[Labelled, ...]) -> dict[str, str]:
    """What words of the profile are called in the active language."""
    return {item.code: item.named for item in items}
