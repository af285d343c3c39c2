"""The record types of volunteers and of who belongs to which team."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.records.added import register_words
from linli.records.types import Column, Dimension, Measure, RecordType, register
from linli.volunteering import sections
from linli.volunteering.operations.ledgers import volunteer_record_many, volunteers_refused, volunteers_remove
from linli.volunteering.operations.team_ledgers import membership_record_many, memberships_refused
from linli.volunteering.policies import volunteers as policies
from linli.volunteering.workflow import MEMBERSHIPS, SEXES, VOLUNTEERS

SKILLS = "volunteer.skill"
SERVICES = "volunteer.service"
PLACE = Dimension("place", type="reference", to="division")
PLACES = Measure("place", "distinct")
AT = Column("place", "社区|所属社区|居住社区|居住区域", label=_("place"), type="place", path="place__name")
NUMBER = pgettext_lazy("volunteer", "volunteer number")
STATES = tuple(VOLUNTEERS.choices)

VOLUNTEER_TYPE = RecordType(
    "volunteer",
    pgettext_lazy("volunteering", "Volunteers"),
    "volunteering.Volunteer",
    100,
    write=volunteer_record_many,
    refused=volunteers_refused,
    remove=volunteers_remove,
    span=("registered_on", "ended_on"),
    persons=True,
    extensible=False,
    corrects=(("person", ("name", "staff_number", "phone", "phone_hash")),),
    titles="注册志愿者|志愿者名册|志愿者花名册",
    visible=policies.volunteers_visible_to,
    url_name="volunteering:volunteer",
    dimensions=(
        Dimension("state", label=_("state"), choices=STATES),
        Dimension("sex", label=pgettext_lazy("volunteer", "sex"), choices=SEXES),
        Dimension("skills", label=pgettext_lazy("volunteer", "skills"), type="list", vocabulary=SKILLS),
        Dimension("services", label=pgettext_lazy("volunteer", "kinds of service"), type="list", vocabulary=SERVICES),
        PLACE,
        Dimension("person", type="reference", to="person"),
    ),
    measures=(PLACES, Measure("person", "distinct", label=_("persons"), persons=True)),
    columns=(
        Column("number", "志愿者编号|注册编号|编号", label=NUMBER, required=True, key=True),
        Column("name", "姓名|志愿者姓名", label=_("name"), type="name", path="person__name", personal=True),
        Column("phone", "手机号码|联系电话|手机号|电话|联系方式", label=_("phone"), type="phone", personal=True),
        AT,
        Column("registered", "注册日期|登记日期|注册时间", label=_("registered on"), type="date", path="registered_on"),
        Column("state", "状态|注册状态", label=_("state"), type="choice", choices=STATES),
        Column("ended", "注销日期|退出日期", label=_("ended on"), type="date", path="ended_on"),
        Column("sex", "性别", label=pgettext_lazy("volunteer", "sex"), type="choice", choices=SEXES, personal=True),
        Column(
            "skills",
            "专业技能|技能特长|特长",
            label=pgettext_lazy("volunteer", "skills"),
            type="list",
            vocabulary=SKILLS,
        ),
        Column(
            "services",
            "服务类别|服务意向",
            label=pgettext_lazy("volunteer", "kinds of service"),
            type="list",
            vocabulary=SERVICES,
        ),
    ),
    order=(("registered", "ended"),),
)
MEMBERSHIP_TYPE = RecordType(
    "team_membership",
    pgettext_lazy("volunteering", "Team memberships"),
    "volunteering.TeamMembership",
    102,
    write=membership_record_many,
    refused=memberships_refused,
    span=("since", "until"),
    persons=True,
    extensible=False,
    titles="队员名册|志愿服务队队员",
    visible=policies.memberships_visible_to,
    dimensions=(
        Dimension("state", label=_("state"), choices=MEMBERSHIPS),
        Dimension("lead", label=pgettext_lazy("team member", "leads the team"), type="flag"),
        Dimension("team", label=_("volunteer team"), type="reference", to="volunteer_team"),
        Dimension("volunteer", label=pgettext_lazy("volunteering", "volunteer"), type="reference", to="volunteer"),
        PLACE,
    ),
    measures=(
        Measure("volunteer", "distinct", label=pgettext_lazy("volunteering", "volunteers"), persons=True),
        Measure("team", "distinct", label=_("teams")),
        PLACES,
    ),
    columns=(
        Column("number", "志愿者编号|队员编号", label=NUMBER, path="volunteer__number", required=True, key=True),
        Column(
            "team",
            "服务队名称|队伍名称|服务队",
            label=_("volunteer team"),
            type="organization",
            ref="volunteer_team",
            path="team__name",
            required=True,
            key=True,
        ),
        Column("since", "入队日期|加入日期", label=_("since"), type="date"),
        Column("until", "退队日期|退出日期", label=_("until"), type="date"),
        Column("lead", "是否队长|队长", label=pgettext_lazy("team member", "leads the team"), type="flag"),
    ),
    order=(("since", "until"),),
)
register(VOLUNTEER_TYPE, MEMBERSHIP_TYPE)
register_words(SKILLS, lambda: sections.section().skills)
register_words(SERVICES, lambda: sections.section().services)
