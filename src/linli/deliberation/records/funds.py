"""The record types of accounts: accounts, entries with the old books, quarters and what became public in time."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.deliberation import funds_section
from linli.deliberation.operations.fund_ledgers import (
    fund_entries_refused,
    fund_entries_remove,
    fund_entry_record_many,
)
from linli.deliberation.policies import funds as policies
from linli.deliberation.workflow.funds import DIRECTIONS, ENTRY, QUARTER
from linli.records.added import register_words
from linli.records.types import Column, Dimension, Measure, RecordType, register

KINDS = "fund.kind"
PLACE = Dimension("place", type="reference", to="division")
AT = Column("place", "所在位置|小区|楼院", label=_("place"), type="place", path="place__name")
ACCOUNT = Column("account", "账户名称|账户|账本", label=pgettext_lazy("fund", "account"), path="account__name")
AMOUNT = Column(
    "amount", "金额(元)|金额|金额（元）", label=_("sum in yuan"), type="number", required=True, path="amount_yuan"
)
INCOME = pgettext_lazy("fund", "income")
SPENDING = pgettext_lazy("fund", "spending")

ACCOUNT_TYPE = RecordType(
    "fund_account",
    _("Accounts of courtyards"),
    "deliberation.FundAccount",
    110,
    dates=("opens_on",),
    visible=policies.accounts_visible_to,
    amendable=policies.may_amend,
    url_name="funds:account",
    dimensions=(PLACE,),
    measures=(
        Measure("place", "distinct"),
        Measure("balance", "number", label=_("what is there now, in yuan"), path="balance_yuan"),
    ),
    columns=(
        Column("name", "账户名称|账户", label=pgettext_lazy("fund", "account")),
        AT,
        Column("organization", "管理组织", label=_("body that keeps it"), path="organization__name"),
        Column("opens_on", "建账日期", label=_("kept from"), type="date"),
        Column("balance", "余额(元)", label=_("what is there now, in yuan"), type="number", path="balance_yuan"),
    ),
)
ENTRY_TYPE = RecordType(
    "fund_entry",
    _("Income and spending"),
    "deliberation.FundEntry",
    111,
    write=fund_entry_record_many,
    refused=fund_entries_refused,
    remove=fund_entries_remove,
    dates=("day",),
    titles="费用收支|公共收益|收支台账|收支明细",
    visible=policies.hangs_visible_to,
    amendable=policies.may_amend,
    url_name="funds:entry",
    dimensions=(
        Dimension("direction", label=_("income or spending"), choices=DIRECTIONS),
        Dimension("kind", label=pgettext_lazy("fund", "kind"), vocabulary=KINDS),
        Dimension("state", label=_("state"), choices=tuple(ENTRY.choices)),
        PLACE,
    ),
    measures=(
        Measure("amount", "number", label=_("sum in yuan"), path="amount_yuan"),
        Measure("place", "distinct"),
    ),
    columns=(
        AT,
        ACCOUNT,
        Column("day", "收支日期|日期|记账日期", label=_("day"), type="date", required=True),
        Column("direction", "收支类型|收支|收支方向", label=_("income or spending"), type="choice", choices=DIRECTIONS),
        Column("kind", "费用类别|类别|项目类别", label=pgettext_lazy("fund", "kind"), type="choice", vocabulary=KINDS),
        Column(
            "amount",
            "金额(元)|金额|金额（元）",
            label=_("sum in yuan"),
            type="number",
            required=True,
            path="amount_yuan",
        ),
        Column("purpose", "用途|摘要|事项", label=_("for what"), required=True),
        Column("party", "对方单位|收付款单位|收款单位|付款单位", label=_("from or to which body")),
        Column("state", "状态", label=_("state"), type="choice", choices=tuple(ENTRY.choices)),
    ),
)
QUARTER_TYPE = RecordType(
    "fund_quarter",
    _("Quarters of accounts"),
    "deliberation.FundQuarter",
    112,
    # What had to be public counts on the day by which it had to be.
    dates=("due", "until", "published_on"),
    visible=policies.hangs_visible_to,
    amendable=policies.may_amend,
    url_name="funds:quarter",
    dimensions=(
        Dimension("state", label=_("state"), choices=tuple(QUARTER.choices)),
        Dimension("in_time", label=_("made public in time"), type="flag"),
        PLACE,
    ),
    measures=(
        Measure("place", "distinct"),
        Measure("income", "number", label=INCOME, path="income_yuan"),
        Measure("spending", "number", label=SPENDING, path="spending_yuan"),
    ),
    columns=(
        AT,
        ACCOUNT,
        Column("since", "起始日期", label=_("period from"), type="date"),
        Column("until", "截止日期", label=_("period to"), type="date"),
        Column("due", "应公开日期", label=_("due by"), type="date", planned=True),
        Column("state", "状态", label=_("state"), type="choice", choices=tuple(QUARTER.choices)),
        Column("published_on", "公开日期", label=_("made public on"), type="date"),
        Column("opening", "期初余额", label=_("at the start"), type="number", path="opening_yuan"),
        Column("income", "收入", label=INCOME, type="number", path="income_yuan"),
        Column("spending", "支出", label=SPENDING, type="number", path="spending_yuan"),
        Column("closing", "期末余额", label=_("left at the end"), type="number", path="closing_yuan"),
    ),
)
register(ACCOUNT_TYPE, ENTRY_TYPE, QUARTER_TYPE)
register_words(KINDS, funds_section.named_kinds)
