"""The record types of safety: patrols in numbers, rounds of inspection, hazards, plans for events."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.records.added import register_words
from linli.records.profiles import Labelled
from linli.records.types import Column, Dimension, Measure, RecordType, register
from linli.safety import policies
from linli.safety.operations.ledgers import patrol_record_many, patrols_refused
from linli.safety.sections import section
from linli.safety.workflow import EVENT, EVENTS, FORCES, HAZARD_KIND, HAZARDS, PATROL, PATROLS, ROUND, ROUNDS

KINDS = "inspection_round.kind"
SEVERITIES = "hazard.severity"
KIND = pgettext_lazy("safety", "kind of inspection")
SEVERITY = pgettext_lazy("safety", "how grave")
TITLE = pgettext_lazy("safety", "title")
PLACE = Dimension("place", type="reference", to="division")
PLACES = Measure("place", "distinct")
AT = Column("place", "小区|社区", label=_("place"), type="place", path="place__name")
FOUND = pgettext_lazy("safety", "what was seen")
TEAM = pgettext_lazy("safety", "team")
CAME = pgettext_lazy("safety", "forces that came")
HEADERS = {
    "committee": "两委|社区两委",
    "grid": "网格员",
    "property": "物业|物业管理人员",
    "owners": "业委会|业委会成员",
    "volunteers": "志愿者|志愿人员",
}


def _kinds() -> Iterable[Labelled]:
    return section().checklists


def _severities() -> Iterable[Labelled]:
    return section().severities


register_words(KINDS, _kinds)
register_words(SEVERITIES, _severities)
register(
    RecordType(
        PATROL,
        pgettext_lazy("safety", "Joint patrols"),
        "safety.PatrolShift",
        146,
        write=patrol_record_many,
        refused=patrols_refused,
        dates=("on",),
        titles="巡逻记录|巡防记录|联防巡逻",
        visible=policies.patrols_visible_to,
        amendable=policies.amendable,
        url_name=f"safety:{PATROL}",
        dimensions=(
            Dimension("state", label=_("state"), choices=tuple(PATROLS.choices)),
            Dimension("forces", label=CAME, type="number"),
            *(Dimension(code, label=label, type="number") for code, label in FORCES),
            Dimension("team", label=TEAM, path="team__name", type="text"),
            PLACE,
        ),
        measures=(
            PLACES,
            Measure("forces", "number", label=CAME),
            *(Measure(code, "number", label=label) for code, label in FORCES),
        ),
        columns=(
            Column("on", "巡逻日期|巡防日期|日期", label=_("day"), type="date", required=True, planned=True),
            AT,
            *(
                Column(code, HEADERS[code], label=label, type="whole", minimum=0, required=True)
                for code, label in FORCES
            ),
            Column(
                "team", "联防队伍|队伍名称", label=TEAM, type="organization", ref="volunteer_team", path="team__name"
            ),
            Column("found", "发现问题", label=FOUND),
            Column("state", "状态", label=_("state"), type="choice", choices=tuple(PATROLS.choices)),
        ),
    ),
    RecordType(
        ROUND,
        pgettext_lazy("safety", "Rounds of inspection"),
        "safety.InspectionRound",
        147,
        span=("since", "ended_on"),
        titles="安全检查",
        visible=policies.rounds_visible_to,
        amendable=policies.amendable,
        url_name=f"safety:{ROUND}",
        dimensions=(
            Dimension("kind", label=KIND, vocabulary=KINDS),
            Dimension("state", label=_("state"), choices=tuple(ROUNDS.choices)),
            PLACE,
        ),
        measures=(PLACES, Measure("targets", "distinct", label=pgettext_lazy("safety", "places gone to"))),
        columns=(
            Column("title", "检查名称", label=TITLE),
            Column("kind", "检查类别", label=KIND, type="choice", vocabulary=KINDS),
            AT,
            Column("since", "开始日期", label=_("since"), type="date"),
            Column("until", "截止日期", label=_("until"), type="date"),
            Column("state", "状态", label=_("state"), type="choice", choices=tuple(ROUNDS.choices)),
        ),
    ),
    RecordType(
        HAZARD_KIND,
        pgettext_lazy("safety", "Hazards of places"),
        "safety.Hazard",
        148,
        dates=("found_on", "removed_on", "due"),
        titles="隐患台账|安全隐患",
        visible=policies.hazards_visible_to,
        amendable=policies.amendable,
        url_name=f"safety:{HAZARD_KIND}",
        dimensions=(
            Dimension("kind", label=KIND, vocabulary=KINDS),
            Dimension("severity", label=SEVERITY, vocabulary=SEVERITIES),
            Dimension("state", label=_("state"), choices=tuple(HAZARDS.choices)),
            Dimension("again", label=pgettext_lazy("safety", "re-checks in vain"), type="number"),
            Dimension("case", type="reference", to="case"),
            PLACE,
        ),
        measures=(
            PLACES,
            Measure("days", "duration", label=_("days until it ended"), start="found_on", end="removed_on"),
        ),
        columns=(
            Column("found_on", "发现日期", label=pgettext_lazy("safety", "found on"), type="date"),
            AT,
            Column("text", "隐患描述", label=pgettext_lazy("safety", "what is unsafe")),
            Column("severity", "隐患等级", label=SEVERITY, type="choice", vocabulary=SEVERITIES),
            Column("due", "整改期限", label=_("due"), type="date"),
            Column("state", "整改状态", label=_("state"), type="choice", choices=tuple(HAZARDS.choices)),
            Column("removed_on", "销号日期", label=pgettext_lazy("safety", "removed on"), type="date"),
            Column("case", "事项编号", label=_("matter"), path="case__number"),
        ),
    ),
    RecordType(
        EVENT,
        pgettext_lazy("safety", "Plans for events"),
        "safety.EventPlan",
        149,
        dates=("on",),
        titles="活动保障方案",
        visible=policies.events_visible_to,
        amendable=policies.amendable,
        url_name=f"safety:{EVENT}",
        dimensions=(Dimension("state", label=_("state"), choices=tuple(EVENTS.choices)), PLACE),
        measures=(PLACES, Measure("visitors", "number", label=pgettext_lazy("safety", "visitors expected"))),
        columns=(
            Column("title", "活动名称", label=TITLE),
            AT,
            Column("on", "活动日期", label=_("day"), type="date"),
            Column("visitors", "预计人数", label=pgettext_lazy("safety", "visitors expected"), type="whole"),
            Column("state", "状态", label=_("state"), type="choice", choices=tuple(EVENTS.choices)),
        ),
    ),
)
