"""The life of an emergency plan and of its activation as tables, what a called post may answer, and what is owed."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import ANYBODY, State, Workflow, move, register

KEEP: Final = "emergencies.keep"
ACTIVATE: Final = "emergencies.activate"
ASSIST: Final = "emergencies.assist"
PLAN: Final = "emergency_plan"
ACTIVATION: Final = "activation"
STEP: Final = "activation_step"
CARD: Final = "help_card"
# Between the kinds of help of one card.
SEPARATOR: Final = ","

CHECK_OWED: Final = "emergency_plan.check"
STEP_OWED: Final = "activation.step"
REVIEW_OWED: Final = "activation.review"
WORK: Final = (
    WorkKind(CHECK_OWED, _("look through this emergency plan")),
    WorkKind(STEP_OWED, _("do this step of the emergency")),
    WorkKind(REVIEW_OWED, _("write down what was learnt from the emergency")),
)
CALLED: Final = "activation.called"
ENDED: Final = "activation.ended"
MESSAGES: Final = (
    (CALLED, pgettext_lazy("emergency", "Emergency: you are called"), _("%(plan)s, %(level)s: %(reason)s")),
    (ENDED, pgettext_lazy("emergency", "The emergency is over"), _("%(plan)s has ended.")),
)
# Only the answer, never where somebody is.
ANSWERS: Final = (
    ("here", pgettext_lazy("emergency", "here")),
    ("coming", pgettext_lazy("emergency", "on my way")),
    ("cannot", pgettext_lazy("emergency", "cannot come")),
)
MEANS: Final = (
    ("account", pgettext_lazy("help card", "by one's account")),
    ("in_person", pgettext_lazy("help card", "face to face")),
    ("paper", pgettext_lazy("help card", "on paper")),
    ("phone", pgettext_lazy("help card", "by phone")),
)

PLANNED: Final = register(
    Workflow(
        PLAN,
        states=(
            State("in_force", pgettext_lazy("emergency", "in force"), start=True),
            State("ended", pgettext_lazy("emergency", "ended"), final=True),
        ),
        moves=(move("end", "in_force", "ended", ANYBODY, pgettext_lazy("emergency", "Take out of force")),),
        line=("in_force", "ended"),
    )
)
ACTIVE: Final = register(
    Workflow(
        ACTIVATION,
        states=(
            State("active", pgettext_lazy("emergency", "active"), start=True),
            State("ended", pgettext_lazy("emergency", "ended, to be reviewed")),
            State("reviewed", pgettext_lazy("emergency", "reviewed"), final=True),
        ),
        moves=(
            move("extend", "active", None, ACTIVATE, pgettext_lazy("emergency", "Change its end")),
            move("end", "active", "ended", ACTIVATE, pgettext_lazy("emergency", "End")),
            move("lapse", "active", "ended", ANYBODY, pgettext_lazy("emergency", "Its time is over")),
            move("review", "ended", "reviewed", ACTIVATE, pgettext_lazy("emergency", "Review")),
        ),
        line=("active", "ended", "reviewed"),
    )
)
