"""The record types of matters: cases and whistles."""

from django.utils.translation import gettext_lazy as _

from linli.cases import sections, words
from linli.cases.operations.orders import orders_refused, orders_take, orders_take_back
from linli.cases.operations.recording import case_record_many, whistle_record_many
from linli.cases.policies import cases_visible_to, may_amend, ratings_visible_to, whistles_visible_to
from linli.cases.workflow import CASE as CASE_FLOW
from linli.cases.workflow import WHISTLE as WHISTLE_FLOW
from linli.records.added import register_words
from linli.records.types import Column, Dimension, Measure, RecordType, register

AT = Column("place", "所在位置", label=_("place"), type="place", path="place__name")
NUMBERS = "编号|事项编号|工单号|工单编号|上报编号|订单号|问题编号|受理编号"
RECEIVED = "受理日期|登记日期|提出日期|收集日期|上报日期|受理时间|登记时间|收到日期|确定日期"
CLOSED = "办结日期|解决日期|办结时间|结案日期|完成日期"

CASE = RecordType(
    "case",
    _("Matters"),
    "cases.Case",
    90,
    write=case_record_many,
    dates=("received_on", "closed_on"),
    titles="问题|诉求|实事|意见|建议|调解|上报|工单",
    reported=True,
    visible=cases_visible_to,
    amendable=may_amend,
    url_name="cases:case",
    dimensions=(
        Dimension("kind", label=_("kind"), choices=words.KINDS),
        Dimension("source", label=_("source"), choices=words.SOURCES, vocabulary="case.source", reporter=True),
        Dimension("door", label=_("door"), choices=words.DOORS, reporter=True),
        Dimension("category", label=_("category"), vocabulary="case.category"),
        Dimension("urgency", label=_("urgency"), choices=words.URGENCIES),
        Dimension("state", label=_("state"), choices=tuple(CASE_FLOW.choices)),
        Dimension("outcome", label=_("outcome"), choices=words.OUTCOMES),
        Dimension("in_scope", label=_("in scope"), type="flag"),
        Dimension("verification", label=_("verified by"), choices=words.VERIFICATIONS),
        Dimension("on_the_spot", label=_("resolved on the spot"), type="flag"),
        Dimension("imported", label=_("from a ledger"), type="flag"),
        Dimension("returns", label=_("times returned"), type="number"),
        Dimension("reopened", label=_("times reopened"), type="number"),
        Dimension("place", type="reference", to="division"),
        Dimension("grid", type="reference", to="grid"),
        Dimension("lead", type="reference", to="department"),
    ),
    measures=(
        Measure("handling", "duration", label=_("time of handling"), start="received", end="closed", working=True),
        Measure("handling_days", "duration", label=_("days of handling"), start="received_on", end="closed_on"),
        Measure("place", "distinct"),
        Measure("lead", "distinct"),
        Measure("helped", "number", label=_("people helped")),
    ),
    columns=(
        Column("number", NUMBERS, label=_("number"), key=True, path="register_number"),
        Column("received", RECEIVED, label=_("received"), type="date", required=True, path="received_on"),
        Column("kind", "事项类型|事项类别", label=_("kind"), type="choice", choices=words.KINDS),
        Column("source", "来源|渠道|诉求来源", label=_("source"), type="choice", vocabulary="case.source"),
        Column(
            "category",
            "类别|问题类别|问题类型|纠纷类型",
            label=_("category"),
            type="choice",
            vocabulary="case.category",
        ),
        Column("urgency", "紧急程度", label=_("urgency"), type="choice", choices=words.URGENCIES),
        Column("text", "内容|事项内容|问题内容|问题描述|意见建议内容|实事内容|纠纷简况|上报内容", label=_("text")),
        AT,
        Column("address", "地址|具体位置|地点", label=_("address")),
        Column(
            "lead",
            "承办单位|责任单位|牵头单位|办理单位",
            label=_("lead"),
            type="organization",
            unknown="text",
            path="lead__name",
        ),
        Column("dispatched", "交办日期|派单日期", label=_("dispatched"), type="date"),
        Column("closed", CLOSED, label=_("closed"), type="date", path="closed_on"),
        Column("state", "办理状态|状态|进度", label=_("state"), type="choice", choices=tuple(CASE_FLOW.choices)),
        Column("outcome", "办理结果|结果|调解结果", label=_("outcome"), type="choice", choices=words.OUTCOMES),
        Column("result", "办理说明|处理情况|答复内容", label=_("result")),
        Column(
            "planned_end", "计划完成日期|计划完成时间|预计完成日期", label=_("planned end"), type="date", planned=True
        ),
        Column("helped", "惠及人数|受益人数|服务人数", label=_("people helped"), type="whole"),
    ),
    order=(("received", "closed"), ("received", "dispatched")),
)
WHISTLE = RecordType(
    "whistle",
    _("Whistles"),
    "cases.Whistle",
    91,
    write=whistle_record_many,
    dates=("received", "reported", "closed"),
    titles="吹哨",
    reported=True,
    visible=whistles_visible_to,
    dimensions=(
        Dimension(
            "kind",
            label=_("kind"),
            choices=(("routine", _("routine")), ("hard", _("hard")), ("emergency", _("emergency"))),
        ),
        Dimension("state", label=_("state"), choices=tuple(WHISTLE_FLOW.choices)),
        Dimension("outcome", label=_("outcome"), choices=words.OUTCOMES),
        Dimension("place", type="reference", to="division"),
    ),
    measures=(
        Measure("reporting_days", "duration", label=_("days until report-in"), start="received", end="reported"),
        Measure("place", "distinct"),
    ),
    columns=(
        Column("number", "哨单号|编号", label=_("number"), key=True),
        Column("received", "吹哨日期|吹哨时间", label=_("called"), type="date", required=True),
        AT,
        Column("text", "吹哨事项|事项", label=_("text")),
        Column("departments", "应报到部门|报到部门|部门", label=_("departments"), type="list"),
        Column("reported", "报到日期", label=_("reported in"), type="date"),
        Column("closed", "办结日期", label=_("closed"), type="date"),
        Column("state", "状态", label=_("state"), type="choice", choices=tuple(WHISTLE_FLOW.choices)),
        Column("outcome", "结果|办理结果", label=_("outcome"), type="choice", choices=words.OUTCOMES),
    ),
    order=(("received", "reported"), ("received", "closed")),
)

