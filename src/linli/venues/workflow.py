"""The life of a booking of a room, of a use of idle space, of what is to be cleared, and of works, as tables."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import ANYBODY, State, Workflow, move, register

KEEP: Final = "venues.keep"
DECIDE: Final = "venues.decide"
SEES: Final = (KEEP, DECIDE, "figures.view")
RESTOCK_OWED: Final = "supply_item.restock"
USE_OWED: Final = "use_plan.decide"
WORKS_OWED: Final = "venue_work.go_on"
WORK: Final = (
    WorkKind(RESTOCK_OWED, _("restock a supply")),
    WorkKind(USE_OWED, _("decide on a use of idle space"), decides=True),
    WorkKind(WORKS_OWED, _("say how works at a venue go on")),
)
CANCELLED: Final = "room_booking.cancelled"
MESSAGES: Final = (
    (CANCELLED, pgettext_lazy("room", "Booking called off"), _("%(day)s %(room)s is not free after all: %(reason)s")),
)

USES: Final = (
    ("service", pgettext_lazy("room", "service")),
    ("office", pgettext_lazy("room", "office")),
    ("idle", pgettext_lazy("room", "idle")),
)
BOOKED_BY: Final = (
    ("", pgettext_lazy("room", "not booked")),
    ("residents", pgettext_lazy("room", "residents and bodies")),
    ("bodies", pgettext_lazy("room", "bodies only")),
)
ACCESS: Final = (
    ("", pgettext_lazy("venue", "not known")),
    ("yes", pgettext_lazy("venue", "step-free")),
    ("partly", pgettext_lazy("venue", "partly step-free")),
    ("no", pgettext_lazy("venue", "not step-free")),
)
SUPPLIES: Final = (
    ("tools", pgettext_lazy("supply", "tools")),
    ("medicine", pgettext_lazy("supply", "emergency medicine")),
    ("water", pgettext_lazy("supply", "drinking water")),
    ("power", pgettext_lazy("supply", "charging")),
    ("other", pgettext_lazy("supply", "other things")),
)
CLEARED: Final = (
    ("desk", pgettext_lazy("clearing", "desk")),
    ("plate", pgettext_lazy("clearing", "plate")),
    ("notice", pgettext_lazy("clearing", "wall notice")),
)

ROOM_BOOKING: Final = register(
    Workflow(
        "room_booking",
        states=(
            State("held", pgettext_lazy("room booking", "held"), start=True),
            State("booked", pgettext_lazy("room booking", "booked")),
            State("used", pgettext_lazy("room booking", "taken place"), final=True),
            State("returned", pgettext_lazy("room booking", "given back"), final=True),
            State("cancelled", pgettext_lazy("room booking", "cancelled by the house"), final=True),
            State("lapsed", pgettext_lazy("room booking", "not confirmed in time"), final=True),
        ),
        moves=(
            move("confirm", "held", "booked", ANYBODY, pgettext_lazy("room booking", "Book it")),
            move("return", ("held", "booked"), "returned", ANYBODY, pgettext_lazy("room booking", "Give it back")),
            move("cancel", ("held", "booked"), "cancelled", ANYBODY, pgettext_lazy("room booking", "Call it off")),
            move("lapse", "held", "lapsed", ANYBODY),
            move("pass", "booked", "used", ANYBODY),
        ),
        line=("held", "booked", "used"),
    )
)
# What keeps a room from others.
HOLDING: Final = ("held", "booked")
PLAN: Final = register(
    Workflow(
        "use_plan",
        states=(
            State("proposed", pgettext_lazy("use plan", "proposed"), start=True),
            State("approved", pgettext_lazy("use plan", "approved")),
            State("in_use", pgettext_lazy("use plan", "in use")),
            State("refused", pgettext_lazy("use plan", "refused"), final=True),
            State("ended", pgettext_lazy("use plan", "ended"), final=True),
        ),
        moves=(
            move("approve", "proposed", "approved", DECIDE, pgettext_lazy("use plan", "Approve")),
            move("refuse", "proposed", "refused", DECIDE, pgettext_lazy("use plan", "Refuse")),
            move("begin", "approved", "in_use", KEEP, pgettext_lazy("use plan", "Put to use")),
            move("end", ("approved", "in_use"), "ended", KEEP, pgettext_lazy("use plan", "End this use")),
        ),
        line=("proposed", "approved", "in_use"),
    )
)
CLEARING: Final = register(
    Workflow(
        "clearing_item",
        states=(
            State("listed", pgettext_lazy("clearing", "to be looked at"), start=True),
            State("kept", pgettext_lazy("clearing", "kept")),
            State("removed", pgettext_lazy("clearing", "removed"), final=True),
        ),
        moves=(
            move("keep", "listed", "kept", KEEP, pgettext_lazy("clearing", "Keep it")),
            move("remove", ("listed", "kept"), "removed", KEEP, pgettext_lazy("clearing", "Removed")),
        ),
    )
)
WORKS: Final = register(
    Workflow(
        "venue_work",
        states=(
            State("planned", pgettext_lazy("works", "planned"), start=True),
            State("under_way", pgettext_lazy("works", "under way")),
            State("finished", pgettext_lazy("works", "finished"), final=True),
            State("dropped", pgettext_lazy("works", "dropped"), final=True),
        ),
        moves=(
            move("begin", "planned", "under_way", KEEP, pgettext_lazy("works", "Begin")),
            move("put_off", ("planned", "under_way"), None, KEEP, pgettext_lazy("works", "Put off")),
            move("finish", "under_way", "finished", KEEP, pgettext_lazy("works", "Finished")),
            move("drop", ("planned", "under_way"), "dropped", KEEP, pgettext_lazy("works", "Drop")),
        ),
        line=("planned", "under_way", "finished"),
    )
)
