"""The record types of projects, claims, volunteer posts and support."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.records.added import register_words
from linli.records.types import Column, Dimension, Measure, RecordType, register
from linli.volunteering import sections
from linli.volunteering.operations.project_ledgers import (
    claim_record_many,
    claims_refused,
    post_record_many,
    posts_refused,
    project_record_many,
    projects_refused,
    support_record_many,
    support_refused,
)
from linli.volunteering.policies import projects as policies
from linli.volunteering.policies.volunteers import may_amend
from linli.volunteering.workflow import CLAIMS, KINDS, POSTS, PROJECTS

SUPPORT = "support_record.kind"
PLACE = Dimension("place", type="reference", to="division")
PLACES = Measure("place", "distinct")
AT = Column("place", "社区|所属社区|街道|所在社区", label=_("place"), type="place", path="place__name")
STAGES = tuple(PROJECTS.choices)
STAGE = pgettext_lazy("volunteer project", "stage")
KIND = pgettext_lazy("volunteer project", "kind")
NUMBER = pgettext_lazy("volunteer project", "project number")
TEAM = Column(
    "team",
    "服务队名称|服务队|实施队伍|申报队伍",
    label=_("volunteer team"),
    type="organization",
    ref="volunteer_team",
    path="team__name",
)

PROJECT_TYPE = RecordType(
    "service_project",
    pgettext_lazy("volunteering", "Volunteer projects"),
    "volunteering.ServiceProject",
    104,
    write=project_record_many,
    refused=projects_refused,
    dates=("proposed_on", "graduated_on", "ended_on"),
    titles="志愿服务项目|项目孵化|微项目",
    visible=policies.projects_visible_to,
    amendable=may_amend,
    url_name="volunteering:project",
    dimensions=(
        Dimension("kind", label=KIND, choices=KINDS),
        Dimension("stage", label=STAGE, choices=STAGES),
        Dimension("team", label=_("volunteer team"), type="reference", to="volunteer_team"),
        PLACE,
    ),
    measures=(PLACES, Measure("team", "distinct", label=_("teams"))),
    columns=(
        Column("number", "项目编号|编号", label=NUMBER, required=True, key=True),
        Column("name", "项目名称|品牌名称|名称", label=_("name"), required=True),
        Column("kind", "项目类别|类别", label=KIND, type="choice", choices=KINDS),
        AT,
        TEAM,
        Column("stage", "项目阶段|阶段|状态", label=STAGE, type="choice", choices=STAGES),
        Column(
            "proposed",
            "申报日期|提出日期|发布日期",
            label=pgettext_lazy("volunteer project", "proposed on"),
            type="date",
            path="proposed_on",
        ),
        Column(
            "graduated",
            "孵化成功日期|出池日期",
            label=pgettext_lazy("volunteer project", "graduated on"),
            type="date",
            path="graduated_on",
        ),
        Column("ended", "关闭日期|完成日期", label=_("ended on"), type="date", path="ended_on"),
    ),
    order=(("proposed", "graduated"), ("proposed", "ended")),
)
CLAIM_TYPE = RecordType(
    "project_claim",
    pgettext_lazy("volunteering", "Claims of projects"),
    "volunteering.ProjectClaim",
    105,
    write=claim_record_many,
    refused=claims_refused,
    dates=("claimed_on", "delivered_on", "confirmed_on"),
    titles="项目认领|认领台账",
    visible=policies.claims_visible_to,
    amendable=may_amend,
    dimensions=(
        Dimension("state", label=_("state"), choices=CLAIMS),
        Dimension("lead", label=pgettext_lazy("claim", "leads"), type="flag"),
        Dimension("project", label=_("volunteer project"), type="reference", to="service_project"),
        Dimension("organization", label=_("body"), type="reference", to="member_unit"),
        PLACE,
    ),
    measures=(
        PLACES,
        Measure("project", "distinct", label=pgettext_lazy("volunteering", "projects")),
        Measure("organization", "distinct", label=_("bodies")),
    ),
    columns=(
        Column("project", "项目编号|认领项目编号", label=NUMBER, path="project__number", required=True, key=True),
        Column(
            "organization",
            "认领单位|认领组织",
            label=pgettext_lazy("claim", "claimed by"),
            type="organization",
            ref="member_unit|department|volunteer_team|social_organization|party_organization",
            path="organization__name",
            required=True,
            key=True,
        ),
        Column(
            "claimed",
            "认领日期",
            label=pgettext_lazy("claim", "claimed on"),
            type="date",
            path="claimed_on",
        ),
        Column("delivered", "完成日期", label=pgettext_lazy("claim", "delivered on"), type="date", path="delivered_on"),
        Column("confirmed", "确认日期", label=pgettext_lazy("claim", "confirmed on"), type="date", path="confirmed_on"),
    ),
    order=(("claimed", "delivered"), ("delivered", "confirmed")),
)
POST_TYPE = RecordType(
    "volunteer_post",
    pgettext_lazy("volunteering", "Volunteer posts"),
    "volunteering.VolunteerPost",
    106,
    write=post_record_many,
    refused=posts_refused,
    span=("since", "until"),
    titles="志愿岗|认岗",
    visible=policies.projects_visible_to,
    amendable=may_amend,
    url_name="volunteering:post",
    dimensions=(Dimension("state", label=_("state"), choices=POSTS), PLACE),
    measures=(
        PLACES,
        Measure("seats", "number", label=pgettext_lazy("volunteer post", "seats")),
    ),
    columns=(
        Column(
            "number",
            "岗位编号|编号",
            label=pgettext_lazy("volunteer post", "post number"),
            required=True,
            key=True,
        ),
        Column("name", "岗位名称|志愿岗|岗位", label=_("name"), required=True),
        Column("tasks", "岗位职责|职责", label=pgettext_lazy("volunteer post", "tasks")),
        AT,
        Column("seats", "岗位人数|人数", label=pgettext_lazy("volunteer post", "seats"), type="whole", minimum=1),
        Column("since", "设立日期|开放日期", label=_("since"), type="date"),
        Column("until", "撤销日期|关闭日期", label=_("until"), type="date"),
    ),
    order=(("since", "until"),),
)
SUPPORT_TYPE = RecordType(
    "support_record",
    pgettext_lazy("volunteering", "Support for social organisations"),
    "volunteering.SupportRecord",
    107,
    write=support_record_many,
    refused=support_refused,
    dates=("on",),
    titles="社会组织扶持|社会组织培育",
    visible=policies.projects_visible_to,
    amendable=may_amend,
    dimensions=(
        Dimension("kind", label=pgettext_lazy("support", "kind of support"), vocabulary=SUPPORT),
        Dimension("organization", label=_("social organisation"), type="reference", to="social_organization"),
        PLACE,
    ),
    measures=(
        PLACES,
        Measure("organization", "distinct", label=pgettext_lazy("support", "social organisations")),
    ),
    columns=(
        Column(
            "organization",
            "社会组织名称|组织名称|社会组织",
            label=_("social organisation"),
            type="organization",
            ref="social_organization|arts_group",
            path="organization__name",
            required=True,
            key=True,
        ),
        AT,
        Column("on", "扶持日期|日期", label=_("day"), type="date", required=True, key=True),
        Column(
            "kind",
            "扶持类别|支持类别",
            label=pgettext_lazy("support", "kind of support"),
            type="choice",
            vocabulary=SUPPORT,
        ),
        Column("what", "扶持内容|支持内容|内容", label=pgettext_lazy("support", "what was given")),
        Column("amount", "金额(元)|金额", label=_("sum in yuan"), type="number", minimum=0),
    ),
)
register(PROJECT_TYPE, CLAIM_TYPE, POST_TYPE, SUPPORT_TYPE)
register_words(SUPPORT, lambda: sections.section().support)
