"""The record type of circles: what is within a walk of compounds. It is computed, so it goes out and never comes in."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.circles import policies
from linli.circles.sections import section
from linli.circles.workflow import GROUPS
from linli.records.added import register_words
from linli.records.types import Column, Dimension, Measure, RecordType, register

KINDS = "circle.kind"
KIND = pgettext_lazy("circle", "kind of service")
GROUP = pgettext_lazy("circle", "group")
NEAR = pgettext_lazy("circle", "households that have it near")
REACHED = pgettext_lazy("circle", "all have it near")
MINUTES = pgettext_lazy("circle", "minutes on foot, the longest way")
register_words(KINDS, lambda: section().kinds)
register(
    RecordType(
        "circle_reach",
        pgettext_lazy("circle", "Services within a walk"),
        "circles.Reach",
        125,
        span=("since", "until"),
        titles="15分钟便民生活圈|便民生活圈",
        visible=policies.reaches_visible_to,
        extensible=False,
        dimensions=(
            Dimension("kind", label=KIND, vocabulary=KINDS),
            Dimension("group", label=GROUP, choices=GROUPS),
            Dimension("reached", label=REACHED, type="flag"),
            Dimension("minutes", label=MINUTES, type="number"),
            Dimension("place", label=_("compound"), type="reference", to="compound"),
        ),
        measures=(
            Measure("households", "number", label=_("households"), persons=True),
            Measure("near", "number", label=NEAR, persons=True, part_of="households"),
            Measure("minutes", "number", label=MINUTES, unit="minute"),
            Measure("place", "distinct", label=_("Compounds")),
            Measure("kind", "distinct", label=KIND),
        ),
        columns=(
            Column("place", "小区(楼院)名称|小区名称", label=_("compound"), type="place", path="place__name"),
            Column("kind", "服务类型", label=KIND, type="choice", vocabulary=KINDS),
            Column("group", "类别", label=GROUP, type="choice", choices=GROUPS),
            Column("households", "户数", label=_("households"), type="whole"),
            Column("near", "可达户数", label=NEAR, type="whole"),
            Column("reached", "全部可达", label=REACHED, type="flag"),
            Column("minutes", "步行分钟", label=MINUTES, type="number"),
            Column("since", "起始日期", label=_("since"), type="date"),
            Column("until", "终止日期", label=_("until"), type="date"),
        ),
    )
)
