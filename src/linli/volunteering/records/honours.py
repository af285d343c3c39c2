"""The record type of honours."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.records.added import register_words
from linli.records.types import Column, Dimension, Measure, RecordType, register
from linli.volunteering import honours_section
from linli.volunteering.operations.honour_ledgers import honour_record_many, honours_refused
from linli.volunteering.policies import honours as policies
from linli.volunteering.workflow import HONOURS, RECIPIENTS

KINDS = "honour.kind"
KIND = pgettext_lazy("honour", "kind of honour")
NAME = pgettext_lazy("honour", "who or what is honoured")
RECIPIENT = pgettext_lazy("honour", "recipient")
STATES = tuple(HONOURS.choices)

HONOUR = RecordType(
    "honour",
    pgettext_lazy("honour", "Honours"),
    "volunteering.Honour",
    108,
    write=honour_record_many,
    refused=honours_refused,
    dates=("awarded_on", "nominated_on"),
    titles="评选认定|典型名录|表彰台账|荣誉台账",
    visible=policies.honours_visible_to,
    amendable=policies.may_amend,
    url_name="volunteering:honour",
    dimensions=(
        Dimension("kind", label=KIND, vocabulary=KINDS),
        Dimension("recipient", label=RECIPIENT, choices=RECIPIENTS),
        Dimension("state", label=_("state"), choices=STATES),
        Dimension("place", type="reference", to="division"),
    ),
    measures=(Measure("place", "distinct"),),
    columns=(
        Column("number", "编号", label=_("number")),
        Column("kind", "评选类别|典型类别|荣誉名称", label=KIND, type="choice", vocabulary=KINDS, required=True),
        Column("name", "名称(姓名)|典型名称|获奖对象", label=NAME, required=True),
        Column("recipient", "对象类型", label=RECIPIENT, type="choice", choices=RECIPIENTS),
        Column("place", "社区|镇街|街道", label=_("place"), type="place", path="place__name"),
        Column("awarded", "认定日期|表彰日期", label=_("awarded on"), type="date", path="awarded_on", required=True),
        Column("awarded_by", "认定单位|授予单位", label=_("awarded by")),
        Column("document", "认定文件", label=_("document of the award")),
        Column("state", "状态", label=_("state"), type="choice", choices=STATES),
    ),
)
register(HONOUR)
register_words(KINDS, lambda: honours_section.section().kinds)
