"""The record types of emergency plans and their activations. Help cards have none: nobody lists or exports them."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.emergencies import policies
from linli.emergencies.sections import section
from linli.emergencies.workflow import ACTIVATION, ACTIVE, PLAN, PLANNED
from linli.records.added import register_words
from linli.records.profiles import Labelled
from linli.records.types import Column, Dimension, Measure, RecordType, register

KINDS = "emergency_plan.kind"
LEVELS = "activation.level"
KIND = pgettext_lazy("emergency", "kind of emergency")
LEVEL = pgettext_lazy("emergency", "level")
TITLE = pgettext_lazy("emergency", "plan")
CHECKED = pgettext_lazy("emergency", "looked through")
PLACE = Dimension("place", type="reference", to="division")
AT = Column("place", "社区|所属社区|区域", label=_("place"), type="place", path="place__name")


def _kinds() -> Iterable[Labelled]:
    return section().kinds


def _levels() -> Iterable[Labelled]:
    return section().levels


register_words(KINDS, _kinds)
register_words(LEVELS, _levels)
register(
    RecordType(
        PLAN,
        pgettext_lazy("emergency", "Emergency plans"),
        "emergencies.EmergencyPlan",
        147,
        span=("since", "until"),
        titles="应急预案",
        visible=policies.plans_visible_to,
        amendable=policies.plan_amendable,
        url_name="emergencies:emergency_plan",
        dimensions=(
            Dimension("kind", label=KIND, vocabulary=KINDS),
            Dimension("state", label=_("state"), choices=tuple(PLANNED.choices)),
            PLACE,
        ),
        measures=(Measure("place", "distinct"),),
        columns=(
            Column("title", "预案名称", label=TITLE),
            Column("kind", "预案类型", label=KIND, type="choice", vocabulary=KINDS),
            AT,
            Column("since", "编制日期", label=_("since"), type="date"),
            Column("checked", "复核日期", label=CHECKED, type="date"),
            Column("until", "废止日期", label=_("until"), type="date"),
            Column("state", "状态", label=_("state"), type="choice", choices=tuple(PLANNED.choices)),
        ),
    ),
    RecordType(
        ACTIVATION,
        pgettext_lazy("emergency", "Activations of emergency plans"),
        "emergencies.Activation",
        148,
        dates=("started", "ended"),
        titles="应急响应",
        visible=policies.activations_visible_to,
        amendable=policies.activation_amendable,
        url_name="emergencies:activation",
        dimensions=(
            Dimension("kind", label=KIND, path="plan__kind", vocabulary=KINDS),
            Dimension("level", label=LEVEL, vocabulary=LEVELS),
            Dimension("state", label=_("state"), choices=tuple(ACTIVE.choices)),
            PLACE,
        ),
        measures=(Measure("place", "distinct"),),
        columns=(
            Column("plan", "预案名称", label=TITLE, path="plan__title"),
            Column("level", "响应级别", label=LEVEL, type="choice", vocabulary=LEVELS),
            AT,
            Column("started", "启动时间", label=pgettext_lazy("emergency", "started"), type="datetime"),
            Column("ends", "计划结束时间", label=pgettext_lazy("emergency", "planned end"), type="datetime"),
            Column("ended", "结束时间", label=pgettext_lazy("emergency", "ended at"), type="datetime"),
            Column("reason", "启动原因", label=_("reason")),
            Column("state", "状态", label=_("state"), type="choice", choices=tuple(ACTIVE.choices)),
        ),
    ),
)
