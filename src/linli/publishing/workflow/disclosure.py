"""The lives of what a body owes of a period, and of a question about what was made public; who may read a notice."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import ANYBODY, State, Workflow, move, register

EVERYBODY: Final = "everybody"
RESIDENTS: Final = "residents"
AUDIENCES: Final = (
    (EVERYBODY, pgettext_lazy("audience", "everybody")),
    (RESIDENTS, _("residents of the community who have signed in")),
)
POST_OWED: Final = "disclosure.post"
ANSWER_OWED: Final = "disclosure.question"
ASKED: Final = "disclosure.asked"
MESSAGES: Final = ((ASKED, _("Question about what was made public"), _("An answer is due by %(due)s.")),)
WORK: Final = (
    WorkKind(POST_OWED, _("make it public")),
    WorkKind(ANSWER_OWED, _("answer a question about what was made public")),
)

DUE: Final = register(
    Workflow(
        "disclosure_due",
        states=(
            State("waiting", pgettext_lazy("disclosure", "not yet due")),
            State("missing", pgettext_lazy("disclosure", "overdue")),
            State("in_time", pgettext_lazy("disclosure", "in time")),
            State("late", pgettext_lazy("disclosure", "late")),
            State("dropped", pgettext_lazy("disclosure", "no longer owed"), final=True),
        ),
        moves=(
            move("post", "waiting", "in_time", ANYBODY, _("Made public")),
            move("miss", "waiting", "missing", ANYBODY, _("The day has passed")),
            move("post", "missing", "late", ANYBODY, _("Made public late")),
            move("take_back", ("in_time", "late"), "waiting", ANYBODY, _("What was posted was withdrawn")),
            move("drop", ("waiting", "missing"), "dropped", ANYBODY, _("The rule no longer asks for it")),
        ),
        line=("waiting", "in_time"),
    )
)

QUESTION: Final = register(
    Workflow(
        "publication_question",
        states=(
            State("waiting", pgettext_lazy("question", "waiting for an answer")),
            State("answered", pgettext_lazy("question", "answered in public")),
            State("private", pgettext_lazy("question", "answered to the asker alone"), final=True),
        ),
        moves=(
            move("answer", "waiting", "answered", ANYBODY, _("Answer in public")),
            move("withhold", "waiting", "private", ANYBODY, _("Answer the asker alone")),
            move("hide", "answered", "private", ANYBODY, _("Take it off the public page")),
        ),
        line=("waiting", "answered"),
    )
)
