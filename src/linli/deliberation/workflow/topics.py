"""The lives of topics, their steps, objections and resolutions; the words for where topics come from and end."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import ANYBODY, State, Workflow, move, register

VIEW: Final = "topics.view"
HOST: Final = "topics.host"
EXCEPT: Final = "topics.except"

STEP_OWED: Final = "topic.step"
OBJECTION_OWED: Final = "topic.objection"
TASK_OWED: Final = "resolution.task"
WORK: Final = (
    WorkKind(STEP_OWED, _("take the next step of a topic")),
    WorkKind(OBJECTION_OWED, _("answer an objection")),
    WorkKind(TASK_OWED, _("carry out a task of a resolution")),
)

SOURCES: Final = (
    ("resident", _("resident")),
    ("case", _("matter")),
    ("catalogue", _("catalogue of topics")),
    ("body", _("body or Party organisation")),
    ("meeting", _("meeting")),
)
OUTCOMES: Final = (
    ("resolution", _("resolution adopted")),
    ("settled", _("settled without a resolution")),
    ("none", _("no resolution")),
    ("postponed", _("postponed")),
    ("delegated", _("handed to a body to decide")),
    ("joint_meeting", _("to a joint meeting")),
)

TOPIC: Final = register(
    Workflow(
        "topic",
        states=(
            State("proposed", pgettext_lazy("topic", "proposed")),
            State("under_way", pgettext_lazy("topic", "being deliberated")),
            State("decided", pgettext_lazy("topic", "decided, being carried out")),
            State("closed", pgettext_lazy("topic", "carried out"), final=True),
            State("postponed", pgettext_lazy("topic", "postponed")),
            State("ended", pgettext_lazy("topic", "ended without a resolution"), final=True),
            State("declined", pgettext_lazy("topic", "not taken up"), final=True),
        ),
        moves=(
            move("begin", "proposed", "under_way", HOST, _("Begin the procedure")),
            move("decline", "proposed", "declined", HOST, _("Not take it up")),
            move("decide", "under_way", "decided", ANYBODY, _("Resolution adopted")),
            move("postpone", "under_way", "postponed", HOST, _("Postpone")),
            move("resume", "postponed", "under_way", HOST, _("Resume")),
            move("end", ("under_way", "postponed"), "ended", HOST, _("End without a resolution")),
            move("close", "decided", "closed", ANYBODY, _("All steps are done")),
        ),
        line=("proposed", "under_way", "decided", "closed"),
    )
)

STEP: Final = register(
    Workflow(
        "topic_step",
        states=(
            State("waiting", pgettext_lazy("step", "waiting")),
            State("under_way", pgettext_lazy("step", "under way")),
            State("not_met", pgettext_lazy("step", "not enough, can be held again")),
            State("done", pgettext_lazy("step", "done"), final=True),
            State("merged", pgettext_lazy("step", "held together with the next"), final=True),
            State("skipped", pgettext_lazy("step", "skipped with a reason"), final=True),
        ),
        moves=(
            move("reach", "waiting", "under_way", ANYBODY, _("Its turn has come")),
            move("fail", ("under_way", "not_met"), "not_met", ANYBODY, _("Held, not enough")),
            move("finish", ("under_way", "not_met"), "done", ANYBODY, _("Done")),
            move("merge", ("under_way",), "merged", ANYBODY, _("Held together with the next")),
            move("skip", ("under_way", "not_met"), "skipped", EXCEPT, _("Skip with a reason")),
        ),
        line=("waiting", "under_way", "done"),
    )
)
STEP_OVER: Final = ("done", "merged", "skipped")

OBJECTION: Final = register(
    Workflow(
        "topic_objection",
        states=(
            State("waiting", pgettext_lazy("objection", "waiting for an answer")),
            State("answered", pgettext_lazy("objection", "answered"), final=True),
        ),
        moves=(move("answer", "waiting", "answered", ANYBODY, pgettext_lazy("objection", "Answer")),),
        line=("waiting", "answered"),
    )
)

RESOLUTION: Final = register(
    Workflow(
        "resolution",
        states=(
            State("open", pgettext_lazy("resolution", "being carried out")),
            State("done", pgettext_lazy("resolution", "carried out"), final=True),
        ),
        moves=(move("finish", "open", "done", ANYBODY, _("Carried out")),),
        line=("open", "done"),
    )
)

TASK: Final = register(
    Workflow(
        "resolution_task",
        states=(
            State("open", pgettext_lazy("task", "open")),
            State("done", pgettext_lazy("task", "done"), final=True),
            State("dropped", pgettext_lazy("task", "dropped with a reason"), final=True),
        ),
        moves=(
            move("finish", "open", "done", ANYBODY, _("Done")),
            move("drop", "open", "dropped", EXCEPT, _("Drop with a reason")),
        ),
        line=("open", "done"),
    )
)
# What the history of a topic calls what happened to it.
HAPPENED: Final = {
    "topic.propose": pgettext_lazy("topic", "taken in"),
    "topic.begin": _("procedure begun"),
    "topic.decline": _("not taken up"),
    "topic.postpone": _("postponed"),
    "topic.resume": _("resumed"),
    "topic.end": _("ended without a resolution"),
    "topic.step_finish": _("step done"),
    "topic.step_fail": _("step held, not enough"),
    "topic.step_merge": _("step held together with the next"),
    "topic.step_skip": _("step skipped"),
    "topic.disclose": _("made public"),
    "topic.decide": _("resolution adopted"),
    "topic.attach": _("paper added"),
    "topic.object": _("objection raised"),
    "topic.answer": _("objection answered"),
    "topic.rate": _("rated by a resident"),
    "topic.close": _("all steps are done"),
}
