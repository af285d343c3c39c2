"""The lives of a patrol, a round of inspection, a hazard and a plan for an event as tables, and their fixed words."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import ANYBODY, State, Workflow, move, register

KEEP: Final = "safety.keep"
INSPECT: Final = "safety.inspect"
VIEW: Final = "safety.view"
SEES: Final = (KEEP, INSPECT, VIEW)

PATROL: Final = "patrol_shift"
ROUND: Final = "inspection_round"
HAZARD_KIND: Final = "hazard"
EVENT: Final = "event_plan"
# Where matters come from that were found by an inspection or a patrol.
SOURCE: Final = "inspection"

REPORT_OWED: Final = "safety.report"
INSPECT_OWED: Final = "safety.inspect"
RECHECK_OWED: Final = "safety.check_again"
FILL_OWED: Final = "safety.fill"
REVIEW_OWED: Final = "safety.look_back"
WORK: Final = (
    WorkKind(REPORT_OWED, _("write down a patrol")),
    WorkKind(INSPECT_OWED, _("go through the places of an inspection")),
    WorkKind(RECHECK_OWED, _("re-check a hazard")),
    WorkKind(FILL_OWED, _("fill the posts of an event")),
    WorkKind(REVIEW_OWED, _("look back on an event")),
)

# The five forces of a joint patrol, as columns of a shift: how many of each came, never who.
FORCES: Final = (
    ("committee", pgettext_lazy("safety", "members of the two committees")),
    ("grid", pgettext_lazy("safety", "grid workers")),
    ("property", pgettext_lazy("safety", "property staff")),
    ("owners", pgettext_lazy("safety", "members of the owners' committee")),
    ("volunteers", pgettext_lazy("safety", "volunteers")),
)
RESULTS: Final = (
    ("good", pgettext_lazy("safety", "in order")),
    ("hazard", pgettext_lazy("safety", "hazard")),
    ("absent", pgettext_lazy("safety", "not there")),
)

PATROLS: Final = register(
    Workflow(
        PATROL,
        states=(
            State("planned", pgettext_lazy("safety", "planned"), start=True),
            State("reported", pgettext_lazy("safety", "walked"), final=True, start=True),
            State("cancelled", pgettext_lazy("safety", "cancelled"), final=True),
        ),
        moves=(
            move("report", "planned", "reported", ANYBODY, pgettext_lazy("safety", "Write it down")),
            move("cancel", "planned", "cancelled", ANYBODY, pgettext_lazy("safety", "Cancel")),
        ),
        line=("planned", "reported"),
    )
)
ROUNDS: Final = register(
    Workflow(
        ROUND,
        states=(
            State("running", pgettext_lazy("safety", "under way"), start=True),
            State("done", pgettext_lazy("safety", "all places gone through"), final=True),
            State("dropped", pgettext_lazy("safety", "dropped"), final=True),
        ),
        moves=(
            move("finish", "running", "done", ANYBODY),
            move("drop", "running", "dropped", ANYBODY, pgettext_lazy("safety", "Drop")),
        ),
        line=("running", "done"),
    )
)
# The matter of a hazard leads through the first two; only a re-check leads to the third.
HAZARDS: Final = register(
    Workflow(
        HAZARD_KIND,
        states=(
            State("open", pgettext_lazy("safety", "being put right"), start=True),
            State("waiting", pgettext_lazy("safety", "waits for the re-check")),
            State("removed", pgettext_lazy("safety", "removed")),
            State("ended", pgettext_lazy("safety", "ended otherwise")),
        ),
        moves=(
            move("done", "open", "waiting", ANYBODY),
            move("undo", ("waiting", "removed", "ended"), "open", ANYBODY),
            move("remove", "waiting", "removed", ANYBODY, pgettext_lazy("safety", "It is removed")),
            move("again", "waiting", "open", ANYBODY, pgettext_lazy("safety", "Not removed")),
            move("end", ("open", "waiting"), "ended", ANYBODY),
        ),
        line=("open", "waiting", "removed"),
    )
)
EVENTS: Final = register(
    Workflow(
        EVENT,
        states=(
            State("draft", pgettext_lazy("safety", "being planned"), start=True),
            State("approved", pgettext_lazy("safety", "approved")),
            State("closed", pgettext_lazy("safety", "over"), final=True),
            State("dropped", pgettext_lazy("safety", "dropped"), final=True),
        ),
        moves=(
            move("approve", "draft", "approved", ANYBODY, pgettext_lazy("safety", "Approve")),
            move("close", "approved", "closed", ANYBODY, pgettext_lazy("safety", "Look back and close")),
            move("drop", ("draft", "approved"), "dropped", ANYBODY, pgettext_lazy("safety", "Drop")),
        ),
        line=("draft", "approved", "closed"),
    )
)
