"""The record types of activities, of their programmes, and of what one person did in them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.activities.operations.ledgers import activities_refused, activity_record_many
from linli.activities.operations.service_ledgers import (
    programme_record_many,
    programmes_refused,
    service_record_many,
    service_refused,
)
from linli.activities.policies import activities as policies
from linli.activities.policies.service import may_amend, service_records_visible_to
from linli.activities.workflow import LINES, SERVICE_STATES, SOURCES, STATES
from linli.core.rhythm import RHYTHMS
from linli.records.types import Column, Dimension, Measure, RecordType, register

ACTIVITY = RecordType(
    "activity",
    _("Activities"),
    "activities.Activity",
    95,
    write=activity_record_many,
    refused=activities_refused,
    dates=("day",),
    titles="志愿服务活动|活动台账|活动开展情况",
    visible=policies.activities_visible_to,
    amendable=policies.may_change_activity,
    url_name="activities:activity",
    dimensions=(
        Dimension("line", label=_("line of work"), choices=LINES),
        Dimension("kind", label=_("kind"), type="text"),
        Dimension("state", label=_("state"), choices=STATES),
        Dimension("team", label=_("team in words"), type="text"),
        Dimension("place", type="reference", to="division"),
        Dimension("organization", type="reference", to="volunteer_team"),
    ),
    measures=(
        Measure("volunteers", "number", label=pgettext_lazy("activity", "volunteers"), persons=True),
        Measure("served", "number", label=_("person-times served"), persons=True),
        Measure("attended", "number", label=_("people who came"), persons=True),
        Measure("hours", "number", label=pgettext_lazy("activity", "hours")),
        Measure("organization", "distinct", label=_("teams")),
        Measure("place", "distinct"),
    ),
    columns=(
        Column("number", "活动编号|编号", label=_("number")),
        Column("day", "活动日期|活动时间|开展日期|服务日期", label=_("day"), type="date", required=True),
        Column("line", "工作条线", label=_("line of work"), type="choice", choices=LINES),
        Column("kind", "活动类型|活动类别|类别|五联类别|服务类别", label=_("kind")),
        Column("content", "活动内容|活动名称|活动主题|内容", label=_("content")),
        Column("place", "所在位置|所属社区|社区", label=_("place"), type="place", path="place__name"),
        Column("venue", "活动地点|地点", label=_("venue")),
        Column(
            "organization",
            "服务队名称|服务队|队伍名称|组织单位",
            label=_("volunteer team"),
            type="organization",
            ref="volunteer_team",
            unknown="text",
            path="organization__name",
        ),
        Column("team", "队伍(文字)", label=_("team in words")),
        Column(
            "volunteers",
            "参加志愿者(人)|志愿者人数|参加志愿者",
            label=pgettext_lazy("activity", "volunteers"),
            type="whole",
            minimum=0,
        ),
        Column(
            "served",
            "服务居民(人次)|服务人次|受益人次|服务居民人次",
            label=_("person-times served"),
            type="whole",
            minimum=0,
        ),
        Column("attended", "参加人数|受众人数|到场人数|参与人数", label=_("people who came"), type="whole", minimum=0),
        Column(
            "hours",
            "服务时长(小时)|时长(小时)|活动时长",
            label=pgettext_lazy("activity", "hours"),
            type="number",
            minimum=0,
        ),
        Column("state", "状态|活动状态|开展情况", label=_("state"), type="choice", choices=STATES),
    ),
)
AT = Column("place", "所在位置|所属社区|社区", label=_("place"), type="place", path="place__name")
PROGRAMME = RecordType(
    "activity_programme",
    pgettext_lazy("activity", "Programmes"),
    "activities.ActivityProgramme",
    94,
    write=programme_record_many,
    refused=programmes_refused,
    span=("since", "until"),
    titles="活动计划|活动项目台账|系列活动",
    visible=policies.programmes_visible_to,
    amendable=policies.may_change_programme,
    url_name="activities:programme",
    dimensions=(
        Dimension("line", label=_("line of work"), choices=LINES),
        Dimension("kind", label=_("kind"), type="text"),
        Dimension("theme", label=pgettext_lazy("activity", "theme"), type="text"),
        Dimension("rhythm", label=_("how often"), choices=RHYTHMS),
        Dimension("place", type="reference", to="division"),
    ),
    measures=(Measure("place", "distinct"),),
    columns=(
        Column("title", "项目名称|系列名称|名称", label=_("name"), required=True),
        Column("line", "工作条线", label=_("line of work"), type="choice", choices=LINES),
        Column("kind", "类别|活动类别", label=_("kind")),
        Column("theme", "主题", label=pgettext_lazy("activity", "theme")),
        AT,
        Column(
            "organization",
            "组织单位|主办单位",
            label=pgettext_lazy("activity", "organiser"),
            type="organization",
            path="organization__name",
        ),
        Column("rhythm", "频次|周期", label=_("how often"), type="choice", choices=RHYTHMS),
        Column("venue", "地点", label=_("venue")),
        Column("since", "开始日期", label=_("since"), type="date", planned=True),
        Column("until", "结束日期", label=_("until"), type="date", planned=True),
    ),
)
SERVICE = RecordType(
    "service_record",
    pgettext_lazy("service record", "Records of service"),
    "activities.ServiceRecord",
    96,
    write=service_record_many,
    refused=service_refused,
    dates=("day",),
    titles="志愿服务签到|志愿服务记录|服务时长",
    visible=service_records_visible_to,
    amendable=may_amend,
    url_name="activities:record",
    corrects=(("person", ("name", "staff_number", "phone", "phone_hash")),),
    dimensions=(
        Dimension("state", label=_("state"), choices=SERVICE_STATES),
        Dimension("source", label=pgettext_lazy("service record", "comes from"), path="source_type", choices=SOURCES),
        Dimension("place", type="reference", to="division"),
    ),
    measures=(
        Measure("minutes", "number", label=pgettext_lazy("service record", "minutes served")),
        Measure("person", "distinct", label=_("persons"), persons=True),
        Measure("place", "distinct"),
    ),
    columns=(
        Column("number", "记录编号|编号", label=_("number")),
        Column("day", "服务日期|日期", label=_("day"), type="date", required=True),
        Column("activity", "活动名称|服务项目", label=_("activity"), path="name", required=True),
        Column(
            *("staff_number", "人员编号|志愿者编号"),
            label=_("staff number"),
            path="person__staff_number",
        ),
        Column("name", "姓名", label=_("name"), type="name", path="person__name", required=True),
        AT,
        Column(
            "organization",
            "组织单位|服务队名称",
            label=pgettext_lazy("activity", "organiser"),
            type="organization",
            path="organization__name",
        ),
        Column("content", "服务内容", label=_("content")),
        Column("responsible", "活动负责人", label=pgettext_lazy("activity", "who answers for it")),
        Column(
            "hours",
            "时长(小时)|服务时长(小时)|时长",
            label=pgettext_lazy("activity", "hours"),
            type="number",
            minimum=0,
            required=True,
        ),
        Column("state", "认定情况", label=_("state"), type="choice", choices=SERVICE_STATES),
    ),
)
register(PROGRAMME, ACTIVITY, SERVICE)
