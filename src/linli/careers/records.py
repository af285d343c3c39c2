"""The record types of careers. What people are paid is no column that leaves, no measure and no dimension."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.careers import policies, sections
from linli.careers.operations.ledgers import (
    allowance_record_many,
    allowances_refused,
    promotion_record_many,
    promotions_refused,
    reserve_record_many,
    statement_record_many,
    statements_refused,
    talent_record_many,
    talents_refused,
)
from linli.careers.workflow import COMPONENTS, PROMOTIONS, RESERVES, ROUNDS, TARGETS
from linli.records.added import register_words
from linli.records.types import Column, Dimension, Measure, RecordType, register

RUNGS = "promotion.rung"
TALENTS = "talent_entry.category"
ALLOWANCES = "allowance_rule.kind"
PLACE = Dimension("place", type="reference", to="division")
WHO = Dimension("person", type="reference", to="person")
PERSONS = Measure("person", "distinct", label=_("persons"), persons=True)
PLACES = Measure("place", "distinct")
CORRECTS = (("person", ("name", "staff_number", "phone", "phone_hash")),)
AT = Column("place", "社区|所属社区|街道", label=_("place"), type="place", path="place__name")
NUMBER = Column("staff_number", "工号|人员编号", label=_("staff number"), path="person__staff_number")
NAME = Column("name", "姓名", label=_("name"), type="name", required=True, path="person__name")
PHONE = Column("phone", "联系方式|联系电话|手机号", label=_("phone"), type="phone", personal=True)
TARGET = pgettext_lazy("careers", "reserve for")
FROM = pgettext_lazy("careers", "rung before")
TO = pgettext_lazy("careers", "rung after")
CATEGORY = pgettext_lazy("careers", "category of talent")
SOURCE = pgettext_lazy("careers", "where from")
RUNG = pgettext_lazy("careers", "rung")
CONDITION = pgettext_lazy("careers", "condition")
ALLOWANCE = pgettext_lazy("careers", "kind of allowance")

RESERVE_TYPE = RecordType(
    "reserve_candidate",
    pgettext_lazy("careers", "Reserve candidates"),
    "careers.ReserveCandidate",
    140,
    write=reserve_record_many,
    span=("since", "until"),
    persons=True,
    corrects=CORRECTS,
    titles="后备力量|后备人选",
    visible=policies.reserves_visible_to,
    amendable=policies.reserve_amendable,
    url_name="careers:reserve",
    order=(("since", "until"),),
    dimensions=(
        Dimension("target", label=TARGET, choices=TARGETS),
        Dimension("state", label=_("state"), choices=tuple(RESERVES.choices)),
        Dimension("source", label=SOURCE, type="text"),
        PLACE,
        WHO,
    ),
    measures=(PERSONS, PLACES),
    columns=(
        NUMBER,
        NAME,
        PHONE,
        AT,
        Column("target", "培养方向|后备岗位", label=TARGET, type="choice", choices=TARGETS, required=True),
        Column("source", "来源|人员来源", label=SOURCE),
        Column("since", "入库日期", label=_("since"), type="date", required=True),
        Column("until", "出库日期", label=_("until"), type="date"),
        Column("state", "状态", label=_("state"), type="choice", choices=tuple(RESERVES.choices)),
    ),
)
TALENT_TYPE = RecordType(
    "talent_entry",
    pgettext_lazy("careers", "Talents"),
    "careers.TalentEntry",
    141,
    write=talent_record_many,
    refused=talents_refused,
    dates=("consent_on",),
    persons=True,
    corrects=CORRECTS,
    titles="五老|人才台账|人才库",
    visible=policies.talents_visible_to,
    amendable=policies.talent_amendable,
    url_name="careers:talent",
    dimensions=(Dimension("category", label=CATEGORY, vocabulary=TALENTS), PLACE, WHO),
    measures=(PERSONS, Measure("category", "distinct", label=CATEGORY), PLACES),
    columns=(
        NAME,
        PHONE,
        AT,
        Column("category", "类别|人才类别", label=CATEGORY, type="choice", vocabulary=TALENTS, required=True),
        Column("skills", "特长|专长", label=pgettext_lazy("careers", "what they can do")),
        Column("consent", "本人同意", label=pgettext_lazy("careers", "consents"), type="flag", required=True),
        Column(
            "registered",
            "登记日期",
            label=pgettext_lazy("careers", "consented on"),
            type="date",
            path="consent_on",
            required=True,
        ),
    ),
)
PROMOTION_TYPE = RecordType(
    "promotion",
    pgettext_lazy("careers", "Promotions"),
    "careers.Promotion",
    142,
    write=promotion_record_many,
    refused=promotions_refused,
    dates=("appointed_on", "begun_on"),
    persons=True,
    corrects=CORRECTS,
    titles="干部晋升|晋升情况",
    visible=policies.promotions_visible_to,
    amendable=policies.manage_amendable,
    url_name="careers:promotion",
    dimensions=(
        Dimension("from_rung", label=FROM, vocabulary=RUNGS),
        Dimension("to_rung", label=TO, vocabulary=RUNGS),
        Dimension("state", label=_("state"), choices=tuple(PROMOTIONS.choices)),
        PLACE,
        WHO,
    ),
    measures=(PERSONS, PLACES),
    columns=(
        NUMBER,
        NAME,
        PHONE,
        AT,
        Column("from_rung", "原职务层级", label=FROM, type="choice", vocabulary=RUNGS, required=True),
        Column("to_rung", "晋升后职务层级", label=TO, type="choice", vocabulary=RUNGS, required=True),
        Column("steps", "环节", label=pgettext_lazy("careers", "steps"), path="extra__none"),
        Column(
            "appointed",
            "任职日期",
            label=pgettext_lazy("careers", "appointed on"),
            type="date",
            path="appointed_on",
            required=True,
        ),
    ),
)
ROUND_TYPE = RecordType(
    "recruitment_round",
    pgettext_lazy("careers", "Recruitment rounds"),
    "careers.RecruitmentRound",
    143,
    dates=("opened_on", "closed_on"),
    visible=policies.rounds_visible_to,
    amendable=policies.manage_amendable,
    url_name="careers:round",
    dimensions=(
        Dimension("rung", label=RUNG, vocabulary=RUNGS),
        Dimension("state", label=_("state"), choices=tuple(ROUNDS.choices)),
        PLACE,
    ),
    measures=(
        Measure("posts", "number", label=pgettext_lazy("careers", "posts to fill")),
        Measure("applicants", "number", label=pgettext_lazy("careers", "applicants"), persons=True),
        Measure("chosen", "number", label=pgettext_lazy("careers", "chosen"), persons=True, part_of="applicants"),
        PLACES,
    ),
    columns=(
        Column("title", "名称", label=_("name")),
        AT,
        Column("rung", "职务层级", label=RUNG, type="choice", vocabulary=RUNGS),
        Column("posts", "职数", label=pgettext_lazy("careers", "posts to fill"), type="whole"),
        Column("applicants", "报名人数", label=pgettext_lazy("careers", "applicants"), type="whole"),
        Column("chosen", "确定人数", label=pgettext_lazy("careers", "chosen"), type="whole"),
        Column("opened_on", "启动日期", label=_("since"), type="date"),
        Column("closed_on", "结束日期", label=_("until"), type="date"),
    ),
)
PLAN_TYPE = RecordType(
    "staffing_plan",
    pgettext_lazy("careers", "Staffing plans"),
    "careers.StaffingPlan",
    144,
    span=("since", "until"),
    visible=policies.plans_visible_to,
    dimensions=(PLACE,),
    measures=(Measure("posts", "number", label=pgettext_lazy("careers", "posts planned")), PLACES),
    columns=(
        AT,
        Column("posts", "核定职数", label=pgettext_lazy("careers", "posts planned"), type="whole"),
        Column("basis", "依据", label=pgettext_lazy("careers", "on what ground")),
        Column("since", "起始日期", label=_("since"), type="date"),
        Column("until", "终止日期", label=_("until"), type="date"),
    ),
)
RULE_TYPE = RecordType(
    "allowance_rule",
    pgettext_lazy("careers", "Allowances"),
    "careers.AllowanceRule",
    145,
    write=allowance_record_many,
    refused=allowances_refused,
    dates=("since",),
    titles="津贴标准",
    visible=policies.pay_rules_visible_to,
    dimensions=(Dimension("kind", label=ALLOWANCE, vocabulary=ALLOWANCES), PLACE),
    measures=(PLACES,),
    columns=(
        AT,
        Column("kind", "津贴类别", label=ALLOWANCE, type="choice", vocabulary=ALLOWANCES, required=True, key=True),
        Column("condition", "条件", label=CONDITION, required=True, key=True),
        Column(
            "amount",
            "月标准(元)|月标准",
            label=pgettext_lazy("careers", "yuan a month"),
            type="number",
            minimum=0,
            required=True,
        ),
        Column("since", "执行日期", label=_("since"), type="date", required=True, key=True),
    ),
)
STATEMENT_TYPE = RecordType(
    "pay_statement",
    pgettext_lazy("careers", "Pay statements"),
    "careers.PayStatement",
    146,
    write=statement_record_many,
    refused=statements_refused,
    dates=("month",),
    persons=True,
    extensible=False,
    corrects=CORRECTS,
    titles="报酬发放",
    visible=policies.statements_visible_to,
    url_name="careers:statement",
    dimensions=(PLACE,),
    measures=(PERSONS, PLACES),
    columns=(
        NUMBER,
        NAME,
        AT,
        Column("month", "月份", label=pgettext_lazy("careers", "month"), type="date"),
        Column("paid", "发放日期", label=pgettext_lazy("careers", "paid on"), type="date", path="paid_on"),
        *(Column(code, label=label, type="number", minimum=0, personal=True) for code, label in COMPONENTS),
    ),
)
register(RESERVE_TYPE, TALENT_TYPE, PROMOTION_TYPE, ROUND_TYPE, PLAN_TYPE, RULE_TYPE, STATEMENT_TYPE)
register_words(RUNGS, lambda: sections.section().ladder)
register_words(TALENTS, lambda: sections.section().talents)
register_words(ALLOWANCES, lambda: sections.section().allowances)
