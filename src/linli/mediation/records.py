"""The record types of mediation. None has a column or dimension that says who is in a dispute or what was said."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.mediation import policies, sections
from linli.mediation.operations.ledgers import (
    agreement_record_many,
    hangs_refused,
    mediation_record_many,
    mediations_refused,
    session_record_many,
)
from linli.mediation.workflow import CONFIRMATIONS, FORMS, MEDIATION, SOURCES
from linli.records.added import register_words
from linli.records.types import Column, Dimension, Measure, RecordType, register

KINDS = "mediation.kind"
STUDIOS = "mediation.studio"
PLACE = Dimension("place", type="reference", to="division")
PLACES = Measure("place", "distinct")
AT = Column("place", "社区|所属社区|街道", label=_("place"), type="place", path="place__name")
KIND = pgettext_lazy("mediation", "kind of dispute")
STUDIO = pgettext_lazy("mediation", "studio")
NUMBER = pgettext_lazy("mediation", "number of the mediation")
OF = Column("mediation", "调解编号|编号", label=NUMBER, path="mediation__number", required=True, key=True)
SETTLED = pgettext_lazy("mediation", "settled")

MEDIATION_TYPE = RecordType(
    "mediation",
    pgettext_lazy("mediation", "Mediations"),
    "mediation.Mediation",
    120,
    write=mediation_record_many,
    refused=mediations_refused,
    dates=("received_on", "accepted_on", "ended_on"),
    titles="人民调解|调解登记|调解案件",
    visible=policies.mediations_visible_to,
    amendable=policies.may_amend,
    url_name="mediations:mediation",
    dimensions=(
        Dimension("kind", label=KIND, vocabulary=KINDS),
        Dimension("studio", label=STUDIO, vocabulary=STUDIOS),
        Dimension("source", label=_("source"), choices=SOURCES),
        Dimension("state", label=_("state"), choices=tuple(MEDIATION.choices)),
        Dimension("settled", label=SETTLED, type="flag"),
        PLACE,
    ),
    measures=(
        PLACES,
        Measure("days", "duration", label=_("days until it ended"), start="accepted_on", end="ended_on"),
    ),
    columns=(
        Column("number", "调解编号|编号", label=NUMBER, required=True, key=True),
        AT,
        Column("received", "受理日期|登记日期", label=_("received on"), type="date", path="received_on", required=True),
        Column("kind", "纠纷类型|类型", label=KIND, type="choice", vocabulary=KINDS),
        Column("studio", "调解工作室|工作室", label=STUDIO, type="choice", vocabulary=STUDIOS),
        Column("source", "来源", label=_("source"), type="choice", choices=SOURCES),
        Column("state", "状态", label=_("state"), type="choice", choices=tuple(MEDIATION.choices)),
        Column("accepted", "立案日期", label=_("accepted on"), type="date", path="accepted_on"),
        Column("due", "期限", label=_("due by"), type="date", planned=True),
        Column("ended", "办结日期|结束日期", label=_("ended on"), type="date", path="ended_on"),
    ),
)
SESSION_TYPE = RecordType(
    "mediation_session",
    pgettext_lazy("mediation", "Sessions of mediation"),
    "mediation.MediationSession",
    121,
    write=session_record_many,
    refused=hangs_refused,
    dates=("on",),
    titles="调解会|调解记录",
    visible=policies.hangs_visible_to,
    amendable=policies.hang_amendable,
    dimensions=(
        Dimension("held", label=pgettext_lazy("mediation", "held"), type="flag"),
        Dimension("studio", label=STUDIO, type="reference", to="facility"),
        PLACE,
    ),
    measures=(PLACES, Measure("parties_came", "number", label=pgettext_lazy("mediation", "parties that came"))),
    columns=(
        OF,
        Column("on", "调解日期|日期", label=_("day"), type="date", required=True, key=True, planned=True),
        Column("venue", "调解地点|地点", label=pgettext_lazy("mediation", "where")),
        Column(
            "parties_came",
            "到场当事人数",
            label=pgettext_lazy("mediation", "parties that came"),
            type="whole",
            minimum=0,
        ),
    ),
)
AGREEMENT_TYPE = RecordType(
    "mediation_agreement",
    pgettext_lazy("mediation", "Mediation agreements"),
    "mediation.MediationAgreement",
    122,
    write=agreement_record_many,
    refused=hangs_refused,
    dates=("reached_on", "effective_on", "fulfilled_on", "confirmed_on"),
    titles="调解协议",
    visible=policies.hangs_visible_to,
    amendable=policies.hang_amendable,
    dimensions=(
        Dimension("form", label=pgettext_lazy("mediation", "form"), choices=FORMS),
        Dimension("confirmation", label=_("judicial confirmation"), choices=CONFIRMATIONS),
        Dimension("in_time", label=_("fulfilled in time"), type="flag"),
        Dimension("kind", label=KIND, path="mediation__kind", vocabulary=KINDS),
        Dimension("studio", label=STUDIO, path="mediation__studio", vocabulary=STUDIOS),
        PLACE,
    ),
    measures=(PLACES,),
    columns=(
        OF,
        Column(
            "reached",
            "达成日期|协议日期",
            label=_("reached on"),
            type="date",
            path="reached_on",
            required=True,
            key=True,
        ),
        Column("form", "协议形式", label=pgettext_lazy("mediation", "form"), type="choice", choices=FORMS),
        Column("effective", "生效日期", label=_("in effect from"), type="date", path="effective_on"),
        Column("confirmation", "司法确认", label=_("judicial confirmation"), type="choice", choices=CONFIRMATIONS),
        Column("fulfilled", "履行完毕日期", label=_("fulfilled on"), type="date", path="fulfilled_on"),
        Column("in_time", "按期履行", label=_("fulfilled in time"), type="flag"),
    ),
)
register(MEDIATION_TYPE, SESSION_TYPE, AGREEMENT_TYPE)
register_words(KINDS, lambda: sections.section().kinds)
register_words(STUDIOS, lambda: sections.section().studios)
