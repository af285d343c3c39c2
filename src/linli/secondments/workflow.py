"""The lives of a secondment, of a month's statement and of a selection as tables, and the words they are told in."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import ANYBODY, State, Workflow, move, register

KEEP: Final = "secondments.keep"
CONFIRM: Final = "secondments.confirm"
SEND: Final = "secondments.send"
SERVE: Final = "secondments.serve"
ABILITIES: Final = (KEEP, CONFIRM, SEND, SERVE)

KIND: Final = "secondment"
MONTH: Final = "secondment_month"
SELECTION_KIND: Final = "selection_round"
LIST: Final = "work_list"
STATE_OWED: Final = "secondment.state"
CONFIRM_OWED: Final = "secondment.confirm"
END_OWED: Final = "secondment.end"
LIST_OWED: Final = "secondment.work_list"
REVIEW: Final = "review"
REVIEW_OWED: Final = "secondment.review"
WORK: Final = (
    WorkKind(STATE_OWED, _("state the days on site of last month")),
    WorkKind(CONFIRM_OWED, _("confirm days on site")),
    WorkKind(END_OWED, _("end or renew a secondment, with its assessment"), decides=True),
    WorkKind(LIST_OWED, _("do what the work list asks for")),
    WorkKind(REVIEW_OWED, _("review somebody sent, of a period that is over")),
)

SECONDMENT: Final = register(
    Workflow(
        "secondment",
        states=(
            State("serving", pgettext_lazy("secondment", "in post"), start=True),
            State("over", pgettext_lazy("secondment", "term over"), final=True),
            State("recalled", pgettext_lazy("secondment", "returned early"), final=True),
        ),
        moves=(
            move("end", "serving", "over", ANYBODY, pgettext_lazy("secondment", "End the term")),
            move("recall", "serving", "recalled", ANYBODY, pgettext_lazy("secondment", "Return early")),
        ),
        line=("serving", "over"),
    )
)
STATEMENT: Final = register(
    Workflow(
        "secondment_month",
        states=(
            State("stated", pgettext_lazy("secondment", "stated"), start=True),
            State("confirmed", pgettext_lazy("secondment", "confirmed")),
        ),
        moves=(
            move("confirm", "stated", "confirmed", ANYBODY, pgettext_lazy("secondment", "Confirm")),
            move("correct", ("stated", "confirmed"), "stated", ANYBODY, pgettext_lazy("secondment", "Correct")),
        ),
        line=("stated", "confirmed"),
    )
)
SELECTION: Final = register(
    Workflow(
        "selection_round",
        states=(
            State("open", pgettext_lazy("selection", "running"), start=True),
            State("decided", pgettext_lazy("selection", "decided"), final=True),
            State("dropped", pgettext_lazy("selection", "dropped"), final=True),
        ),
        moves=(
            move("decide", "open", "decided", ANYBODY, pgettext_lazy("selection", "Decide")),
            move("drop", "open", "dropped", ANYBODY, pgettext_lazy("selection", "Drop")),
        ),
        line=("open", "decided"),
    )
)
CATEGORIES: Final = (
    ("county", pgettext_lazy("secondment", "county department")),
    ("street", pgettext_lazy("secondment", "street or town")),
)
# What moves to the host with the person, and back again at the end of the term.
TRANSFERS: Final = (
    ("party_membership", pgettext_lazy("secondment", "Party membership")),
    ("payroll", pgettext_lazy("secondment", "payroll")),
    ("management", pgettext_lazy("secondment", "management")),
    ("assessment", pgettext_lazy("secondment", "assessment")),
)
TRANSFER_STATES: Final = (
    ("pending", pgettext_lazy("secondment", "under way")),
    ("made", pgettext_lazy("secondment", "transferred")),
    ("reversed", pgettext_lazy("secondment", "transferred back")),
)
# Whence a review is: somebody wrote it, a ledger brought it, a round of assessment came to it.
REVIEW_SOURCES: Final = (
    ("written", pgettext_lazy("review", "written by the office")),
    ("ledger", pgettext_lazy("review", "from a ledger")),
    ("round", pgettext_lazy("review", "result of a round of assessment")),
)
# The sources of scores where a review has them.
SCORES: Final = (
    ("own", pgettext_lazy("review", "self-assessment")),
    ("residents", pgettext_lazy("review", "rating by residents")),
    ("bodies", pgettext_lazy("review", "organisational rating")),
)
REVIEWED: Final = "secondment.reviewed"
MESSAGES: Final = (
    (
        REVIEWED,
        pgettext_lazy("review", "review"),
        _("A review of your term is here to be read: %(what)s. You may answer it."),
    ),
)
