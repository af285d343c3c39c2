"""The record types of venues. None says who booked; what it was for stays on its page."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.records.added import register_words
from linli.records.types import Column, Dimension, Measure, RecordType, register
from linli.venues import policies
from linli.venues.operations.ledgers import (
    clearing_record_many,
    clearing_refused,
    facilities_unknown,
    room_record_many,
    supply_record_many,
)
from linli.venues.sections import section
from linli.venues.workflow import BOOKED_BY, CLEARED, CLEARING, PLAN, ROOM_BOOKING, SUPPLIES, USES, WORKS

AREA = pgettext_lazy("room", "area")
VENUE = pgettext_lazy("venue", "venue")
ROOM = pgettext_lazy("room", "room")
USE = pgettext_lazy("room", "use")
FREED = pgettext_lazy("clearing", "area freed")
BETTER = "venue_work.better"
BETTER_LABEL = pgettext_lazy("works", "what is made better")
PLACES = Measure("place", "distinct", path="facility__place")
PLACE = Dimension("place", type="reference", to="division", path="facility__place")
FACILITY = Dimension("facility", type="reference", to="facility")
OF_FACILITY = Column(
    "facility", "阵地名称|场所名称|站点名称", label=VENUE, path="facility__name", required=True, key=True
)
AT = Column("place", "社区|所属社区", label=_("place"), type="place", path="facility__place__name")
SINCE = Column("since", "启用日期|起始日期", label=_("since"), type="date")
UNTIL = Column("until", "停用日期|终止日期", label=_("until"), type="date")
AREAS_OF = (("service", "服务"), ("office", "办公"), ("idle", "闲置"))
AREAS_BEFORE = (
    pgettext_lazy("works", "area that served before"),
    pgettext_lazy("works", "area of offices before"),
    pgettext_lazy("works", "idle area before"),
)
AREAS_AFTER = (
    pgettext_lazy("works", "area that serves after"),
    pgettext_lazy("works", "area of offices after"),
    pgettext_lazy("works", "idle area after"),
)
ROOM_STATES, PLAN_STATES, CLEARING_STATES = ROOM_BOOKING.choices, PLAN.choices, CLEARING.choices

register(
    RecordType(
        "room",
        pgettext_lazy("room", "Rooms of venues"),
        "venues.Room",
        51,
        write=room_record_many,
        refused=facilities_unknown,
        span=("since", "until"),
        place="facility__place",
        titles="场地台账|房间台账|功能室",
        visible=policies.rooms_visible_to,
        amendable=policies.room_amendable,
        dimensions=(
            Dimension("name", label=_("name"), type="text"),
            Dimension("use", label=USE, choices=USES),
            Dimension("booked_by", label=pgettext_lazy("room", "booked by"), choices=BOOKED_BY),
            Dimension("accessible", label=pgettext_lazy("room", "step-free"), type="flag"),
            Dimension("part_of", label=pgettext_lazy("room", "part of"), type="reference", to="room"),
            FACILITY,
            PLACE,
        ),
        measures=(
            Measure("area_m2", "number", label=AREA, unit="m2"),
            Measure("capacity", "number", label=pgettext_lazy("room", "seats")),
            Measure("facility", "distinct", label=VENUE),
            PLACES,
        ),
        columns=(
            OF_FACILITY,
            AT,
            Column("name", "房间名称|场地名称|功能室", label=ROOM, required=True, key=True),
            Column("area_m2", "面积(㎡)|使用面积(㎡)|面积", label=AREA, type="number", required=True, minimum=0.01),
            Column("use", "用途|使用性质", label=USE, type="choice", choices=USES),
            Column("capacity", "可容纳人数|座位数", label=pgettext_lazy("room", "seats"), type="whole", minimum=0),
            Column("accessible", "无障碍", label=pgettext_lazy("room", "step-free"), type="flag"),
            Column(
                "booked_by", "预订对象", label=pgettext_lazy("room", "booked by"), type="choice", choices=BOOKED_BY[1:]
            ),
            SINCE,
            UNTIL,
        ),
    ),
    RecordType(
        "room_booking",
        pgettext_lazy("room", "Bookings of rooms"),
        "venues.RoomBooking",
        90,
        dates=("starts", "asked"),
        place="room__facility__place",
        titles="场地预订",
        visible=policies.kept_bookings,
        amendable=policies.booking_amendable,
        url_name="venues:booking",
        dimensions=(
            Dimension("state", label=_("state"), choices=tuple(ROOM_STATES)),
            Dimension("room", type="reference", to="room"),
            Dimension("facility", type="reference", to="facility", path="room__facility"),
            Dimension("place", type="reference", to="division", path="room__facility__place"),
        ),
        measures=(
            Measure("room", "distinct", label=ROOM),
            Measure("place", "distinct", path="room__facility__place"),
        ),
        columns=(
            Column("facility", "阵地名称|场所名称", label=VENUE, path="room__facility__name"),
            Column("room", "房间名称|场地名称", label=ROOM, path="room__name"),
            Column("starts", "开始时间", label=pgettext_lazy("booking", "from"), type="datetime"),
            Column("ends", "结束时间", label=pgettext_lazy("booking", "until"), type="datetime"),
            Column("state", "状态", label=_("state"), type="choice", choices=tuple(ROOM_STATES)),
        ),
    ),
    RecordType(
        "use_plan",
        pgettext_lazy("use plan", "Uses of idle space"),
        "venues.UsePlan",
        91,
        dates=("proposed", "decided", "since", "until"),
        place="room__facility__place",
        titles="闲置空间",
        visible=policies.plans_visible_to,
        amendable=policies.plan_amendable,
        dimensions=(
            Dimension("state", label=_("state"), choices=tuple(PLAN_STATES)),
            Dimension("room", type="reference", to="room"),
            Dimension("place", type="reference", to="division", path="room__facility__place"),
        ),
        measures=(
            Measure("area_m2", "number", label=AREA, unit="m2", path="room__area_m2"),
            Measure("days", "duration", label=_("days until in use"), start="proposed", end="since"),
        ),
        columns=(
            Column("facility", "阵地名称|场所名称", label=VENUE, path="room__facility__name"),
            Column("room", "房间名称|场地名称", label=ROOM, path="room__name"),
            Column("text", "拟用途|使用方案", label=pgettext_lazy("use plan", "what for")),
            Column("proposed", "提出日期", label=pgettext_lazy("use plan", "proposed on"), type="date"),
            Column("decided", "审定日期", label=pgettext_lazy("use plan", "decided on"), type="date"),
            Column("since", "启用日期", label=pgettext_lazy("use plan", "in use since"), type="date"),
            Column("until", "结束日期", label=_("until"), type="date"),
            Column("state", "状态", label=_("state"), type="choice", choices=tuple(PLAN_STATES)),
        ),
    ),
    RecordType(
        "supply_item",
        pgettext_lazy("venue", "Supplies of stations"),
        "venues.SupplyItem",
        92,
        write=supply_record_many,
        refused=facilities_unknown,
        span=("since", "until"),
        place="facility__place",
        titles="物资台账|驿站物资",
        visible=policies.things_visible_to,
        amendable=policies.thing_amendable,
        dimensions=(
            Dimension("name", label=_("name"), type="text"),
            Dimension("kind", label=_("kind"), choices=SUPPLIES),
            Dimension("expires", label=pgettext_lazy("supply", "good until"), type="date"),
            FACILITY,
            PLACE,
        ),
        measures=(Measure("amount", "number", label=pgettext_lazy("supply", "amount")), PLACES),
        columns=(
            OF_FACILITY,
            AT,
            Column("name", "物资名称|物品名称", label=_("name"), required=True, key=True),
            Column("kind", "物资类别|类别", label=_("kind"), type="choice", choices=SUPPLIES),
            Column("amount", "数量", label=pgettext_lazy("supply", "amount"), type="whole", minimum=0),
            Column("least", "最低数量", label=pgettext_lazy("supply", "at least"), type="whole", minimum=0),
            Column("unit", "单位", label=pgettext_lazy("supply", "unit")),
            Column("expires", "有效期至", label=pgettext_lazy("supply", "good until"), type="date", planned=True),
            SINCE,
            UNTIL,
        ),
    ),
    RecordType(
        "clearing_item",
        pgettext_lazy("clearing", "Desks, plates and notices"),
        "venues.ClearingItem",
        93,
        write=clearing_record_many,
        refused=clearing_refused,
        dates=("listed", "decided"),
        place="facility__place",
        titles="撤台子|摘牌子|挂牌清理",
        visible=policies.things_visible_to,
        amendable=policies.thing_amendable,
        dimensions=(
            Dimension("kind", label=_("kind"), choices=CLEARED),
            Dimension("state", label=_("state"), choices=tuple(CLEARING_STATES)),
            FACILITY,
            PLACE,
        ),
        measures=(Measure("freed_m2", "number", label=FREED, unit="m2"), PLACES),
        columns=(
            OF_FACILITY,
            AT,
            Column("kind", "类别|类型", label=_("kind"), type="choice", choices=CLEARED, required=True),
            Column("text", "名称|内容", label=pgettext_lazy("clearing", "what it is"), required=True, key=True),
            Column("listed", "清查日期", label=pgettext_lazy("clearing", "listed on"), type="date"),
            Column("state", "处理结果", label=_("state"), type="choice", choices=tuple(CLEARING_STATES)),
            Column("reason", "原因|理由", label=_("reason")),
            Column("decided", "处理日期", label=pgettext_lazy("clearing", "decided on"), type="date"),
            Column("freed_m2", "腾出面积(㎡)", label=FREED, type="number", minimum=0),
        ),
    ),
    RecordType(
        "venue_work",
        pgettext_lazy("works", "Works at venues"),
        "venues.VenueWork",
        94,
        dates=("first", "begun", "ended"),
        place="facility__place",
        titles="阵地改造|亲民化改造",
        visible=policies.works_visible_to,
        amendable=policies.thing_amendable,
        dimensions=(
            Dimension("state", label=_("state"), choices=tuple(WORKS.choices)),
            Dimension("better", label=BETTER_LABEL, type="list", vocabulary=BETTER),
            FACILITY,
            PLACE,
        ),
        measures=(
            Measure("service_before", "number", label=AREAS_BEFORE[0], unit="m2"),
            Measure("service_after", "number", label=AREAS_AFTER[0], unit="m2"),
            Measure("facility", "distinct", label=VENUE),
            PLACES,
        ),
        columns=(
            Column("facility", "阵地名称|场所名称", label=VENUE, path="facility__name"),
            AT,
            Column("better", "改造内容", label=BETTER_LABEL, type="list", vocabulary=BETTER),
            Column("text", "其他改造内容", label=pgettext_lazy("works", "what else")),
            Column("first", "计划开工日期", label=pgettext_lazy("works", "first day"), type="date"),
            Column("last", "计划完工日期", label=pgettext_lazy("works", "last day"), type="date"),
            Column("begun", "开工日期", label=pgettext_lazy("works", "begun on"), type="date"),
            Column("ended", "完工日期", label=pgettext_lazy("works", "ended on"), type="date"),
            Column("state", "状态", label=_("state"), type="choice", choices=tuple(WORKS.choices)),
            Column("reason", "原因|理由", label=_("reason")),
            *(
                Column(f"{use}_{when}", f"改造{said}{named}面积(㎡)", label=label, type="number")
                for when, said, labels in (("before", "前", AREAS_BEFORE), ("after", "后", AREAS_AFTER))
                for (use, named), label in zip(AREAS_OF, labels, strict=True)
            ),
        ),
    ),
)
register_words(BETTER, lambda: section().better)
