"""The colours of an alert, and its life as a table: it ends by itself when its unit is green again."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import ANYBODY, State, Workflow, move, register

GREEN: Final = "green"
COLOURS: Final = (
    ("yellow", pgettext_lazy("alert", "yellow")),
    ("orange", pgettext_lazy("alert", "orange")),
    ("red", pgettext_lazy("alert", "red")),
)
NAMES: Final = dict((*COLOURS, (GREEN, pgettext_lazy("alert", "green"))))
# What the journal calls what happened to an alert.
HAPPENED: Final = {
    "alert.raise": _("raised"),
    "alert.worsen": _("got worse"),
    "alert.hand_on": _("handed on"),
    "alert.ease": _("got better"),
    "alert.end": _("green again"),
    "alert.acknowledge": _("taken in hand"),
    "alert.settle": _("settled with a note"),
}
# How bad a colour is.
RANK: Final = {GREEN: 0, "yellow": 1, "orange": 2, "red": 3}
ANSWER: Final = "alert.answer"
WORK: Final = (WorkKind(ANSWER, _("see to an alert")),)

ALERT: Final = register(
    Workflow(
        "alert",
        states=(
            State("open", _("nobody has seen it yet")),
            State("acknowledged", _("taken in hand")),
            State("settled", _("settled with a note")),
            State("ended", _("green again"), final=True),
        ),
        moves=(
            move("acknowledge", "open", "acknowledged", ANYBODY, _("Take it in hand")),
            move("settle", ("open", "acknowledged"), "settled", ANYBODY, _("Settle it")),
            move("worsen", ("open", "acknowledged", "settled"), "open", ANYBODY, _("Worse than before")),
            move("end", ("open", "acknowledged", "settled"), "ended", ANYBODY, _("Green again")),
        ),
        line=("open", "acknowledged", "settled", "ended"),
    )
)
