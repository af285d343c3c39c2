"""The record types of services. None has a column or dimension that says who asked or who came."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.records.added import register_words
from linli.records.types import Column, Dimension, Measure, RecordType, register
from linli.services import policies, sections
from linli.services.operations.items import item_record_many, items_refused
from linli.services.workflow import (
    APPOINTMENT_STATES,
    DOORS,
    ENDS,
    HOWS,
    ITEM_STATES,
    OUTCOMES,
    PROXY_STATES,
    REQUEST,
    SLOT_STATES,
)

KINDS = "services.appointment"
PLACE = Dimension("place", type="reference", to="division")
PLACES = Measure("place", "distinct")
STATE = _("state")
ITEM = pgettext_lazy("service item", "service item")
KIND = pgettext_lazy("appointment", "what one comes for")
STATES = tuple(REQUEST.choices)
AT = Column("place", "社区|所属社区", label=_("place"), type="place", path="place__name")
register(
    RecordType(
        "service_item",
        pgettext_lazy("service item", "Service items"),
        "services.ServiceItem",
        131,
        write=item_record_many,
        refused=items_refused,
        span=("since", "until"),
        titles="办事指南|服务事项清单|政务服务事项|代办事项清单",
        visible=policies.items_visible_to,
        amendable=policies.may_amend,
        url_name="services:item",
        dimensions=(
            Dimension("state", label=STATE, choices=ITEM_STATES),
            Dimension("by_proxy", type="flag", label=_("an agent may act for one")),
            PLACE,
        ),
        measures=(PLACES, Measure("days", "number", label=_("working days"))),
        columns=(
            Column("label", "事项名称|办理事项|服务事项", label=ITEM, required=True, key=True),
            Column("place", "社区|所属社区|街道", label=_("place"), type="place", path="place__name"),
            Column("office", "办理机构|办理部门|承办单位", label=_("office")),
            Column("conditions", "受理条件|办理条件", label=_("who may ask")),
            Column("papers", "申请材料|所需材料", label=_("papers that are needed")),
            Column("days", "承诺时限(工作日)|办理时限(工作日)", label=_("working days"), type="whole", minimum=1),
            Column("fee", "收费标准|是否收费", label=_("what it costs")),
            Column("where", "办理地点|办理窗口", label=pgettext_lazy("service item", "where")),
            Column("basis", "设定依据|办理依据", label=_("legal basis")),
            Column("by_proxy", "可否代办|是否可代办", label=_("an agent may act for one"), type="flag"),
            Column("since", "实施日期", label=_("first day"), type="date", planned=True),
            Column("until", "停办日期", label=_("last day"), type="date", planned=True),
            Column("state", "状态", label=STATE, type="choice", choices=ITEM_STATES),
        ),
    ),
    RecordType(
        "service_request",
        _("Service requests"),
        "services.ServiceRequest",
        132,
        dates=("asked", "taken", "decided", "ended"),
        titles="窗口受理|办件",
        visible=policies.requests_visible_to,
        amendable=policies.may_amend,
        url_name="services:request",
        dimensions=(
            Dimension("state", label=STATE, choices=STATES),
            Dimension("outcome", label=_("what came of it"), choices=OUTCOMES),
            Dimension("door", label=pgettext_lazy("service request", "how it was asked for"), choices=DOORS),
            Dimension("solved", type="flag", label=_("the resident says it is solved")),
            Dimension("item", type="reference", to="service_item"),
            PLACE,
        ),
        measures=(
            PLACES,
            Measure("satisfied", "number", label=_("how satisfied, 1 to 5")),
            Measure(
                "working", "duration", label=_("working time until decided"), start="taken", end="decided", working=True
            ),
        ),
        columns=(
            Column("number", "受理编号", label=_("receipt number"), key=True),
            AT,
            Column("item", "事项名称", label=ITEM, path="item__label"),
            Column("body", "承办单位", label=_("office"), path="organization__name"),
            Column(
                "door",
                "受理渠道",
                label=pgettext_lazy("service request", "how it was asked for"),
                type="choice",
                choices=DOORS,
            ),
            Column("taken", "受理时间", label=pgettext_lazy("service request", "taken in"), type="datetime"),
            Column("due", "承诺办结时间", label=_("due by"), type="datetime"),
            Column("decided", "办结时间", label=pgettext_lazy("service request", "decided"), type="datetime"),
            Column("outcome", "办理结果", label=_("what came of it"), type="choice", choices=OUTCOMES),
            Column("state", "状态", label=STATE, type="choice", choices=STATES),
        ),
    ),
    RecordType(
        "proxy_request",
        pgettext_lazy("proxy", "Proxy handling"),
        "services.Proxy",
        133,
        dates=("given_on", "ended_on"),
        titles="代办台账|代办",
        visible=policies.proxies_visible_to,
        amendable=policies.may_amend_proxy,
        place="request__place",
        dimensions=(
            Dimension("state", label=STATE, choices=PROXY_STATES),
            Dimension("how", label=_("how it was given"), choices=HOWS),
            Dimension("why", label=_("why it ended"), choices=ENDS),
            Dimension("place", type="reference", to="division", path="request__place"),
        ),
        measures=(Measure("place", "distinct", path="request__place"),),
        columns=(
            Column("number", "受理编号", label=_("receipt number"), path="request__number", key=True),
            Column("place", "社区|所属社区", label=_("place"), type="place", path="request__place__name"),
            Column("item", "代办事项", label=ITEM, path="request__item__label"),
            Column("how", "委托方式", label=_("how it was given"), type="choice", choices=HOWS),
            Column("given_on", "委托日期", label=_("given on"), type="date"),
            Column("until", "委托截止", label=_("last day"), type="date", planned=True),
            Column("ended_on", "结束日期", label=_("ended on"), type="date"),
            Column("state", "状态", label=STATE, type="choice", choices=PROXY_STATES),
        ),
    ),
    RecordType(
        "appointment_slot",
        pgettext_lazy("appointment", "Times for appointments"),
        "services.AppointmentSlot",
        134,
        dates=("starts",),
        titles="预约时段",
        visible=policies.slots_visible_to,
        amendable=policies.may_amend,
        dimensions=(
            Dimension("kind", label=KIND, vocabulary=KINDS),
            Dimension("state", label=STATE, choices=SLOT_STATES),
            PLACE,
        ),
        measures=(
            PLACES,
            Measure("capacity", "number", label=_("how many can book")),
            Measure("came", "number", label=_("how many came")),
        ),
        columns=(
            AT,
            Column("kind", "预约类型", label=KIND, type="choice", vocabulary=KINDS, key=True),
            Column("starts", "开始时间", label=_("from"), type="datetime"),
            Column("ends", "结束时间", label=_("until"), type="datetime"),
            Column("where", "地点", label=pgettext_lazy("service item", "where")),
            Column("capacity", "可约人数", label=_("how many can book"), type="whole"),
            Column("came", "到场人数", label=_("how many came"), type="whole"),
            Column("state", "状态", label=STATE, type="choice", choices=SLOT_STATES),
        ),
    ),
    RecordType(
        "appointment",
        pgettext_lazy("appointment", "Appointments"),
        "services.Appointment",
        135,
        dates=("booked", "cancelled"),
        titles="预约",
        visible=policies.appointments_visible_to,
        place="slot__place",
        dimensions=(
            Dimension("state", label=STATE, choices=APPOINTMENT_STATES),
            Dimension("kind", label=KIND, path="slot__kind", vocabulary=KINDS),
            Dimension("place", type="reference", to="division", path="slot__place"),
        ),
        measures=(Measure("place", "distinct", path="slot__place"),),
        columns=(
            Column("place", "社区|所属社区", label=_("place"), type="place", path="slot__place__name"),
            Column("kind", "预约类型", label=KIND, type="choice", vocabulary=KINDS, path="slot__kind", key=True),
            Column("starts", "开始时间", label=_("from"), type="datetime", path="slot__starts"),
            Column("state", "状态", label=STATE, type="choice", choices=APPOINTMENT_STATES),
        ),
    ),
)
register_words(KINDS, lambda: sections.section().appointments)
