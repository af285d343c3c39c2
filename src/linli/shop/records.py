"""The record types of the shop: goods, redemptions with those of ledgers, settlements. None names a person."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.records.types import Column, Dimension, Measure, RecordType, register
from linli.shop import policies
from linli.shop.operations.ledgers import redemption_record_many, redemptions_refused, redemptions_remove
from linli.shop.workflow import KINDS, REDEMPTION_LIFE, SETTLEMENT_LIFE, SOURCES

PLACE = Dimension("place", type="reference", to="division")
AT = Column("place", "社区|所属社区|街道", label=_("place"), type="place", path="place__name")
SHOP = Column("shop", "商店|门店|超市", label=pgettext_lazy("shop", "shop"), path="shop__name")
GOODS = pgettext_lazy("shop", "goods")
POINTS = pgettext_lazy("shop", "points")
VALUE = pgettext_lazy("shop", "value in yuan")
PIECES = pgettext_lazy("shop", "pieces")
KIND = Dimension("kind", label=pgettext_lazy("shop", "kind of shop"), path="shop__kind", choices=KINDS)
STATES = tuple(REDEMPTION_LIFE.choices)

ITEM_TYPE = RecordType(
    "reward_item",
    pgettext_lazy("shop", "Goods of points shops"),
    "shop.RewardItem",
    130,
    span=("since", "ended_on"),
    visible=policies.hangs_visible_to,
    url_name="shop:reward_item",
    extensible=False,
    dimensions=(KIND, PLACE),
    measures=(
        Measure("place", "distinct"),
        Measure("stock", "number", label=pgettext_lazy("shop", "in stock"), path="stock__balance"),
    ),
    columns=(
        AT,
        SHOP,
        Column("name", "商品名称|商品", label=GOODS),
        Column("points", "兑换积分", label=pgettext_lazy("shop", "points each"), type="whole"),
        Column("value", "商品价值(元)", label=_("value in yuan each"), type="number", path="value_yuan"),
        Column("stock", "库存", label=pgettext_lazy("shop", "in stock"), type="whole", path="stock__balance"),
        Column("month_limit", "每人每月限兑", label=pgettext_lazy("shop", "at most a month"), type="whole"),
        Column("since", "上架日期", label=_("from"), type="date"),
        Column("ended_on", "下架日期", label=_("to"), type="date"),
    ),
)
REDEMPTION_TYPE = RecordType(
    "redemption",
    pgettext_lazy("shop", "Redemptions"),
    "shop.Redemption",
    131,
    write=redemption_record_many,
    refused=redemptions_refused,
    remove=redemptions_remove,
    dates=("day", "handed_on"),
    titles="积分兑换|兑换记录|兑换台账",
    visible=policies.redemptions_visible_to,
    amendable=policies.may_amend,
    url_name="shop:redemption",
    dimensions=(
        Dimension("state", label=_("state"), choices=STATES),
        Dimension("source", label=pgettext_lazy("shop", "way"), choices=SOURCES),
        Dimension("goods", label=GOODS, type="text"),
        KIND,
        PLACE,
    ),
    measures=(
        Measure("place", "distinct"),
        Measure("quantity", "number", label=PIECES),
        Measure("points", "number", label=POINTS),
        Measure("value", "number", label=VALUE, path="value_yuan"),
    ),
    columns=(
        Column("number", "兑换单号|单号", label=pgettext_lazy("shop", "number"), required=True, key=True),
        AT,
        Column("day", "兑换日期|日期", label=_("day"), type="date", required=True),
        Column("member", "会员号|会员编号", label=_("member number"), path="member__number", required=True),
        Column("name", "姓名|会员姓名", label=pgettext_lazy("shop", "name of the member"), personal=True),
        Column("goods", "兑换商品|商品名称|商品", label=GOODS, required=True),
        Column("quantity", "数量", label=PIECES, type="whole", required=True, minimum=1),
        Column("points", "兑换积分|积分", label=POINTS, type="whole", required=True, minimum=1),
        Column("value", "商品价值(元)|价值|金额", label=VALUE, type="number", minimum=0, path="value_yuan"),
    ),
)
SETTLEMENT_TYPE = RecordType(
    "settlement",
    pgettext_lazy("shop", "Settlements"),
    "shop.Settlement",
    132,
    dates=("month", "paid_on"),
    visible=policies.settlements_visible_to,
    url_name="shop:settlement",
    extensible=False,
    dimensions=(Dimension("state", label=_("state"), choices=tuple(SETTLEMENT_LIFE.choices)), KIND, PLACE),
    measures=(
        Measure("place", "distinct"),
        Measure("pieces", "number", label=PIECES),
        Measure("value", "number", label=VALUE, path="value_yuan"),
    ),
    columns=(
        Column("number", "结算单号", label=pgettext_lazy("shop", "number")),
        AT,
        SHOP,
        Column("month", "结算月份", label=_("month"), type="date"),
        Column("pieces", "件数", label=PIECES, type="whole"),
        Column("points", "积分", label=POINTS, type="whole"),
        Column("value", "结算金额(元)", label=VALUE, type="number", path="value_yuan"),
        Column("state", "状态", label=_("state"), type="choice", choices=tuple(SETTLEMENT_LIFE.choices)),
        Column("paid_on", "付款日期", label=_("paid on"), type="date"),
        Column("voucher", "凭证号", label=_("number of the voucher")),
    ),
)
register(ITEM_TYPE, REDEMPTION_TYPE, SETTLEMENT_TYPE)
