"""The record types of asks: what is asked by whom, and what each place was asked and answered. Counts, no contents."""

from django.utils.translation import gettext_lazy as _

from linli.accountability.models import Ask
from linli.accountability.policies import asks as policies
from linli.accountability.workflow.asks import ASK as FLOW
from linli.records.types import Column, Dimension, Measure, RecordType, register

ASK = RecordType(
    "ask",
    _("Asks"),
    "accountability.Ask",
    96,
    dates=("proposed", "due"),
    span=("since", "until"),
    extensible=False,
    visible=policies.asks_visible_to,
    url_name="asks:ask",
    dimensions=(
        Dimension("name", label=_("name"), type="text"),
        Dimension("state", label=_("state"), choices=tuple(FLOW.choices)),
        Dimension("level", label=_("level"), choices=tuple(Ask.Level.choices)),
        Dimension("period", label=_("period"), choices=tuple(Ask.Period.choices)),
        Dimension("asker", label=_("who asks"), type="text"),
        Dimension("short", label=_("at short notice"), type="flag"),
        Dimension("personal", label=_("about residents"), type="flag"),
        Dimension("place", type="reference", to="division"),
        Dimension("office", type="reference", to="department"),
    ),
    measures=(Measure("office", "distinct"), Measure("asker", "distinct", label=_("asking offices"))),
    columns=(
        Column("name", "名称|表名", label=_("name")),
        Column("asker", "填报要求单位|下发单位", label=_("who asks")),
        Column("level", "层级", label=_("level"), type="choice", choices=tuple(Ask.Level.choices)),
        Column("period", "周期", label=_("period"), type="choice", choices=tuple(Ask.Period.choices)),
        Column("ground", "依据", label=_("legal ground")),
        Column("due", "截止日期", label=_("due"), type="date", planned=True),
        Column("valid_until", "有效期至", label=_("valid until"), type="date", planned=True),
        Column("short", "是否临时", label=_("at short notice"), type="flag"),
        Column("state", "状态", label=_("state"), type="choice", choices=tuple(FLOW.choices)),
    ),
)
ASK_ANSWER = RecordType(
    "ask_answer",
    _("Answers to asks"),
    "accountability.AskAnswer",
    97,
    dates=("sent", "answered", "due"),
    extensible=False,
    visible=policies.answers_visible_to,
    url_name="asks:ask_answer",
    dimensions=(
        Dimension("level", label=_("level"), path="ask__level", choices=tuple(Ask.Level.choices)),
        Dimension("asker", label=_("who asks"), path="ask__asker", type="text"),
        Dimension("ask_state", label=_("state of the ask"), path="ask__state", choices=tuple(FLOW.choices)),
        Dimension("short", label=_("at short notice"), type="flag"),
        Dimension("place", type="reference", to="division"),
        Dimension("organization", type="reference", to="department"),
        Dimension("ask", type="reference", to="ask"),
    ),
    measures=(
        Measure("cells", "number", label=_("cells asked")),
        Measure("filled", "number", label=_("cells filled from the records")),
        Measure("typed", "number", label=_("cells typed by hand")),
        Measure("uncollected", "number", label=_("cells not collected")),
        Measure("ask", "distinct", label=_("Asks")),
        Measure("place", "distinct"),
        Measure("organization", "distinct"),
    ),
    columns=(
        Column("ask", "名称|表名", label=_("name"), path="ask__name"),
        Column("asker", "下发单位", label=_("who asks"), path="ask__asker"),
        Column("place", "填报单位所在地", label=_("place"), path="place__name"),
        Column("organization", "填报单位", label=_("unit that answers"), path="organization__name"),
        Column("sent", "下发时间", label=_("sent"), type="datetime"),
        Column("due", "截止时间", label=_("due"), type="datetime", planned=True),
        Column("answered", "报送时间", label=_("answered"), type="datetime"),
        Column("cells", "应填项", label=_("cells asked"), type="whole"),
        Column("filled", "自动填写项", label=_("cells filled from the records"), type="whole"),
        Column("typed", "手工填写项", label=_("cells typed by hand"), type="whole"),
    ),
)
register(ASK, ASK_ANSWER)
