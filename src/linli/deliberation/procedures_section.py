"""The profile section `procedures`: how topics are decided, and which should be deliberated.

What a place writes stands over the built-in procedures of the same code. Shares and days that differ by province are
the place's; the built-in ones name their ground.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from pydantic import Field

from linli.core import clock
from linli.deliberation import procedures
from linli.deliberation.procedures import CODE, Procedure, Share, Step, Tier
from linli.records import profiles
from linli.records.profiles import Fault, Labelled, Part

FILE: Final = "procedures.yaml"
FOUR_TWO: Final = "four_two"


class CatalogueTopic(Labelled):
    """A topic that should be deliberated, by which procedure and of which tier."""

    code: str = Field(pattern=CODE, max_length=60)
    procedure: str
    tier: str = ""


class ProceduresSection(Part):
    """`procedures.yaml`. An objection is answered within `objection_days` working days, a step taken in `step_days`."""

    procedures: tuple[Procedure, ...] = ()
    tiers: tuple[Tier, ...] = ()
    topics: tuple[CatalogueTopic, ...] = ()
    objection_days: int = Field(default=5, ge=1, le=60)
    step_days: int = Field(default=10, ge=1, le=120)


def _share(text: str, of: Any = "due", by: Any = "heads", *, over: bool = False) -> Share:
    return Share(share=text, bound="more_than" if over else "at_least", of=of, by=by)


HALF_OF_PRESENT: Final = (_share("1/2", "present", over=True),)
OWNERS: Final = (_share("2/3"), _share("2/3", by="area"))
CONSULTATION: Final = "《关于加强城乡社区协商的意见》（中办发〔2015〕41号）"
OLD_RESIDENTS_LAW: Final = (
    "《城市居民委员会组织法》第九条、第十条（2018年文本）；2026年1月1日起施行的修订文本尚未核实，须对照原文填写人数要求"
)
OWNERS_GROUND: Final = "《民法典》第二百七十八条"


def _step(code: str, label: str, label_en: str, kind: Any, **more: Any) -> Step:
    return Step(code=code, label=label, label_en=label_en, kind=kind, **more)


def _disclosed(number: int, label: str, label_en: str, days: int, **more: Any) -> Step:
    return _step(f"disclosure_{number}", label, label_en, "disclose", publication_days=days, **more)


CARRY_OUT: Final = _step("carry_out", "组织实施", "carry out", "carry_out")
RATE: Final = _step("rate", "群众评议", "rating by residents", "rate", skippable=True)


def _owners(code: str, label: str, label_en: str, passing: tuple[Share, ...]) -> Procedure:
    electorate = "全体业主，按人数和专有部分面积"
    return Procedure(
        code=code,
        label=label,
        label_en=label_en,
        ground=OWNERS_GROUND,
        since=date(2021, 1, 1),
        steps=(
            _step("propose", "提出议题并公告", "propose and announce", "talk", who="业主委员会或社区"),
            _step(
                "vote",
                "业主表决",
                "vote of the owners",
                "vote",
                who="业主大会",
                electorate=electorate,
                quorum=OWNERS,
                passing=passing,
                notice_days=15,
            ),
            _disclosed(1, "公布表决结果", "result made public", 7, objections=True),
            CARRY_OUT,
            _disclosed(2, "公布实施结果", "what was done made public", 7),
        ),
    )


BUILT_IN: Final = (
    Procedure(
        code=FOUR_TWO,
        label="四议两公开",
        label_en="four deliberations, two disclosures",
        ground="“四议两公开”工作法；审议到会三分之二以上、应到党员过半同意；公开天数由各地规定",
        skips=False,
        steps=(
            _step(
                "propose",
                "党组织提议",
                "proposal of the Party organisation",
                "talk",
                who="社区党组织",
                merges="one_person",
            ),
            _step(
                "discuss",
                "“两委”商议",
                "joint meeting of the two committees",
                "meet",
                who="社区“两委”联席会议",
                electorate="“两委”成员",
                passing=(_share("1/2", over=True),),
            ),
            _step(
                "review",
                "党员大会审议",
                "review by Party members",
                "meet",
                who="党员大会",
                electorate="有表决权的党员",
                quorum=(_share("2/3"),),
                passing=(_share("1/2", over=True),),
                notice_days=3,
            ),
            _step(
                "decide",
                "居民（代表）会议决议",
                "resolution of residents or their representatives",
                "meet",
                who="居民会议或居民代表会议，由居委会主持",
                electorate="居民或居民代表",
                quorum=(_share("1/2", over=True),),
                passing=HALF_OF_PRESENT,
                papers=("会议记录（含到会名单）",),
                ground=OLD_RESIDENTS_LAW,
                until=date(2025, 12, 31),
                verified=False,
            ),
            _disclosed(1, "决议公开", "resolution made public", 7, objections=True),
            CARRY_OUT,
            _disclosed(2, "实施结果公开", "what was done made public", 7),
            _step("rate", "群众评议", "rating by residents", "rate"),
        ),
    ),
    Procedure(
        code="consultation",
        label="城乡社区协商",
        label_en="community consultation",
        ground=CONSULTATION,
        steps=(
            _step(
                "propose", "提出议题、确定参加人", "propose, and say who takes part", "talk", who="社区党组织、居委会"
            ),
            _step("inform", "事先通报内容和材料", "inform beforehand", "talk", who="居委会", skippable=True),
            _step(
                "consult",
                "组织协商、形成意见",
                "consult, everybody speaks",
                "meet",
                who="协商主体",
                electorate="利益相关方，含非户籍居民代表",
            ),
            CARRY_OUT,
            _disclosed(1, "反馈并公开结果", "report back", 7, objections=True),
            RATE,
        ),
    ),
    Procedure(
        code="five_step",
        label="五步工作法",
        label_en="five-step method",
        ground="“有事好商量、急事快商量、难事多商量、大事必商量”民主协商机制",
        tiers=("small", "urgent", "hard", "major"),
        steps=(
            _step("where", "去哪商量", "where", "talk", who="社区党组织", skippable=True),
            _step("what", "商量什么", "what", "talk", who="社区党组织"),
            _step("who", "谁来商量", "who", "talk", who="社区党组织"),
            _step("how", "怎么商量", "how", "meet", who="议事会", electorate="议事会成员和利益相关居民"),
            _step("carry_out", "如何落实商量", "follow through", "carry_out"),
            _disclosed(1, "公开落实结果", "result made public", 7, objections=True),
            RATE,
        ),
    ),
    Procedure(
        code="half_past_seven",
        label="七点半议事厅",
        label_en="half-past-seven forum",
        ground="小区议事会约定：晚上七点半，一小时",
        tiers=("small", "hard"),
        steps=(
            _step("propose", "征集议题", "collect topics", "talk", who="小区党支部、楼长", skippable=True),
            _step(
                "meet",
                "十九点三十分议事",
                "meeting at 19:30",
                "meet",
                who="小区议事会",
                electorate="小区居民",
                passing=HALF_OF_PRESENT,
            ),
            CARRY_OUT,
            _disclosed(1, "公开结果", "result made public", 7, objections=True),
            RATE,
        ),
    ),
    _owners(
        "owners_ordinary",
        "业主共同决定（一般事项）",
        "owners' decision, ordinary",
        (*HALF_OF_PRESENT, _share("1/2", "present", "area", over=True)),
    ),
    _owners(
        "owners_major",
        "业主共同决定（重大事项）",
        "owners' decision, major",
        (_share("3/4", "present"), _share("3/4", "present", "area")),
    ),
    Procedure(
        code="representatives",
        label="居民代表会议",
        label_en="meeting of residents' representatives",
        ground="《城市居民委员会组织法》（2026年1月1日起施行的修订文本尚未核实，启用前须对照原文填写人数要求）",
        since=date(2026, 1, 1),
        verified=False,
        steps=(
            _step("propose", "提出议题", "propose", "talk", who="居委会"),
            _step(
                "meet",
                "居民代表会议表决",
                "vote of the representatives",
                "meet",
                who="居民代表会议",
                electorate="居民代表",
            ),
            _disclosed(1, "公开决议", "resolution made public", 7, objections=True),
            CARRY_OUT,
            _disclosed(2, "公开实施结果", "what was done made public", 7),
        ),
    ),
    Procedure(
        code="three_meetings",
        label="三会（听证会、协调会、评议会）",
        label_en="three meetings: hearing, coordination, review",
        ground="《上海市居民委员会工作条例》第十一条、第十六条至第十八条（其他地方参照）",
        steps=(
            _step("hearing", "听证会", "hearing", "meet", who="居委会", electorate="利益相关居民和单位"),
            _step(
                "coordination",
                "协调会",
                "coordination",
                "meet",
                who="居委会",
                electorate="有分歧的各方",
                skippable=True,
            ),
            _disclosed(1, "公开决定", "decision made public", 7, objections=True),
            CARRY_OUT,
            _disclosed(2, "公开实施结果", "what was done made public", 7),
            _step("review", "评议会", "review by residents", "rate"),
        ),
    ),
)

TIERS: Final = (
    Tier(code="small", label="小事（有事好商量）", label_en="everyday: talk it over"),
    Tier(code="urgent", label="急事（急事快商量）", label_en="urgent: talk at once"),
    Tier(code="hard", label="难事（难事多商量）", label_en="hard: talk several times"),
    Tier(code="major", label="大事（大事必商量）", label_en="major: must be deliberated"),
)


def _listed(code: str, label: str, label_en: str, procedure: str, tier: str = "") -> CatalogueTopic:
    return CatalogueTopic(code=code, label=label, label_en=label_en, procedure=procedure, tier=tier)


CATALOGUE: Final = (
    _listed("plans", "社区发展规划和年度计划", "plans of the community", FOUR_TWO, "major"),
    _listed("covenant", "居民公约、自治章程制定和修订", "residents' covenant", FOUR_TWO, "major"),
    _listed("collective_funds", "集体资产和服务群众专项经费使用", "use of common money", FOUR_TWO, "major"),
    _listed("public_projects", "惠民工程和公共设施建设", "public works", FOUR_TWO, "major"),
    _listed("common_income", "公共收益使用", "use of common income", "owners_ordinary", "major"),
    _listed("property_company", "选聘和解聘物业服务企业", "choice of the property company", "owners_ordinary", "major"),
    _listed(
        "maintenance_fund", "筹集维修资金、改建重建", "raising maintenance funds, rebuilding", "owners_major", "major"
    ),
    _listed("lifts", "老旧小区加装电梯", "adding lifts", "consultation", "hard"),
    _listed("parking", "停车秩序和车位管理", "parking", "consultation", "hard"),
    _listed("pipes", "老旧管网、屋面和楼道改造", "pipes, roofs and stairs", "consultation", "hard"),
    _listed("pets", "文明养犬、噪声和油烟", "dogs, noise and fumes", "half_past_seven", "small"),
    _listed("greenery", "绿化、晾晒和活动场地", "greens and common grounds", "half_past_seven", "small"),
    _listed("safety", "飞线充电、消防通道整治", "charging and fire lanes", "five_step", "urgent"),
)


def section() -> ProceduresSection:
    """What the profile in force says."""
    return profiles.current().section(ProceduresSection)


def all_procedures() -> dict[str, Procedure]:
    """Every procedure that has a name, the place's over the built-in ones; those that are retired too."""
    return {item.code: item for item in (*BUILT_IN, *section().procedures)}


