"""The profile section `volunteering`: skills and kinds of service, ages, terms, and how long records are kept."""

from typing import Final

from pydantic import Field

from linli.records import profiles
from linli.records.profiles import Labelled, Part

SKILLS: Final = (
    Labelled(code="medical", label="医疗护理", label_en="medical care", also=("医疗", "护理", "健康")),
    Labelled(code="law", label="法律", label_en="law", also=("法律服务", "普法")),
    Labelled(code="teaching", label="教学辅导", label_en="teaching", also=("教育", "课业辅导")),
    Labelled(code="psychology", label="心理疏导", label_en="counselling", also=("心理",)),
    Labelled(code="mediation", label="矛盾调解", label_en="mediation", also=("调解",)),
    Labelled(code="electric", label="水电维修", label_en="plumbing and electrics", also=("维修", "家电维修")),
    Labelled(code="hair", label="理发", label_en="haircutting"),
    Labelled(code="arts", label="文艺书画", label_en="arts and calligraphy", also=("文艺", "书画", "歌舞")),
    Labelled(code="sports", label="体育健身", label_en="sports", also=("体育",)),
    Labelled(code="digital", label="手机电脑", label_en="phones and computers", also=("计算机", "信息技术")),
    Labelled(code="first_aid", label="应急救护", label_en="first aid", also=("急救",)),
    Labelled(code="driving", label="驾驶", label_en="driving"),
    Labelled(code="other", label="其他", label_en="other"),
)
SERVICES: Final = (
    Labelled(code="elders", label="助老", label_en="helping elders", also=("为老服务", "敬老")),
    Labelled(code="children", label="助幼", label_en="helping children", also=("关爱儿童", "托管")),
    Labelled(code="disabled", label="助残", label_en="helping disabled people"),
    Labelled(code="environment", label="环境保洁", label_en="environment", also=("环保", "清洁")),
    Labelled(code="safety", label="平安巡防", label_en="safety patrol", also=("治安巡逻", "消防宣传")),
    Labelled(code="culture", label="文体宣讲", label_en="culture and talks", also=("理论宣讲", "文化")),
    Labelled(code="health", label="健康服务", label_en="health"),
    Labelled(code="neighbours", label="邻里互助", label_en="neighbourly help", also=("调解", "代办")),
    Labelled(code="events", label="活动协助", label_en="help at events"),
    Labelled(code="other", label="其他", label_en="other"),
)
SUPPORT: Final = (
    Labelled(code="venue", label="场地", label_en="venue", also=("活动场地",)),
    Labelled(code="funds", label="资金", label_en="funds", also=("经费",)),
    Labelled(code="materials", label="物资", label_en="materials", also=("设备",)),
    Labelled(code="training", label="培训指导", label_en="training", also=("培训", "指导")),
    Labelled(code="registration", label="备案登记", label_en="registration", also=("登记",)),
    Labelled(code="project", label="项目支持", label_en="project", also=("项目",)),
    Labelled(code="other", label="其他", label_en="other"),
)


class VolunteeringSection(Part):
    """`volunteering.yaml`. Who is under `adult_age` needs a guardian's consent; nobody registers under `minimum_age`.

    Years of age. What is personal of an ended registration is deleted `kept_years` after its end. `reported_teams` is
    how many teams the place reports altogether, shown beside the sum of the parts. Within `answer_days` working days
    a request to join, a project, a claim or a request for a post is answered.
    """

    skills: tuple[Labelled, ...] = SKILLS
    services: tuple[Labelled, ...] = SERVICES
    support: tuple[Labelled, ...] = SUPPORT
    minimum_age: int = Field(default=14, ge=6, le=18)
    adult_age: int = Field(default=18, ge=14, le=21)
    kept_years: int = Field(default=3, ge=0, le=30)
    answer_days: int = Field(default=5, ge=1, le=30)
    reported_teams: int = Field(default=0, ge=0)


def section() -> VolunteeringSection:
    """What the profile in force says."""
    return profiles.current().section(VolunteeringSection)


def skill_names() -> dict[str, str]:
    """What skills are called in the active language."""
    return {item.code: item.named for item in section().skills if not item.retired}


def service_names() -> dict[str, str]:
    """What kinds of service are called in the active language."""
    return {item.code: item.named for item in section().services if not item.retired}


def support_names() -> dict[str, str]:
    """What kinds of support are called in the active language."""
    return {item.code: item.named for item in section().support if not item.retired}
