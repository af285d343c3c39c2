"""Record types of inspections of work (督查、交叉检查) and of what they found."""

from django.utils.translation import gettext_lazy as _

from linli.accountability.models.inspecting import KINDS
from linli.accountability.operations.inspecting import inspection_record_many, inspections_recognised
from linli.accountability.policies import inspecting as policies
from linli.accountability.workflow.assessments import FINDING as FINDING_FLOW
from linli.accountability.workflow.assessments import INSPECTION as INSPECTION_FLOW
from linli.records.types import Column, Dimension, Measure, RecordType, register

AT = Column("place", "所在位置|被检查单位所在地", label=_("place"), type="place", path="place__name")

INSPECTION = RecordType(
    "inspection",
    _("Inspections"),
    "accountability.Inspection",
    97,
    write=inspection_record_many,
    recognised=inspections_recognised,
    dates=("on", "due"),
    titles="督查|交叉检查|督导检查",
    visible=policies.inspections_visible_to,
    url_name="inspections:inspection",
    dimensions=(
        Dimension("kind", label=_("kind"), choices=KINDS),
        Dimension("level", label=_("level"), type="text"),
        Dimension("subject", label=_("what is inspected"), type="text"),
        Dimension("state", label=_("state"), choices=tuple(INSPECTION_FLOW.choices)),
        Dimension("place", type="reference", to="division"),
        Dimension("inspected", type="reference", to="office"),
    ),
    measures=(Measure("problems", "number", label=_("problems found")), Measure("place", "distinct")),
    columns=(
        Column("on", "检查日期|督查日期|检查时间", label=_("day"), type="date", required=True),
        Column("level", "组织层级|检查层级|层级", label=_("level")),
        Column("kind", "检查类型|督查类型|检查方式", label=_("kind"), type="choice", choices=KINDS, required=True),
        Column("subject", "检查事项|督查事项|检查内容", label=_("what is inspected"), required=True),
        AT,
        Column("scope", "检查范围|检查对象|被检查单位", label=_("scope")),
        Column("problems", "发现问题数|问题数", label=_("problems found"), type="whole", minimum=0),
        Column("team", "检查组|检查单位|督查组", label=_("team")),
        Column("outcome", "整改情况|处理情况", label=_("What came of it")),
    ),
)
FINDING = RecordType(
    "finding",
    _("Findings"),
    "accountability.Finding",
    98,
    dates=("found", "rectified", "verified"),
    visible=policies.findings_visible_to,
    dimensions=(
        Dimension("state", label=_("state"), choices=tuple(FINDING_FLOW.choices)),
        Dimension("kind", label=_("kind"), path="inspection__kind", choices=KINDS),
        Dimension("returns", label=_("times returned"), type="number"),
        Dimension("organization", type="reference", to="office"),
        Dimension("place", type="reference", to="division"),
    ),
    measures=(
        Measure("rectifying", "duration", label=_("days until put right"), start="found", end="rectified"),
        Measure("organization", "distinct", label=_("units")),
    ),
    columns=(
        Column("found", "发现日期", label=_("day"), type="date"),
        Column("text", "发现问题", label=_("finding")),
        Column("organization", "整改单位", label=_("organisation"), path="organization__name"),
        AT,
        Column("state", "整改状态", label=_("state"), type="choice", choices=tuple(FINDING_FLOW.choices)),
        Column("rectification", "整改措施", label=_("how it was put right")),
        Column("rectified", "整改日期", label=_("put right on"), type="date"),
        Column("verified", "销号日期", label=_("verified on"), type="date"),
    ),
)

register(INSPECTION, FINDING)
