"""The record types of standing relations (arrangements, mechanisms, pairings) and of what both sides did together."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.deliberation.models import Partnership
from linli.deliberation.operations.meeting_ledgers import partnership_record_many, partnerships_refused
from linli.deliberation.policies import meetings as policies
from linli.deliberation.workflow.meetings import ACTORS, PARTNERSHIP
from linli.records.types import Column, Dimension, Measure, RecordType, register

AT = Column("place", "所在位置|所属社区|社区", label=_("place"), type="place", path="place__name")
BODIES = "party_organization|member_unit|department|property_company|social_organization|office"


def _relation(kind: Partnership.Type, rank: int, label: Any, titles: str, partner: str, kinds: str) -> RecordType:
    return RecordType(
        kind.value,
        label,
        "deliberation.Partnership",
        rank,
        write=partnership_record_many(kind.value),
        refused=partnerships_refused,
        only={"type": kind.value},
        span=("since", "until"),
        titles=titles,
        visible=policies.rows_visible_to,
        amendable=policies.may_convene_row,
        url_name="meetings:partnership",
        order=(("since", "until"),),
        dimensions=(
            Dimension("kind", label=_("kind"), type="text"),
            Dimension("level", label=_("level"), type="text"),
            Dimension("state", label=_("state"), choices=tuple(PARTNERSHIP.choices)),
            Dimension("place", type="reference", to="division"),
            Dimension("organization", type="reference", to="office"),
            Dimension("partner", type="reference", to="party_organization"),
        ),
        measures=(
            Measure("place", "distinct"),
            Measure("partner", "distinct", label=_("partner bodies")),
            Measure("organization", "distinct", label=_("bodies on this side")),
        ),
        columns=(
            AT,
            Column("kind", kinds, label=_("kind")),
            Column("level", "层级", label=_("level")),
            Column(
                "organization",
                "牵头组织|本方组织|甲方",
                label=_("body on this side"),
                type="organization",
                ref=BODIES,
                unknown="text",
                path="organization__name",
            ),
            Column(
                "partner",
                partner,
                label=_("partner body"),
                type="organization",
                ref=BODIES,
                unknown="text",
                path="partner__name",
            ),
            Column("partners", "参与单位|参与力量|合作单位", label=_("partners in words")),
            Column("actors", "参与主体", label=_("kinds of actors"), type="list", choices=ACTORS),
            Column("plan", "共建计划|计划", label=_("plan")),
            Column("evidence", "佐证材料|依据", label=_("evidence")),
            Column("since", "建立日期|结对日期|签订日期", label=_("since"), type="date"),
            Column("until", "终止日期|到期日期", label=_("until"), type="date", planned=True),
            Column(
                "state", "状态|建设状态|运行状态", label=_("state"), type="choice", choices=tuple(PARTNERSHIP.choices)
            ),
        ),
    )


ARRANGEMENT = _relation(
    Partnership.Type.ARRANGEMENT,
    *(94, _("Consultation arrangements"), "沟通协商|议事制度|共驻共建", "单位党组织|驻区单位|单位", "制度类型|类型"),
)
MECHANISM = _relation(
    Partnership.Type.MECHANISM,
    *(94, _("Collaboration mechanisms"), "联动机制|多方联动", "牵头单位", "机制类型|类型"),
)
PAIRING = _relation(
    Partnership.Type.PAIRING,
    *(94, _("Pairings of organisations"), "结对共建|支部联建", "结对单位|共建单位|乙方", "结对类型|类型"),
)
EVENT = RecordType(
    "partnership_event",
    _("Joint events"),
    "deliberation.PartnershipEvent",
    95,
    dates=("on",),
    visible=policies.rows_visible_to,
    amendable=policies.may_convene_row,
    dimensions=(
        Dimension("type", label=_("kind"), path="partnership__type", choices=tuple(Partnership.Type.choices)),
        Dimension("place", type="reference", to="division"),
    ),
    measures=(Measure("partnership", "distinct", label=pgettext_lazy("partnership", "relations")),),
    columns=(
        Column("on", "活动日期", label=_("day"), type="date"),
        Column("text", "活动内容", label=pgettext_lazy("partnership", "what was done together")),
        AT,
    ),
)
register(ARRANGEMENT, MECHANISM, PAIRING, EVENT)
