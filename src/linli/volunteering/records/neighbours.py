"""The record type of what good neighbours offer. Names stay with their honours."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.records.types import Column, Dimension, Measure, RecordType, register
from linli.volunteering.policies import neighbours as policies
from linli.volunteering.workflow import RECIPIENTS

RECIPIENT = pgettext_lazy("honour", "recipient")

register(
    RecordType(
        "neighbour_offer",
        pgettext_lazy("good neighbour", "Offers of good neighbours"),
        "volunteering.NeighbourOffer",
        109,
        span=("since", "until"),
        titles="好邻居服务|好邻居清单",
        visible=policies.offers_visible_to,
        amendable=policies.may_amend,
        dimensions=(
            Dimension("recipient", label=RECIPIENT, path="honour__recipient", choices=RECIPIENTS),
            Dimension("place", type="reference", to="division"),
        ),
        measures=(Measure("place", "distinct"),),
        columns=(
            Column(
                "recipient", "对象类型", label=RECIPIENT, type="choice", choices=RECIPIENTS, path="honour__recipient"
            ),
            Column("place", "社区|街道", label=_("place"), type="place", path="place__name"),
            Column("text", "服务内容", label=pgettext_lazy("good neighbour", "what is offered")),
            Column("since", "开始日期", label=_("since"), type="date"),
            Column("until", "结束日期", label=_("until"), type="date"),
        ),
    )
)
