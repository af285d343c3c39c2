"""The profile section `workforce`: programmes, channels, modes and credentials by the place's names, and its rules."""

from typing import Final, Literal

from pydantic import Field, model_validator

from linli.records import profiles
from linli.records.profiles import Labelled, Part

PROGRAMMES: Final = (
    Labelled(code="rotation", label="集中轮训", label_en="rotation training"),
    Labelled(code="lecture", label="素能提升大讲堂", label_en="lecture"),
    Labelled(code="exam_course", label="考前冲刺集训", label_en="exam course"),
    Labelled(code="professional", label="业务培训", label_en="professional training"),
)
CHANNELS: Final = (
    Labelled(code="university", label="高校培", label_en="at a university"),
    Labelled(code="base", label="基地训", label_en="at a training base"),
    Labelled(code="study_visit", label="出去学", label_en="study visit"),
    Labelled(code="invited_teacher", label="请来教", label_en="invited teacher"),
)
MODES: Final = (
    Labelled(code="class", label="集中训", label_en="in class"),
    Labelled(code="online", label="线上学", label_en="online"),
    Labelled(code="on_the_job", label="线下带", label_en="on the job"),
)
CREDENTIALS: Final = (
    Labelled(code="assistant_social_worker", label="助理社会工作师", label_en="assistant social worker"),
    Labelled(code="social_worker", label="社会工作师", label_en="social worker"),
    Labelled(code="senior_social_worker", label="高级社会工作师", label_en="senior social worker"),
)
CONTESTS: Final = (
    Labelled(code="skills", label="职业能力竞赛", label_en="contest of skills"),
    Labelled(code="projects", label="服务群众项目大赛", label_en="contest of projects"),
)
LEVELS: Final = (
    Labelled(code="county", label="县级", label_en="county"),
    Labelled(code="street", label="街道", label_en="subdistrict"),
    Labelled(code="community", label="社区", label_en="community"),
)
PLATFORMS: Final = (
    Labelled(code="wechat_group", label="微信群", label_en="WeChat group"),
    Labelled(code="qq_group", label="QQ群", label_en="QQ group"),
)


class TrainingRule(Labelled):
    """What is owed, in a period that ends with its month or year.

    `sessions`: every unit (`each`) holds so many sessions of a programme. `persons`: everybody who holds one of the
    `posts` came so often, to a session of the programme where one is named. `mentors`: everybody who holds one of the
    `posts` has a mentor. What is missing is owed from `warn_days` before the period ends.
    """

    of: Literal["sessions", "persons", "mentors"]
    programme: str = ""
    posts: tuple[str, ...] = ()
    times: int = Field(default=1, ge=1, le=99)
    every: Literal["month", "year"] = "year"
    each: Literal["root", "county", "street", "community"] = "root"
    warn_days: int = Field(default=60, ge=0, le=366)
    refs: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> "TrainingRule":
        if self.of == "sessions" and self.posts:
            raise ValueError("a rule of sessions names a programme, not posts")
        if self.of != "sessions" and not self.posts:
            raise ValueError("a rule of persons or mentors names the posts that it is for")
        if self.of == "mentors" and (self.programme or self.times != 1):
            raise ValueError("a rule of mentors names posts only")
        return self


class WorkforceSection(Part):
    """`workforce.yaml`. A credential is verified within `verify_days` working days."""

    programmes: tuple[Labelled, ...] = PROGRAMMES
    channels: tuple[Labelled, ...] = CHANNELS
    modes: tuple[Labelled, ...] = MODES
    credentials: tuple[Labelled, ...] = CREDENTIALS
    contests: tuple[Labelled, ...] = CONTESTS
    levels: tuple[Labelled, ...] = LEVELS
    platforms: tuple[Labelled, ...] = PLATFORMS
    rules: tuple[TrainingRule, ...] = ()
    verify_days: int = Field(default=5, ge=1, le=30)

    @model_validator(mode="after")
    def _known(self) -> "WorkforceSection":
        known = {item.code for item in self.programmes}
        strange = [rule.programme for rule in self.rules if rule.programme and rule.programme not in known]
        if strange:
            raise ValueError(f"no such programme: {', '.join(strange)}")
        return self


def section() -> WorkforceSection:
    """What the profile in force says."""
    return profiles.current().section(WorkforceSection)


def named(items: tuple[Labelled, ...]) -> list[tuple[str, str]]:
    """Codes and names in the active language, as choices."""
    return [(item.code, item.named) for item in items]
