"""The life of an ask, as a table: nothing is sent that was not approved, nothing after it expired."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from linli.core.work import WorkKind
from linli.core.workflow import ANYBODY, State, Workflow, move, register

PROPOSE: Final = "asks.propose"
APPROVE: Final = "asks.approve"
ANSWER: Final = "asks.answer"
VIEW: Final = "asks.view"
WORK: Final = (
    WorkKind("ask.approve", _("approve the ask"), decides=True),
    WorkKind("ask.answer", _("fill in the form")),
)
# What the inbox says: the kind of message, its label, a sentence.
MESSAGES: Final = (
    ("ask.approved", _("Ask approved"), ""),
    ("ask.refused", _("Ask refused"), ""),
    ("ask.sent", _("Form to fill in"), _("Due by %(due)s.")),
    ("ask.answered", _("Everybody has answered"), ""),
    ("ask.ended", _("Form no longer owed"), ""),
)
# In these an answer is owed until it is given.
OWING: Final = ("sent", "answered", "outside")
LIVING: Final = ("approved", "sent", "answered")
# What was approved, and is in force on the days of its span, whatever became of it later.
APPROVED: Final = (*LIVING, "ended", "expired")

ASK: Final = register(
    Workflow(
        "ask",
        states=(
            State("proposed", _("proposed")),
            State("approved", _("approved")),
            State("sent", _("sent")),
            State("answered", _("answered by all")),
            # A form that came by another way than the registry: the community fills it in and keeps count of it.
            State("outside", _("came past the registry"), start=True),
            State("refused", _("refused"), final=True),
            State("ended", _("ended"), final=True),
            State("expired", _("expired"), final=True),
        ),
        moves=(
            move("approve", "proposed", "approved", APPROVE, _("Approve")),
            move("refuse", "proposed", "refused", APPROVE, _("Refuse")),
            move("send", ("approved", "sent", "answered"), "sent", PROPOSE, _("Send")),
            move("complete", "sent", "answered", ANYBODY, _("Answered by all")),
            move("end", ("proposed", *LIVING, "outside"), "ended", {PROPOSE, ANSWER}, _("End")),
            move("expire", (*LIVING, "outside"), "expired", ANYBODY, _("Expire")),
        ),
        line=("proposed", "approved", "sent", "answered", "ended"),
    )
)
