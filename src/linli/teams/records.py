"""The record types of teams, of who belongs to them and of what they did."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.records.added import register_words
from linli.records.profiles import Labelled
from linli.records.types import Column, Dimension, Measure, RecordType, register
from linli.teams import policies
from linli.teams.sections import section
from linli.teams.workflow import KIND, TEAM

STATES = tuple(TEAM.choices)
KINDS = "task_team.kind"
CAPACITIES = "team_member.capacity"
NAME = pgettext_lazy("team", "name of the team")
TASK = pgettext_lazy("team", "its task")
BEGINS = pgettext_lazy("team", "begins on")
CAPACITY = pgettext_lazy("team", "in which capacity")
OF = Dimension(KIND, type="reference", to=KIND, path="team")
PLACE = Dimension("place", type="reference", to="division", path="team__place")
AT = Column("place", "社区|所属社区|街道", label=_("place"), type="place", path="team__place__name")


def _kinds() -> Iterable[Labelled]:
    return section().kinds


def _capacities() -> Iterable[Labelled]:
    return section().capacities


register_words(KINDS, _kinds)
register_words(CAPACITIES, _capacities)
register(
    RecordType(
        KIND,
        pgettext_lazy("team", "Teams formed around a task"),
        "teams.TaskTeam",
        90,
        span=("begins_on", "ended_on"),
        titles="联建队伍|任务队伍",
        visible=policies.teams_visible_to,
        amendable=policies.amendable,
        url_name="teams:task_team",
        dimensions=(
            Dimension("name", label=NAME, type="text"),
            Dimension("kind", label=pgettext_lazy("team", "kind of team"), vocabulary=KINDS),
            Dimension("state", label=_("state"), choices=STATES),
            Dimension("planned_end", label=pgettext_lazy("team", "planned to end on"), type="date"),
            Dimension("place", type="reference", to="division"),
        ),
        measures=(Measure("place", "distinct"),),
        columns=(
            Column("name", "队伍名称|名称", label=NAME),
            Column(
                "kind", "队伍类型|类型", label=pgettext_lazy("team", "kind of team"), type="choice", vocabulary=KINDS
            ),
            Column("task", "任务|工作任务", label=TASK),
            Column("place", "社区|所属社区|街道", label=_("place"), type="place", path="place__name"),
            Column("begins_on", "组建日期", label=BEGINS, type="date"),
            Column("planned_end", "计划结束日期", label=pgettext_lazy("team", "planned to end on"), type="date"),
            Column("ended_on", "解散日期", label=_("ended on"), type="date"),
            Column("outcome", "成效|完成情况", label=pgettext_lazy("team", "what came of the task")),
            Column("state", "状态", label=_("state"), type="choice", choices=STATES),
        ),
    ),
    RecordType(
        "team_member",
        pgettext_lazy("team", "Members of teams"),
        "teams.TeamMember",
        91,
        span=("since", "until"),
        place="team__place",
        persons=True,
        extensible=False,
        visible=policies.members_visible_to,
        dimensions=(
            Dimension("capacity", label=CAPACITY, vocabulary=CAPACITIES),
            Dimension("person", type="reference", to="person"),
            OF,
            PLACE,
        ),
        measures=(
            Measure("person", "distinct", label=_("persons"), persons=True),
            Measure("team", "distinct", label=pgettext_lazy("team", "Teams formed around a task")),
        ),
        columns=(
            Column("team", "队伍名称", label=NAME, path="team__name"),
            AT,
            Column("capacity", "身份|队员身份", label=CAPACITY, type="choice", vocabulary=CAPACITIES),
            Column("since", "加入日期", label=_("since"), type="date"),
            Column("until", "退出日期", label=_("until"), type="date"),
        ),
    ),
    RecordType(
        "team_result",
        pgettext_lazy("team", "Results of teams"),
        "teams.TeamResult",
        92,
        dates=("on",),
        place="team__place",
        visible=policies.results_visible_to,
        dimensions=(
            Dimension("kind", label=pgettext_lazy("team", "kind of team"), path="team__kind", vocabulary=KINDS),
            OF,
            PLACE,
        ),
        measures=(
            Measure("number", "number", label=pgettext_lazy("team", "how many")),
            Measure("team", "distinct", label=pgettext_lazy("team", "Teams formed around a task")),
        ),
        columns=(
            Column("team", "队伍名称", label=NAME, path="team__name"),
            AT,
            Column("on", "日期", label=_("Day"), type="date"),
            Column("what", "工作内容|完成内容", label=pgettext_lazy("team", "what was done")),
            Column("number", "数量", label=pgettext_lazy("team", "how many"), type="whole"),
        ),
    ),
)
