"""The life of a team as a table: formed around a task, at work until it is dissolved with what came of it."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import ANYBODY, State, Workflow, move, register

KEEP: Final = "teams.keep"
KIND: Final = "task_team"
END_OWED: Final = "task_team.end"
WORK: Final = (WorkKind(END_OWED, _("prolong or dissolve a team"), decides=True),)
NAMED: Final = "task_team.named"
CALLED: Final = "task_team.called"
MESSAGES: Final = (
    (NAMED, pgettext_lazy("team", "named for a team"), _("You were named for the team “%(team)s”. Its task: %(task)s")),
    (
        CALLED,
        pgettext_lazy("team", "call of a team"),
        _("%(team)s: %(what)s, %(at)s, %(venue)s. Please say whether you come; nobody has to."),
    ),
)

TEAM: Final = register(
    Workflow(
        "team",
        states=(
            State("active", pgettext_lazy("team", "at work"), start=True),
            State("dissolved", pgettext_lazy("team", "dissolved"), final=True),
        ),
        moves=(
            move("log", "active", None, ANYBODY, pgettext_lazy("team", "Write down a result")),
            move("call", "active", None, ANYBODY, pgettext_lazy("team", "Call the members")),
            move("join", "active", None, ANYBODY, pgettext_lazy("team", "Add members")),
            move("leave", "active", None, ANYBODY, pgettext_lazy("team", "Let a member leave")),
            move("lead", "active", None, ANYBODY, pgettext_lazy("team", "Name another lead")),
            move("link", "active", None, ANYBODY, pgettext_lazy("team", "Take on a matter")),
            move("unlink", "active", None, ANYBODY, pgettext_lazy("team", "Take the matter off")),
            move("prolong", "active", None, ANYBODY, pgettext_lazy("team", "Prolong")),
            move("dissolve", "active", "dissolved", ANYBODY, pgettext_lazy("team", "Dissolve with an outcome")),
            move("answer", "active", None, ANYBODY, pgettext_lazy("team", "Answer a call")),
        ),
        line=("active", "dissolved"),
    )
)
# What every member may do; the rest is for the lead and for whoever keeps the teams of the place.
OF_MEMBERS: Final = ("answer",)
