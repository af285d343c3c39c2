"""The record types of service orders and menus. None has a column or dimension that says who asked or who did it."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.orders import policies, sections
from linli.orders.operations.ledgers import item_record_many, order_record_many, orders_refused
from linli.orders.workflow import DOORS, MENU_STATES, ORDER, PERIODS, RATINGS, ROLES
from linli.records.added import register_words
from linli.records.types import Column, Dimension, Measure, RecordType, register

CATEGORIES = "orders.category"
WAYS = "orders.way"
PLACE = Dimension("place", type="reference", to="division")
PLACES = Measure("place", "distinct")
CATEGORY = pgettext_lazy("service order", "category of service")
WAY = pgettext_lazy("service order", "way of the order")
ASKED = pgettext_lazy("service order", "asked on")
DONE_ON = pgettext_lazy("service order", "done on")
RATING = pgettext_lazy("service order", "what the resident says")
STATES = tuple(ORDER.choices)

ORDER_TYPE = RecordType(
    "service_order",
    _("Service orders"),
    "orders.ServiceOrder",
    130,
    write=order_record_many,
    refused=orders_refused,
    dates=("asked_on", "dispatched_on", "accepted_on", "done_on", "rated_on"),
    titles="点单派单|服务订单|五单",
    visible=policies.orders_visible_to,
    amendable=policies.may_amend,
    url_name="orders:order",
    dimensions=(
        Dimension("category", label=CATEGORY, vocabulary=CATEGORIES),
        Dimension("way", label=WAY, vocabulary=WAYS),
        Dimension("door", label=_("how it was asked for"), choices=DOORS),
        Dimension("state", label=_("state"), choices=STATES),
        Dimension("rating", label=RATING, choices=RATINGS),
        Dimension("taken_as", label=_("accepted as"), choices=ROLES),
        PLACE,
    ),
    measures=(
        PLACES,
        Measure("minutes", "number", label=_("minutes served")),
        Measure("days", "duration", label=_("days until it was done"), start="asked_on", end="done_on"),
    ),
    columns=(
        Column("number", "订单号|编号", label=_("number of the order"), required=True, key=True),
        Column("place", "社区|小区|所属社区", label=_("place"), type="place", path="place__name"),
        Column("asked", "点单日期|点单时间", label=ASKED, type="date", path="asked_on", required=True),
        Column("category", "服务项目|服务类别", label=CATEGORY, type="choice", vocabulary=CATEGORIES),
        Column("text", "需求描述|需求内容", label=_("what is wished")),
        Column("way", "点单方式", label=WAY, type="choice", vocabulary=WAYS),
        Column("door", "点单渠道", label=_("how it was asked for"), type="choice", choices=DOORS),
        Column("supplied", "供单日期|供单时间", label=_("supply found on"), type="date", path="supplied_on"),
        Column("dispatched", "派单日期|派单时间", label=_("dispatched on"), type="date", path="dispatched_on"),
        Column("accepted", "接单日期|接单时间", label=_("accepted on"), type="date", path="accepted_on"),
        Column("taken_as", "接单身份", label=_("accepted as"), type="choice", choices=ROLES),
        Column("done", "完成日期|完成时间", label=DONE_ON, type="date", path="done_on"),
        Column("minutes", "服务时长(分钟)", label=_("minutes served"), type="whole", minimum=1),
        Column("rating", "评价|评单", label=RATING, type="choice", choices=RATINGS),
        Column("state", "状态|订单状态", label=_("state"), type="choice", choices=STATES),
    ),
)
ITEM_TYPE = RecordType(
    "service_menu_item",
    pgettext_lazy("service menu", "Menu of services"),
    "orders.ServiceMenuItem",
    129,
    write=item_record_many,
    span=("since", "until"),
    titles="服务菜单|服务清单",
    visible=policies.menu_visible_to,
    amendable=policies.may_amend,
    url_name="orders:item",
    dimensions=(
        Dimension("category", label=CATEGORY, vocabulary=CATEGORIES),
        Dimension("state", label=_("state"), choices=MENU_STATES),
        PLACE,
    ),
    measures=(PLACES,),
    columns=(
        Column("label", "服务名称|服务项目", label=_("name of the service"), required=True, key=True),
        Column("place", "社区|所属社区", label=_("place"), type="place", path="place__name"),
        Column("category", "服务类别", label=CATEGORY, type="choice", vocabulary=CATEGORIES),
        Column("text", "服务说明", label=_("what it is")),
        Column("provider", "服务提供方|供单单位", label=_("provided by")),
        Column("needs", "所需条件", label=_("what must be there")),
        Column("for_credit", "以服务换服务", label=_("asked for with time that one gave"), type="flag"),
        Column("minutes", "每次时长(分钟)", label=_("minutes it takes"), type="whole", minimum=1),
        Column("capacity", "可约次数", label=_("how many"), type="whole", minimum=1),
        Column("per", "计次周期", label=_("a day or a week"), type="choice", choices=PERIODS),
        Column("since", "开始日期", label=_("first day"), type="date", planned=True),
        Column("until", "结束日期", label=_("last day"), type="date", planned=True),
        Column("state", "状态", label=_("state"), type="choice", choices=MENU_STATES),
    ),
)
register(ITEM_TYPE, ORDER_TYPE)
register_words(CATEGORIES, lambda: sections.section().categories)
register_words(WAYS, lambda: sections.section().ways)
