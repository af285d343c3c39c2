"""Record types of assessments: rounds, and the scores of units. Scores of persons are no rows of any list or figure."""

from django.utils.translation import gettext_lazy as _

from linli.accountability.assessing.section import SOURCES, SUBJECTS, schemes
from linli.accountability.policies import assessments as policies
from linli.accountability.workflow.assessments import ASSESSMENT as FLOW
from linli.accountability.workflow.assessments import TOLD
from linli.records.added import register_words
from linli.records.types import Column, Dimension, Measure, RecordType, register

ASSESSMENT = RecordType(
    "assessment",
    _("Rounds of assessment"),
    "accountability.Assessment",
    95,
    dates=("last", "first"),
    visible=policies.rounds_visible_to,
    url_name="assessments:assessment",
    extensible=False,
    dimensions=(
        Dimension("scheme", label=_("scheme"), vocabulary="assessment.scheme"),
        Dimension("of", label=_("who is assessed"), choices=SUBJECTS),
        Dimension("state", label=_("state"), choices=tuple(FLOW.choices)),
        Dimension("period", label=_("period"), type="text"),
        Dimension("place", type="reference", to="division"),
    ),
    measures=(Measure("place", "distinct"),),
    columns=(
        Column("label", "考核名称", label=_("scheme")),
        Column("period", "考核周期", label=_("period")),
        Column("of", "考核对象", label=_("who is assessed"), type="choice", choices=SUBJECTS),
        Column("place", "所在位置", label=_("place"), type="place", path="place__name"),
        Column("last", "截止日期", label=_("last day"), type="date"),
        Column("state", "状态", label=_("state"), type="choice", choices=tuple(FLOW.choices)),
    ),
)
ASSESSMENT_SCORE = RecordType(
    "assessment_score",
    _("Assessment scores of units"),
    "accountability.CriterionScore",
    96,
    dates=("on",),
    place="assessed__place",
    only={"assessed__post__isnull": True, "assessed__assessment__state__in": tuple(sorted(TOLD))},
    visible=policies.scores_visible_to,
    extensible=False,
    dimensions=(
        Dimension("scheme", label=_("scheme"), path="assessed__assessment__scheme", vocabulary="assessment.scheme"),
        Dimension("criterion", label=_("criterion"), type="text"),
        Dimension("source", label=_("source"), choices=SOURCES),
        Dimension("grade", label=_("grade"), type="text", path="assessed__grade"),
        Dimension("period", label=_("period"), type="text", path="assessed__assessment__period"),
        Dimension("place", type="reference", to="division", path="assessed__place"),
    ),
    measures=(
        Measure("points", "number", label=_("score")),
        Measure("total", "number", label=_("total"), path="assessed__total"),
        Measure("assessed", "distinct", label=_("units")),
    ),
    columns=(
        Column("assessed", "考核对象", label=_("who is assessed"), path="assessed__label"),
        Column("period", "考核周期", label=_("period"), path="assessed__assessment__period"),
        Column("criterion", "指标", label=_("criterion")),
        Column("source", "来源", label=_("source"), type="choice", choices=SOURCES),
        Column("weight", "权重", label=_("weight"), type="number"),
        Column("points", "得分", label=_("score"), type="number"),
        Column("grade", "等次", label=_("grade"), path="assessed__grade"),
        Column("on", "截止日期", label=_("last day"), type="date"),
    ),
)

register_words("assessment.scheme", lambda: schemes().values())
register(ASSESSMENT, ASSESSMENT_SCORE)