def named_procedures() -> tuple[Procedure, ...]:
    """Every procedure, for the words of lists."""
    return tuple(all_procedures().values())


def startable() -> dict[str, Procedure]:
    """The procedures by which a topic may be begun today: in force, verified, not retired."""
    today = clock.today()
    held = all_procedures().items()
    return {code: item for code, item in held if item.verified and not item.retired and item.holds_on(today)}


def unverified() -> list[Procedure]:
    """The procedures that are not offered before the place has checked them against their legal ground."""
    return [item for item in all_procedures().values() if not item.verified and not item.retired]


def tiers() -> tuple[Tier, ...]:
    """The tiers: the place's, or the built-in ones."""
    return section().tiers or TIERS


def catalogue() -> dict[str, CatalogueTopic]:
    """The topics that should be deliberated: the place's, or the built-in ones."""
    return {item.code: item for item in section().topics or CATALOGUE if not item.retired}


def faults(data: dict[str, Any]) -> list[Fault]:
    """Everything wrong in a profile's procedures, checked as if the profile were in force."""
    with profiles.tried(data) as profile:
        held = profile.section(ProceduresSection)
        if held == ProceduresSection():
            return []
        found = [*_procedures(held.procedures), *_catalogue(held, all_procedures())]
        return [Fault(FILE, 1, key, message) for key, message in found]


def _procedures(held: tuple[Procedure, ...]) -> Iterator[tuple[str, str]]:
    for number, item in enumerate(held):
        where = f"procedures.{number}"
        if item.code in [other.code for other in held[:number]]:
            yield f"{where}.code", f"procedure.twice: {item.code}"
        if item.code == FOUR_TWO and item.skips:
            yield f"{where}.skips", f"procedure.never_skipped: {item.code}"
        for key, message in procedures.faults(item):
            yield f"{where}.{key}", message


def _catalogue(held: ProceduresSection, known: dict[str, Procedure]) -> Iterator[tuple[str, str]]:
    levels = {tier.code for tier in held.tiers or TIERS}
    for number, item in enumerate(held.topics):
        if item.procedure not in known:
            yield f"topics.{number}.procedure", f"procedure.unknown: {item.procedure}"
        if item.tier and item.tier not in levels:
            yield f"topics.{number}.tier", f"procedure.tier_unknown: {item.tier}"
    for number, procedure in enumerate(held.procedures):
        for position, tier in enumerate(procedure.tiers):
            if tier not in levels:
                yield f"procedures.{number}.tiers.{position}", f"procedure.tier_unknown: {tier}"
