"""The life of a booking as a table: asked for, answered by whoever shares, and over when its time is."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import ANYBODY, State, Workflow, move, register

BOOK: Final = "bookings.book"
LEND: Final = "bookings.lend"
KIND: Final = "booking"
ANSWER_OWED: Final = "booking.answer"
WORK: Final = (WorkKind(ANSWER_OWED, _("answer a booking"), decides=True),)

BOOKING: Final = register(
    Workflow(
        "booking",
        states=(
            State("asked", pgettext_lazy("booking", "asked for"), start=True),
            State("approved", pgettext_lazy("booking", "promised")),
            State("used", pgettext_lazy("booking", "taken place"), final=True),
            State("refused", pgettext_lazy("booking", "refused"), final=True),
            State("withdrawn", pgettext_lazy("booking", "withdrawn"), final=True),
            State("cancelled", pgettext_lazy("booking", "cancelled"), final=True),
            State("lapsed", pgettext_lazy("booking", "not answered in time"), final=True),
        ),
        moves=(
            move("approve", "asked", "approved", ANYBODY, pgettext_lazy("booking", "Promise")),
            move("refuse", "asked", "refused", ANYBODY, pgettext_lazy("booking", "Refuse")),
            move("withdraw", ("asked", "approved"), "withdrawn", ANYBODY, pgettext_lazy("booking", "Withdraw")),
            move("cancel", "approved", "cancelled", ANYBODY, pgettext_lazy("booking", "Cancel")),
            move("lapse", "asked", "lapsed", ANYBODY),
            move("pass", "approved", "used", ANYBODY),
        ),
        line=("asked", "approved", "used"),
    )
)
# What is held for somebody; of what is used up, that which was taken stays taken.
HOLDING: Final = ("asked", "approved", "used")
