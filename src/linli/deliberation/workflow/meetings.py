"""The lives of meetings, of what a series owes, of commitments and standing relations; what somebody owes of them."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import ANYBODY, State, Workflow, move, register

VIEW: Final = "meetings.view"
CONVENE: Final = "meetings.convene"
JOIN: Final = "meetings.join"
MEETING_KIND: Final = "meeting.kind"

CONVENE_OWED: Final = "meeting.convene"
MINUTES_OWED: Final = "meeting.minutes"
KEEP_OWED: Final = "commitment.keep"
WORK: Final = (
    WorkKind(CONVENE_OWED, _("hold the next session")),
    WorkKind(MINUTES_OWED, _("approve the minutes"), decides=True),
    WorkKind(KEEP_OWED, _("keep a commitment made at a meeting")),
)

SOURCES: Final = (
    ("body", pgettext_lazy("agenda", "convener")),
    ("resident", pgettext_lazy("agenda", "resident")),
    ("case", pgettext_lazy("agenda", "matter")),
    ("catalogue", pgettext_lazy("agenda", "catalogue of topics")),
    ("topic", pgettext_lazy("agenda", "topic under way")),
    ("meeting", pgettext_lazy("agenda", "earlier meeting")),
)
RESULTS: Final = (
    ("settled", pgettext_lazy("agenda", "settled")),
    ("resolution", pgettext_lazy("agenda", "resolution")),
    ("delegated", pgettext_lazy("agenda", "parts handed out")),
    ("back", pgettext_lazy("agenda", "back to the agenda")),
    ("joint", pgettext_lazy("agenda", "to a joint meeting")),
    ("declined", pgettext_lazy("agenda", "not taken up")),
)
RATINGS: Final = (
    ("satisfied", pgettext_lazy("agenda", "satisfied")),
    ("partly", pgettext_lazy("agenda", "mostly satisfied")),
    ("dissatisfied", pgettext_lazy("agenda", "not satisfied")),
)
ATTENDANCE: Final = (
    ("", pgettext_lazy("attendance", "not noted")),
    ("came", pgettext_lazy("attendance", "came")),
    ("represented", pgettext_lazy("attendance", "sent somebody")),
    ("absent", pgettext_lazy("attendance", "did not come")),
)
# The five kinds of actors of a collaboration mechanism.
ACTORS: Final = (
    ("community", pgettext_lazy("actors", "community")),
    ("social_organization", pgettext_lazy("actors", "social organisations")),
    ("social_worker", pgettext_lazy("actors", "social workers")),
    ("volunteer", pgettext_lazy("actors", "volunteers")),
    ("charity", pgettext_lazy("actors", "charity and other resources")),
)

MEETING: Final = register(
    Workflow(
        "meeting",
        states=(
            State("planned", pgettext_lazy("meeting", "planned")),
            State("invited", pgettext_lazy("meeting", "invited")),
            State("held", pgettext_lazy("meeting", "held")),
            State("approved", pgettext_lazy("meeting", "minutes approved"), final=True),
            State("cancelled", pgettext_lazy("meeting", "cancelled"), final=True),
        ),
        moves=(
            move("invite", ("planned", "invited"), "invited", CONVENE, _("Invite")),
            move("hold", ("planned", "invited", "held"), "held", CONVENE, _("Note who came")),
            move("approve", "held", "approved", CONVENE, _("Approve the minutes")),
            move("minute", "held", None, CONVENE, _("Write the minutes")),
            move("cancel", ("planned", "invited"), "cancelled", CONVENE, _("Cancel")),
        ),
        line=("planned", "invited", "held", "approved"),
    )
)

SESSION: Final = register(
    Workflow(
        "session_due",
        states=(
            State("waiting", pgettext_lazy("session", "to be held")),
            State("held", pgettext_lazy("session", "held"), final=True),
            State("missed", pgettext_lazy("session", "missed")),
            State("dropped", pgettext_lazy("session", "no longer owed"), final=True),
        ),
        moves=(
            move("hold", ("waiting", "missed"), "held", ANYBODY, _("Held")),
            move("miss", "waiting", "missed", ANYBODY, _("Not held in its time")),
            move("drop", ("waiting", "missed"), "dropped", ANYBODY, _("No longer owed")),
        ),
    )
)

COMMITMENT: Final = register(
    Workflow(
        "commitment",
        states=(
            State("open", pgettext_lazy("commitment", "under way")),
            State("late", pgettext_lazy("commitment", "overdue")),
            State("done", pgettext_lazy("commitment", "done in time"), final=True),
            State("done_late", pgettext_lazy("commitment", "done late"), final=True),
            State("dropped", pgettext_lazy("commitment", "released"), final=True),
        ),
        moves=(
            move("report", ("open", "late"), None, {CONVENE, JOIN}, _("Report progress")),
            move("keep", "open", "done", {CONVENE, JOIN}, _("Done")),
            move("keep", "late", "done_late", {CONVENE, JOIN}, _("Done")),
            move("postpone", ("open", "late"), "open", CONVENE, _("Another due day")),
            move("miss", "open", "late", ANYBODY, _("The day has passed")),
            move("drop", ("open", "late"), "dropped", CONVENE, _("Release")),
        ),
        line=("open", "done"),
    )
)
UNKEPT: Final = ("open", "late")

PARTNERSHIP: Final = register(
    Workflow(
        "partnership",
        states=(
            State("preparing", pgettext_lazy("partnership", "being prepared")),
            State("running", pgettext_lazy("partnership", "in place"), start=True),
            State("ended", pgettext_lazy("partnership", "ended"), final=True),
        ),
        moves=(
            move("set_up", "preparing", "running", CONVENE, _("It is in place")),
            move("end", ("preparing", "running"), "ended", CONVENE, _("End")),
        ),
        line=("preparing", "running"),
    )
)
