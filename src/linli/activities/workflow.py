"""How activities, sign-ups and records of service stand, their lines of work, and what is owed of them."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import ANYBODY, State, Workflow, move, register

# Whoever keeps volunteers at a place keeps their activities too.
KEEP: Final = "volunteering.keep"
SUBJECT: Final = "activity"
PROGRAMME: Final = "activity_programme"
SERVICE_RECORD: Final = "service_record"

SESSION_OWED: Final = "activity.session"
HOLD_OWED: Final = "activity.hold"
ATTEST_OWED: Final = "activity.attest"
CORRECT_OWED: Final = "service.correct"
WORK: Final = (
    WorkKind(SESSION_OWED, pgettext_lazy("activity", "plan the next session of a programme")),
    WorkKind(HOLD_OWED, pgettext_lazy("activity", "record an activity")),
    WorkKind(ATTEST_OWED, pgettext_lazy("activity", "confirm hours of service"), decides=True),
    WorkKind(CORRECT_OWED, pgettext_lazy("activity", "decide on a correction of hours"), decides=True),
)
# Kind, what it is about, and a sentence that its facts fill in.
MESSAGES: Final = (
    (
        "activity.moved_up",
        pgettext_lazy("activity", "You have a place now"),
        _("A place became free: %(day)s %(name)s."),
    ),
    (
        "activity.cancelled",
        pgettext_lazy("activity", "Called off"),
        _("%(day)s %(name)s does not take place: %(reason)s"),
    ),
    ("activity.changed", pgettext_lazy("activity", "Changed"), _("Day, hour or venue changed: %(day)s %(name)s.")),
    ("service.attested", _("Your hours are confirmed"), _("%(name)s: %(minutes)s minutes.")),
    ("service.refused", _("Your hours were not confirmed"), _("%(name)s: %(reason)s")),
    ("service.corrected", _("Your hours were corrected"), _("%(name)s: %(minutes)s minutes.")),
    ("service.declined", _("Your hours stay as they are"), _("%(name)s: %(reason)s")),
)

STATES: Final = (
    ("planned", pgettext_lazy("activity", "planned")),
    ("held", pgettext_lazy("activity", "held")),
    ("cancelled", pgettext_lazy("activity", "called off")),
)
ACTIVITY: Final = register(
    Workflow(
        "activity",
        states=(
            State("planned", STATES[0][1], start=True),
            State("held", STATES[1][1], start=True, final=True),
            State("cancelled", STATES[2][1], start=True, final=True),
        ),
        moves=(
            move("change", "planned", None, KEEP, pgettext_lazy("activity", "Change")),
            move("hold", "planned", "held", KEEP, pgettext_lazy("activity", "It was held")),
            move("cancel", "planned", "cancelled", KEEP, pgettext_lazy("activity", "Call off")),
            move("attest", "held", None, KEEP, pgettext_lazy("activity", "Confirm hours")),
        ),
        line=("planned", "held"),
    )
)
# One table serves all of them; a figure of one line of work says which.
VOLUNTEERING: Final = "volunteering"
TRAINING: Final = "training"
LINES: Final = (
    (VOLUNTEERING, pgettext_lazy("activity", "volunteering")),
    ("care", pgettext_lazy("activity", "care")),
    ("outreach", pgettext_lazy("activity", "outreach")),
    ("culture", pgettext_lazy("activity", "culture")),
    (TRAINING, pgettext_lazy("activity", "training")),
)
AUDIENCES: Final = (
    ("all", pgettext_lazy("activity", "everybody")),
    ("team", pgettext_lazy("activity", "members of the team")),
)

SIGN_UP: Final = register(
    Workflow(
        "signup",
        states=(
            State("signed", pgettext_lazy("sign-up", "has a place"), start=True),
            State("waiting", pgettext_lazy("sign-up", "on the waiting list"), start=True),
            State("withdrawn", pgettext_lazy("sign-up", "withdrawn"), final=True),
        ),
        moves=(
            move("move_up", "waiting", "signed", ANYBODY, pgettext_lazy("sign-up", "Move up")),
            move("withdraw", ("signed", "waiting"), "withdrawn", ANYBODY, pgettext_lazy("sign-up", "Withdraw")),
        ),
    )
)
WAYS: Final = (
    ("code", pgettext_lazy("sign-in", "by the code on the spot")),
    ("list", pgettext_lazy("sign-in", "from the list")),
    ("hand", pgettext_lazy("sign-in", "by hand")),
    ("late", pgettext_lazy("sign-in", "later, with a reason")),
)

# A record waits for whoever organised the work; a withdrawn one was corrected by another.
SERVICE_STATES: Final = (
    ("waiting", pgettext_lazy("service record", "to be attested")),
    ("attested", pgettext_lazy("service record", "attested")),
    ("refused", pgettext_lazy("service record", "not attested")),
    ("withdrawn", pgettext_lazy("service record", "corrected")),
)
SERVICE: Final = register(
    Workflow(
        "service",
        states=(
            State("waiting", SERVICE_STATES[0][1], start=True),
            State("attested", SERVICE_STATES[1][1], start=True),
            State("refused", SERVICE_STATES[2][1], final=True),
            State("withdrawn", SERVICE_STATES[3][1], final=True),
        ),
        moves=(
            move("attest", "waiting", "attested", KEEP, pgettext_lazy("service record", "Attest")),
            move("refuse", "waiting", "refused", KEEP, pgettext_lazy("service record", "Do not attest")),
            move("ask", "attested", None, ANYBODY, pgettext_lazy("service record", "Ask for a correction")),
            move("correct", "attested", "withdrawn", KEEP, pgettext_lazy("service record", "Correct")),
        ),
    )
)
SOURCES: Final = (
    ("activity", pgettext_lazy("service record", "activity")),
    ("order", pgettext_lazy("service record", "service order")),
    ("ledger", pgettext_lazy("service record", "ledger")),
)
ASKED: Final = (
    ("open", pgettext_lazy("correction", "asked for")),
    ("granted", pgettext_lazy("correction", "corrected")),
    ("declined", pgettext_lazy("correction", "declined")),
)
