"""The record types of squads and topic groups: how they stand, in numbers. Task forces of ledgers are bodies."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.deliberation import squads_section
from linli.deliberation.policies import squads as policies
from linli.deliberation.workflow.squads import GROUP, IDEA, ORIGINS, SQUAD
from linli.records.added import register_words
from linli.records.types import Column, Dimension, Measure, RecordType, register

KINDS = "squad.kind"
PLACE = Dimension("place", type="reference", to="division")
AT = Column("place", "所在位置", label=_("place"), type="place", path="place__name")

SQUAD_TYPE = RecordType(
    "squad",
    pgettext_lazy("squad", "Squads of residents"),
    "deliberation.Squad",
    105,
    dates=("agreed_on", "proposed_on", "ended_on"),
    visible=policies.squads_visible_to,
    amendable=policies.may_amend,
    url_name="squads:squad",
    dimensions=(
        Dimension("state", label=_("state"), choices=tuple(SQUAD.choices)),
        Dimension("kind", label=_("kind"), vocabulary=KINDS),
        Dimension("origin", label=pgettext_lazy("squad", "Formed by"), choices=ORIGINS),
        PLACE,
    ),
    measures=(
        Measure("place", "distinct"),
        Measure("people", "number", label=pgettext_lazy("squad", "people"), persons=True),
    ),
    columns=(
        Column("name", "小分队名称", label=pgettext_lazy("squad", "name of the squad")),
        AT,
        Column("kind", "类型", label=_("kind"), type="choice", vocabulary=KINDS),
        Column("origin", "发起方", label=pgettext_lazy("squad", "Formed by"), type="choice", choices=ORIGINS),
        Column("topic", "治理主题", label=pgettext_lazy("squad", "What it is about")),
        Column("people", "人数", label=pgettext_lazy("squad", "people"), type="whole"),
        Column("state", "状态", label=_("state"), type="choice", choices=tuple(SQUAD.choices)),
        Column("proposed_on", "提出日期", label=pgettext_lazy("squad", "proposed on"), type="date"),
        Column("agreed_on", "同意日期", label=pgettext_lazy("squad", "agreed on"), type="date"),
        Column("ended_on", "结束日期", label=_("ended on"), type="date"),
        Column("result", "结果", label=pgettext_lazy("squad", "result")),
    ),
)
GROUP_TYPE = RecordType(
    "online_group",
    pgettext_lazy("topic group", "Topic groups"),
    "deliberation.TopicGroup",
    106,
    dates=("opened_on", "closed_on"),
    visible=policies.squads_visible_to,
    amendable=policies.may_amend,
    url_name="topic_groups:topic_group",
    dimensions=(Dimension("state", label=_("state"), choices=tuple(GROUP.choices)), PLACE),
    measures=(Measure("place", "distinct"),),
    columns=(
        Column("name", "群组名称", label=pgettext_lazy("topic group", "name")),
        AT,
        Column("state", "状态", label=_("state"), type="choice", choices=tuple(GROUP.choices)),
        Column("opened_on", "建立日期", label=pgettext_lazy("topic group", "opened on"), type="date"),
        Column("closed_on", "关闭日期", label=pgettext_lazy("topic group", "closed on"), type="date"),
    ),
)
IDEA_TYPE = RecordType(
    "group_idea",
    pgettext_lazy("topic group", "Ideas of topic groups"),
    "deliberation.GroupIdea",
    107,
    dates=("posted_on", "answered_on"),
    visible=policies.squads_visible_to,
    amendable=policies.may_amend,
    dimensions=(Dimension("state", label=_("state"), choices=tuple(IDEA.choices)), PLACE),
    measures=(Measure("place", "distinct"),),
    columns=(
        Column("group", "群组名称", label=pgettext_lazy("topic group", "name"), path="group__name"),
        AT,
        Column("state", "状态", label=_("state"), type="choice", choices=tuple(IDEA.choices)),
        Column("posted_on", "提出日期", label=pgettext_lazy("squad", "proposed on"), type="date"),
        Column("answered_on", "答复日期", label=pgettext_lazy("idea", "answered on"), type="date"),
        Column("text", "建议内容", label=pgettext_lazy("topic group", "idea")),
    ),
)
register(SQUAD_TYPE, GROUP_TYPE, IDEA_TYPE)
register_words(KINDS, squads_section.named_kinds)
