"""The lives of residents' own squads and of topic groups, the words for both, and what is owed of them."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import ANYBODY, State, Workflow, move, register
from linli.deliberation.workflow.bodies import KEEP, MANAGE

SQUAD_SUBJECT: Final = "squad"
GROUP_SUBJECT: Final = "topic_group"
AGREE_OWED: Final = "squad.agree"
NEED_OWED: Final = "squad.need"
IDEA_OWED: Final = "group.idea"
WORK: Final = (
    WorkKind(AGREE_OWED, _("answer residents who want to form a squad"), decides=True),
    WorkKind(NEED_OWED, _("answer what a squad asks for")),
    WorkKind(IDEA_OWED, _("answer ideas of a topic group")),
)

SQUAD: Final = register(
    Workflow(
        "squad",
        states=(
            State("proposed", pgettext_lazy("squad", "proposed"), start=True),
            State("active", pgettext_lazy("squad", "at work")),
            State("ended", pgettext_lazy("squad", "ended"), final=True),
            State("declined", pgettext_lazy("squad", "not formed"), final=True),
        ),
        moves=(
            move("agree", "proposed", "active", MANAGE, pgettext_lazy("squad", "Agree")),
            move("decline", "proposed", "declined", KEEP, pgettext_lazy("squad", "Do not agree")),
            move("session", "active", None, KEEP, pgettext_lazy("squad", "Record a session")),
            move("need", "active", None, KEEP, _("Ask for materials")),
            move("end", "active", "ended", MANAGE, pgettext_lazy("squad", "End with a result")),
        ),
        line=("proposed", "active", "ended"),
    )
)
GROUP: Final = register(
    Workflow(
        "topic_group",
        states=(
            State("open", pgettext_lazy("topic group", "open"), start=True),
            State("closed", pgettext_lazy("topic group", "closed"), final=True),
        ),
        moves=(
            move("announce", "open", None, KEEP, _("Announce something")),
            move("close", "open", "closed", KEEP, _("Close the group")),
        ),
        line=("open", "closed"),
    )
)
IDEA: Final = register(
    Workflow(
        "group_idea",
        states=(
            State("posted", pgettext_lazy("idea", "waits for an answer"), start=True),
            State("case", pgettext_lazy("idea", "became a matter"), final=True),
            State("topic", pgettext_lazy("idea", "became a topic"), final=True),
            State("answered", pgettext_lazy("idea", "answered"), final=True),
            State("hidden", pgettext_lazy("idea", "hidden, with the reason")),
            State("withdrawn", pgettext_lazy("idea", "withdrawn"), final=True),
        ),
        moves=(
            move("case", "posted", "case", KEEP, _("Make it a matter")),
            move("topic", "posted", "topic", KEEP, _("Make it a topic")),
            move("answer", "posted", "answered", KEEP, pgettext_lazy("idea", "Answer")),
            move("hide", ("posted",), "hidden", KEEP, _("Hide it, with the reason")),
            move("show", "hidden", "posted", KEEP, _("Show it again")),
            # Only whoever wrote it takes it back.
            move("withdraw", ("posted", "hidden"), "withdrawn", ANYBODY, _("Take it back")),
        ),
        line=("posted", "answered"),
    )
)
ORIGINS: Final = (
    ("resident", pgettext_lazy("squad", "residents")),
    ("office", pgettext_lazy("squad", "community or street")),
)
NEEDS: Final = (
    ("asked", pgettext_lazy("material", "asked for")),
    ("given", pgettext_lazy("material", "given")),
    ("partly", pgettext_lazy("material", "given in part")),
    ("refused", pgettext_lazy("material", "not given")),
)
# What the history of a squad calls what happened to it.
HAPPENED: Final = {
    "squad.propose": pgettext_lazy("squad", "proposed"),
    "squad.agree": pgettext_lazy("squad", "agreed"),
    "squad.decline": pgettext_lazy("squad", "not formed"),
    "squad.need": _("asked for materials"),
    "squad.answer": _("materials answered"),
    "squad.session": _("session recorded"),
    "squad.end": pgettext_lazy("squad", "ended"),
}