RATING = RecordType(
    "rating",
    _("Ratings"),
    "cases.Rating",
    92,
    # A call counts on the day it was asked; a rating is never imported, only given by the reporter.
    dates=("asked", "answered"),
    place="case__place",
    only={"asked__isnull": False},
    # One answer is one reporter's.
    persons=True,
    visible=ratings_visible_to,
    dimensions=(
        Dimension("channel", label=_("channel"), choices=words.CHANNELS),
        Dimension("reached", label=_("answered"), type="flag"),
        Dimension("solved", label=_("solved"), type="flag"),
        Dimension("satisfied", label=_("satisfied"), type="number"),
        Dimension("in_scope", label=_("in scope"), type="flag", path="case__in_scope"),
        Dimension("kind", label=_("kind"), path="case__kind", choices=words.KINDS),
        Dimension("category", label=_("category"), path="case__category", vocabulary="case.category"),
        Dimension("lead", path="case__lead", type="reference", to="department"),
    ),
    measures=(
        Measure("satisfied", "number", label=_("satisfied")),
        Measure("case", "distinct", label=_("matters")),
    ),
    columns=(
        Column("number", "编号", label=_("number"), path="case__number"),
        Column("asked", "回访日期", label=_("asked"), type="datetime"),
        Column("channel", "回访方式", label=_("channel"), type="choice", choices=words.CHANNELS),
        Column("solved", "是否解决", label=_("solved"), type="flag"),
        Column("satisfied", "满意度", label=_("satisfied"), type="whole"),
    ),
    extensible=False,
)

# A file of a platform's work orders: not a ledger of what was, but matters to be dealt with now. Once here they are
# cases like all others, so this type is only read, never listed.
WORK_ORDER = RecordType(
    "work_order",
    _("Work orders of a platform, to be dealt with"),
    "cases.Case",
    93,
    write=orders_take,
    refused=orders_refused,
    remove=orders_take_back,
    titles="热线工单|平台工单|待办工单|转办工单",
    reported=True,
    url_name="cases:case",
    columns=(
        Column("number", NUMBERS, label=_("number"), key=True, required=True, path="register_number"),
        Column("text", "诉求内容|工单内容|反映内容|问题描述|内容", label=_("text"), required=True),
        AT,
        Column("address", "地址|事发地址|具体位置|地点", label=_("address")),
        Column(
            "given_due",
            "办理时限|办理期限|办结时限|截止时间|截止日期",
            label=_("deadline"),
            type="datetime",
            planned=True,
        ),
        Column("reporter_name", "来电人|诉求人|联系人|姓名", label=_("reporter"), personal=True),
        Column("phone", "联系电话|来电号码|电话|手机", label=_("phone"), type="phone", personal=True),
        Column("kind", "事项类型|事项类别", label=_("kind"), type="choice", choices=words.KINDS),
        Column("source", "来源|渠道", label=_("source"), type="choice", vocabulary="case.source"),
        Column(
            "category",
            "类别|问题类别|问题类型|诉求类别|诉求类型",
            label=_("category"),
            type="choice",
            vocabulary="case.category",
        ),
        Column("urgency", "紧急程度", label=_("urgency"), type="choice", choices=words.URGENCIES),
    ),
    extensible=False,
)

register_words("case.category", lambda: sections.categories().values())
register(CASE, WHISTLE, RATING, WORK_ORDER)
