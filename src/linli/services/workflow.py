"""The life of a service request as a table, of what is told of it, and the work that is owed."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import ANYBODY, State, Workflow, move, register

KEEP: Final = "services.keep"
HANDLE: Final = "services.handle"
SUBJECT: Final = "service_request"
ITEM: Final = "service_item"
SLOT: Final = "appointment_slot"

TAKE_OWED: Final = "request.take"
HANDLE_OWED: Final = "request.handle"
PAPERS_OWED: Final = "request.papers"
HAND_OVER_OWED: Final = "request.hand_over"
WORK: Final = (
    WorkKind(TAKE_OWED, _("take in a service request")),
    WorkKind(HANDLE_OWED, _("handle a service request"), decides=True),
    WorkKind(PAPERS_OWED, _("see that papers that are missing come")),
    WorkKind(HAND_OVER_OWED, _("hand over what came of a service request")),
)

ITEM_STATES: Final = (
    ("draft", pgettext_lazy("service item", "not published")),
    ("published", pgettext_lazy("service item", "published")),
    ("withdrawn", pgettext_lazy("service item", "taken back")),
)
FORMS: Final = (
    ("original", pgettext_lazy("paper", "original")),
    ("copy", pgettext_lazy("paper", "copy")),
    ("", pgettext_lazy("paper", "original or copy")),
)
DOORS: Final = (
    ("window", pgettext_lazy("service request", "at the window")),
    ("phone", pgettext_lazy("service request", "by telephone")),
    ("visit", pgettext_lazy("service request", "at home")),
    ("online", pgettext_lazy("service request", "on the page")),
)
AT_DESK: Final = DOORS[:3]
OUTCOMES: Final = (
    ("granted", pgettext_lazy("service request", "granted")),
    ("refused", pgettext_lazy("service request", "refused")),
)
HOWS: Final = (
    ("paper", pgettext_lazy("proxy", "on signed paper")),
    ("page", pgettext_lazy("proxy", "on the page")),
)
PROXY_STATES: Final = (
    ("asked", pgettext_lazy("proxy", "asked for")),
    ("given", pgettext_lazy("proxy", "in force")),
    ("ended", pgettext_lazy("proxy", "ended")),
)
ENDS: Final = (
    ("done", pgettext_lazy("proxy", "the matter is done")),
    ("withdrawn", pgettext_lazy("proxy", "withdrawn by the resident")),
    ("expired", pgettext_lazy("proxy", "its last day is over")),
)
SLOT_STATES: Final = (
    ("open", pgettext_lazy("appointment", "can be booked")),
    ("cancelled", pgettext_lazy("appointment", "does not take place")),
)
APPOINTMENT_STATES: Final = (
    ("booked", pgettext_lazy("appointment", "booked")),
    ("cancelled", pgettext_lazy("appointment", "cancelled")),
)

OVER: Final = ("handed", "withdrawn")
DECIDED: Final = ("done", "refused", "handed")
REQUEST: Final = register(
    Workflow(
        "request",
        states=(
            State("asked", pgettext_lazy("service request", "asked for"), start=True),
            State("taken", pgettext_lazy("service request", "taken in"), start=True),
            State("in_hand", pgettext_lazy("service request", "in hand")),
            State("waiting", pgettext_lazy("service request", "waiting for papers")),
            State("done", pgettext_lazy("service request", "granted, to be handed over")),
            State("refused", pgettext_lazy("service request", "refused, to be told")),
            State("handed", pgettext_lazy("service request", "handed over"), final=True),
            State("withdrawn", pgettext_lazy("service request", "withdrawn"), final=True),
        ),
        moves=(
            move("take", "asked", "taken", KEEP, _("Take it in")),
            move("accept", "asked", None, KEEP, _("Act as the proxy")),
            move("copy", ("asked", "taken", "in_hand", "waiting"), None, KEEP, _("Keep a copy of a paper")),
            move("start", "taken", "in_hand", HANDLE, _("Take in hand")),
            move("ask_papers", ("taken", "in_hand"), "waiting", HANDLE, _("Ask for papers")),
            move("bring", "waiting", "in_hand", KEEP, _("The papers are there")),
            move("finish", "in_hand", "done", HANDLE, pgettext_lazy("service request", "Granted")),
            move("refuse", ("taken", "in_hand", "waiting"), "refused", HANDLE, _("Refuse with a reason")),
            move(
                "report",
                ("asked", "taken", "in_hand", "waiting", "done", "refused"),
                None,
                (KEEP, HANDLE),
                _("Tell the resident"),
            ),
            move("hand_over", ("done", "refused"), "handed", KEEP, _("Hand over the result")),
            move("drop", ("asked", "taken", "in_hand", "waiting"), "withdrawn", KEEP, _("The resident withdraws it")),
            move("withdraw", ("asked", "taken", "in_hand", "waiting"), "withdrawn", ANYBODY, _("Withdraw")),
            move("lapse", "asked", "withdrawn", ANYBODY),
            move("revoke", ("asked", "taken", "in_hand", "waiting", "done", "refused"), None, ANYBODY),
            move("rate", DECIDED, None, ANYBODY, pgettext_lazy("service request", "Rate")),
        ),
        line=("asked", "taken", "in_hand", "done", "handed"),
    )
)
