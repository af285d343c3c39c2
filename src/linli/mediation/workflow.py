"""The life of a mediation as a table, where it came from, where it is referred to, and how an agreement is made."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import State, Workflow, move, register

KEEP: Final = "mediation.keep"
MEDIATE: Final = "mediation.mediate"
SUBJECT: Final = "mediation"

ACCEPT_OWED: Final = "mediation.accept"
MEDIATE_OWED: Final = "mediation.mediate"
SIGN_OWED: Final = "mediation.sign"
CONFIRM_OWED: Final = "mediation.confirm"
ITEM_OWED: Final = "mediation.item"
VISIT_OWED: Final = "mediation.visit"
WORK: Final = (
    WorkKind(ACCEPT_OWED, _("decide whether to mediate"), decides=True),
    WorkKind(MEDIATE_OWED, _("mediate")),
    WorkKind(SIGN_OWED, _("have the mediation agreement signed")),
    WorkKind(CONFIRM_OWED, _("ask the parties about judicial confirmation")),
    WorkKind(ITEM_OWED, _("see whether an agreement is fulfilled")),
    WorkKind(VISIT_OWED, _("visit the parties of a mediation again")),
)

SOURCES: Final = (
    ("party", pgettext_lazy("mediation", "a party asked")),
    ("patrol", pgettext_lazy("mediation", "found on patrol")),
    ("case", pgettext_lazy("mediation", "from a matter")),
    ("handed_over", pgettext_lazy("mediation", "handed over by a body")),
)
REFERRED: Final = (
    ("court", pgettext_lazy("mediation", "court")),
    ("arbitration", pgettext_lazy("mediation", "arbitration")),
    ("police", pgettext_lazy("mediation", "police")),
    ("department", pgettext_lazy("mediation", "department")),
)
FORMS: Final = (
    ("written", pgettext_lazy("mediation", "written")),
    ("oral", pgettext_lazy("mediation", "oral and recorded")),
)
CONFIRMATIONS: Final = (
    ("open", pgettext_lazy("mediation", "not yet asked for")),
    ("applied", pgettext_lazy("mediation", "applied for together")),
    ("confirmed", pgettext_lazy("mediation", "confirmed by the court")),
    ("not_wanted", pgettext_lazy("mediation", "not wanted")),
)

BOTH: Final = (KEEP, MEDIATE)
MEDIATION: Final = register(
    Workflow(
        "mediation",
        states=(
            State("asked", pgettext_lazy("mediation", "asked for"), start=True),
            State("accepted", pgettext_lazy("mediation", "accepted")),
            State("sessions", pgettext_lazy("mediation", "in sessions")),
            State("agreed", pgettext_lazy("mediation", "agreed, being fulfilled")),
            State("fulfilled", pgettext_lazy("mediation", "agreed and fulfilled"), final=True),
            State("not_agreed", pgettext_lazy("mediation", "not agreed"), final=True),
            State("not_accepted", pgettext_lazy("mediation", "not accepted"), final=True),
            State("withdrawn", pgettext_lazy("mediation", "ended by a party"), final=True),
        ),
        moves=(
            move("accept", "asked", "accepted", KEEP, _("Accept, and name the mediators")),
            move("refuse", "asked", "not_accepted", KEEP, pgettext_lazy("mediation", "Do not accept")),
            move("consent", ("asked", "accepted", "sessions"), None, BOTH, _("Record the consent of a party")),
            move("plan", ("accepted", "sessions"), "sessions", BOTH, _("Fix a session")),
            move("record", "sessions", None, BOTH, _("Record a session")),
            move("agree", "sessions", "agreed", BOTH, _("Record the agreement")),
            move("sign", "agreed", None, BOTH, _("Record the signatures")),
            move("confirm", ("agreed", "fulfilled"), None, BOTH, _("Record the judicial confirmation")),
            move("fulfil", "agreed", "fulfilled", BOTH, _("Record what was fulfilled")),
            move("visit", "fulfilled", None, BOTH, _("Record the return visit")),
            move("reopen", "agreed", "sessions", BOTH, _("Reopen: not fulfilled")),
            move("fail", "sessions", "not_agreed", BOTH, _("End without agreement")),
            move("withdraw", ("asked", "accepted", "sessions"), "withdrawn", BOTH, _("A party ends it")),
        ),
        line=("asked", "accepted", "sessions", "agreed", "fulfilled"),
    )
)
SETTLED: Final = ("agreed", "fulfilled")
UNSETTLED: Final = ("asked", "accepted", "sessions")
RUNNING: Final = (*UNSETTLED, "agreed")
