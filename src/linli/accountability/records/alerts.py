"""The record type of alerts, so that they are counted, listed and exported like everything else."""

from django.utils.translation import gettext_lazy as _

from linli.accountability.policies import alerts as policies
from linli.accountability.workflow.alerts import ALERT as FLOW
from linli.accountability.workflow.alerts import COLOURS
from linli.records.types import Column, Dimension, Measure, RecordType, register

ALERT = RecordType(
    "alert",
    _("Alerts"),
    "accountability.Alert",
    99,
    dates=("raised", "ended"),
    visible=policies.alerts_visible_to,
    url_name="alerts:alert",
    dimensions=(
        Dimension("rule", label=_("rule"), type="text"),
        Dimension("colour", label=_("colour"), choices=COLOURS),
        Dimension("state", label=_("state"), choices=tuple(FLOW.choices)),
        Dimension("place", type="reference", to="division"),
    ),
    measures=(Measure("place", "distinct"),),
    columns=(
        Column("title", "预警", label=_("alert")),
        Column("colour", "颜色", label=_("colour"), type="choice", choices=COLOURS),
        Column("place", "所在位置", label=_("place"), type="place", path="place__name"),
        Column("raised", "预警时间", label=_("raised"), type="datetime"),
        Column("state", "状态", label=_("state"), type="choice", choices=tuple(FLOW.choices)),
        Column("note", "处理情况", label=_("What was done")),
        Column("ended", "解除时间", label=_("ended"), type="datetime"),
    ),
)
register(ALERT)
