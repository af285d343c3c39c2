"""The record type of activities."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.activities import policies
from linli.activities.operations import activities_refused, activity_record_many
from linli.activities.workflow import LINES, STATES
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
register(ACTIVITY)
