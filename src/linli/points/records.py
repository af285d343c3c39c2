"""The record types of the ledger. Neither shows what one member has beside another: nobody is ranked."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.points import policies
from linli.points.operations.ledgers import (
    points_entries_recognised,
    points_entries_refused,
    points_entry_record_many,
)
from linli.points.workflow import DIRECTIONS, KINDS, OF_PEOPLE
from linli.records.types import Column, Dimension, Measure, RecordType, register

BOOK = pgettext_lazy("points", "book")
PLACE = Dimension("place", type="reference", to="division")
AT = Column("place", "社区|所属社区|街道", label=_("place"), type="place", path="place__name")
MEMBER = pgettext_lazy("points", "member")
DIRECTION = pgettext_lazy("points", "given or taken")
AMOUNT = pgettext_lazy("points", "points or hours")
KIND = pgettext_lazy("points", "for what")

ENTRY_TYPE = RecordType(
    "points_entry",
    pgettext_lazy("points", "Points and hours posted"),
    "points.Transfer",
    131,
    write=points_entry_record_many,
    refused=points_entries_refused,
    recognised=points_entries_recognised,
    dates=("day",),
    titles="积分流水|服务时长台账|红色银行|时长存取",
    visible=policies.transfers_visible_to,
    extensible=False,
    only={"book__in": ("points", "hours")},
    dimensions=(
        Dimension("book", label=BOOK, choices=OF_PEOPLE),
        Dimension("direction", label=DIRECTION, choices=DIRECTIONS),
        Dimension("kind", label=KIND, path="rule", type="text"),
        PLACE,
    ),
    measures=(
        Measure("amount", "number", label=AMOUNT, path="quantity"),
        Measure("member", "distinct", label=pgettext_lazy("points", "members"), persons=True),
        Measure("place", "distinct"),
    ),
    columns=(
        Column("number", "流水号|编号", label=_("number"), path="source_id", required=True, key=True),
        Column("book", "账册", label=BOOK, type="choice", choices=OF_PEOPLE),
        Column("day", "日期|存取日期", label=_("day"), type="date", required=True),
        AT,
        Column("member", "会员号|党员编号|编号", label=MEMBER, path="member__number", required=True),
        Column("name", "姓名", label=_("name"), type="name", path="member__person__name", personal=True),
        Column("direction", "存入/支取|收支", label=DIRECTION, type="choice", choices=DIRECTIONS),
        Column("kind", "积分来源|来源", label=KIND, type="choice", path="rule", choices=KINDS),
        Column("reason", "事由|摘要", label=_("reason")),
        Column("amount", "积分|时长(小时)", label=AMOUNT, type="number", path="quantity", required=True, minimum=0),
        Column("confirmer", "确认人", label=pgettext_lazy("points", "confirmed by")),
    ),
)
ACCOUNT_TYPE = RecordType(
    "points_account",
    pgettext_lazy("points", "Accounts of members"),
    "points.Account",
    132,
    visible=policies.accounts_visible_to,
    extensible=False,
    persons=True,
    only={"book__in": ("points", "hours"), "kind": "holder"},
    dimensions=(Dimension("book", label=BOOK, choices=OF_PEOPLE), PLACE),
    measures=(
        Measure("balance", "number", label=pgettext_lazy("points", "owed to members"), path="quantity"),
        Measure("place", "distinct"),
    ),
    columns=(
        Column("book", "账册", label=BOOK, type="choice", choices=OF_PEOPLE),
        Column("member", "会员号", label=MEMBER, path="member__number"),
        AT,
    ),
)
register(ENTRY_TYPE, ACCOUNT_TYPE)
