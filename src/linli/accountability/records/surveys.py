"""The record type of accountability: surveys of satisfaction as totals."""

from django.utils.translation import gettext_lazy as _

from linli.accountability.operations.surveys import survey_record_many, surveys_recognised, surveys_refused
from linli.accountability.policies import surveys as policies
from linli.records.types import Column, Dimension, Measure, RecordType, register

SURVEY = RecordType(
    "satisfaction_survey",
    _("Satisfaction surveys"),
    "accountability.SatisfactionSurvey",
    94,
    write=survey_record_many,
    refused=surveys_refused,
    recognised=surveys_recognised,
    dates=("on",),
    titles="满意度测评|满意度调查|满意度",
    visible=policies.surveys_visible_to,
    amendable=policies.may_change_survey,
    url_name="accountability:survey",
    dimensions=(
        Dimension("title", label=_("name"), type="text"),
        Dimension("place", type="reference", to="division"),
    ),
    # Whoever answered is a person; who is not satisfied is what remains of those who answered.
    measures=(
        Measure("asked", "number", label=_("number asked"), persons=True),
        Measure("answered", "number", label=_("number of answers"), persons=True),
        Measure("satisfied", "number", label=_("number satisfied"), persons=True, part_of="answered"),
        Measure("place", "distinct"),
    ),
    columns=(
        Column("title", "测评名称|测评项目|调查名称|测评内容|名称", label=_("name"), required=True),
        Column("on", "测评日期|测评时间|调查日期|日期", label=_("day"), type="date", required=True),
        Column("place", "所在位置|测评地点|所属社区", label=_("place"), type="place", path="place__name"),
        Column(
            "asked",
            "发放数|发出数|测评人数|调查人数|应测人数|发放问卷数",
            label=_("number asked"),
            type="whole",
            required=True,
        ),
        Column(
            "answered",
            "收回数|回收数|参评人数|有效问卷数|收回问卷数",
            label=_("number of answers"),
            type="whole",
            required=True,
        ),
        Column("satisfied", "满意数|满意人数|满意问卷数", label=_("number satisfied"), type="whole", required=True),
        Column("source", "来源|测评单位", label=_("source")),
    ),
)
register(SURVEY)
