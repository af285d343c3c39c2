"""The life of a service order as a table, by which door it came, what people say of it, and the work that is owed."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import ANYBODY, State, Workflow, move, register

KEEP: Final = "orders.keep"
SUBJECT: Final = "order"

SUPPLY_OWED: Final = "order.supply"
DISPATCH_OWED: Final = "order.dispatch"
ANSWER_OWED: Final = "order.answer"
DO_OWED: Final = "order.do"
CONFIRM_OWED: Final = "order.confirm"
CALL_OWED: Final = "order.call"
WORK: Final = (
    WorkKind(SUPPLY_OWED, _("say who can provide a service")),
    WorkKind(DISPATCH_OWED, _("dispatch a service order")),
    WorkKind(ANSWER_OWED, _("see that somebody accepts a service order")),
    WorkKind(DO_OWED, _("see that a service order is done")),
    WorkKind(CONFIRM_OWED, _("confirm the time served")),
    WorkKind(CALL_OWED, _("call back about a service order")),
)

DOORS: Final = (
    ("online", pgettext_lazy("service order", "on the phone's page")),
    ("phone", pgettext_lazy("service order", "by telephone")),
    ("window", pgettext_lazy("service order", "at the window")),
    ("visit", pgettext_lazy("service order", "on a visit")),
)
ON_BEHALF: Final = ("phone", "window", "visit")
RATINGS: Final = (
    ("5", pgettext_lazy("service order", "very satisfied")),
    ("4", pgettext_lazy("service order", "satisfied")),
    ("3", pgettext_lazy("service order", "fair")),
    ("2", pgettext_lazy("service order", "dissatisfied")),
    ("1", pgettext_lazy("service order", "very dissatisfied")),
)
LOW: Final = ("1", "2")
ROLES: Final = (
    ("volunteer", pgettext_lazy("service order", "volunteer")),
    ("member", pgettext_lazy("service order", "Party member")),
)
ANSWERS: Final = (
    ("open", pgettext_lazy("service order", "not answered yet")),
    ("accepted", pgettext_lazy("service order", "accepted")),
    ("declined", pgettext_lazy("service order", "declined")),
    ("handed_on", pgettext_lazy("service order", "handed on")),
    ("lapsed", pgettext_lazy("service order", "no longer needed")),
)
CALLS: Final = (
    ("fine", pgettext_lazy("call back", "all is well")),
    ("not_fine", pgettext_lazy("call back", "not content")),
    ("not_reached", pgettext_lazy("call back", "not reached")),
)
PERIODS: Final = (
    ("day", pgettext_lazy("service menu", "a day")),
    ("week", pgettext_lazy("service menu", "a week")),
)
MENU_STATES: Final = (
    ("draft", pgettext_lazy("service menu", "not published")),
    ("published", pgettext_lazy("service menu", "on the menu")),
    ("withdrawn", pgettext_lazy("service menu", "taken off the menu")),
)

OPEN: Final = ("asked", "supplied", "dispatched", "accepted")
DONE: Final = ("done", "calling", "rated", "called")
BEFORE: Final = ("asked", "supplied")
ORDER: Final = register(
    Workflow(
        "order",
        states=(
            State("asked", pgettext_lazy("service order", "asked for"), start=True),
            State("supplied", pgettext_lazy("service order", "supply found")),
            State("dispatched", pgettext_lazy("service order", "dispatched")),
            State("accepted", pgettext_lazy("service order", "accepted")),
            State("done", pgettext_lazy("service order", "done")),
            State("calling", pgettext_lazy("service order", "rated low, to be called back")),
            State("rated", pgettext_lazy("service order", "rated"), final=True),
            State("called", pgettext_lazy("service order", "called back"), final=True),
            State("declined", pgettext_lazy("service order", "cannot be offered"), final=True),
            State("not_done", pgettext_lazy("service order", "could not be done"), final=True),
            State("cancelled", pgettext_lazy("service order", "cancelled"), final=True),
        ),
        moves=(
            move("supply", "asked", "supplied", KEEP, _("Say who can provide it")),
            move("dispatch", ("asked", "supplied", "dispatched"), "dispatched", KEEP, _("Dispatch")),
            move("accept", "dispatched", "accepted", ANYBODY, pgettext_lazy("service order", "Accept")),
            move("decline", "dispatched", None, ANYBODY, pgettext_lazy("service order", "Decline")),
            move("back", ("dispatched", "accepted"), "asked", ANYBODY, _("Hand on")),
            move("back_supplied", ("dispatched", "accepted"), "supplied", ANYBODY, _("Hand on")),
            move("finish", "accepted", "done", ANYBODY, pgettext_lazy("service order", "Done")),
            move("confirm", DONE, None, KEEP, _("Confirm the time served")),
            move("rate", "done", "rated", ANYBODY, _("Rate")),
            move("rate_low", "done", "calling", ANYBODY, _("Rate")),
            move("call", ("done", "calling"), "called", KEEP, _("Record the call back")),
            move("reopen", ("done", "calling"), "asked", ANYBODY, _("It is not done: open it again")),
            move("refuse", BEFORE, "declined", KEEP, _("It cannot be offered")),
            move("fail", ("dispatched", "accepted"), "not_done", KEEP, _("It could not be done")),
            move("cancel", OPEN, "cancelled", ANYBODY, pgettext_lazy("service order", "Cancel")),
        ),
        line=("asked", "supplied", "dispatched", "accepted", "done", "rated"),
    )
)
