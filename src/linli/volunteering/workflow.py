"""How volunteers, memberships, projects, claims, posts and honours stand, as tables; and when people have time."""

from datetime import datetime
from typing import Final

from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.work import WorkKind
from linli.core.workflow import State, Workflow, move, register

KEEP: Final = "volunteering.keep"

VOLUNTEER: Final = "volunteer"
TEAM: Final = "volunteer_team"
PROJECT: Final = "service_project"
POST: Final = "volunteer_post"
HONOUR: Final = "honour"

JOIN_OWED: Final = "volunteering.join"
REVIEW_OWED: Final = "volunteering.review"
CONFIRM_OWED: Final = "volunteering.confirm"
ASSIGN_OWED: Final = "volunteering.assign"
HONOUR_REVIEW_OWED: Final = "honour.review"
HONOUR_OBJECTION_OWED: Final = "honour.objection"
HONOUR_AWARD_OWED: Final = "honour.award"
WORK: Final = (
    WorkKind(JOIN_OWED, pgettext_lazy("volunteering", "answer who asks to join a team"), decides=True),
    WorkKind(REVIEW_OWED, pgettext_lazy("volunteering", "review a volunteer project"), decides=True),
    WorkKind(CONFIRM_OWED, pgettext_lazy("volunteering", "confirm what was delivered"), decides=True),
    WorkKind(ASSIGN_OWED, pgettext_lazy("volunteering", "answer who asks for a volunteer post"), decides=True),
    WorkKind(HONOUR_REVIEW_OWED, pgettext_lazy("honour", "review a nomination"), decides=True),
    WorkKind(HONOUR_OBJECTION_OWED, pgettext_lazy("honour", "answer an objection"), decides=True),
    WorkKind(HONOUR_AWARD_OWED, pgettext_lazy("honour", "award after the public notice"), decides=True),
)

SEXES: Final = (
    ("female", pgettext_lazy("volunteer", "female")),
    ("male", pgettext_lazy("volunteer", "male")),
)
CONSENTS: Final = (
    ("self", pgettext_lazy("volunteer", "given by the person here")),
    ("paper", pgettext_lazy("volunteer", "given on paper")),
    ("ledger", pgettext_lazy("volunteer", "given to whoever kept the ledger")),
)
TIMES: Final = (
    ("weekday_morning", pgettext_lazy("volunteer", "weekday mornings")),
    ("weekday_afternoon", pgettext_lazy("volunteer", "weekday afternoons")),
    ("weekday_evening", pgettext_lazy("volunteer", "weekday evenings")),
    ("weekend_morning", pgettext_lazy("volunteer", "weekend mornings")),
    ("weekend_afternoon", pgettext_lazy("volunteer", "weekend afternoons")),
    ("weekend_evening", pgettext_lazy("volunteer", "weekend evenings")),
)

VOLUNTEERS: Final = register(
    Workflow(
        "volunteer",
        states=(
            State("registered", pgettext_lazy("volunteer", "registered"), start=True),
            State("paused", pgettext_lazy("volunteer", "paused"), start=True),
            State("ended", pgettext_lazy("volunteer", "ended"), start=True, final=True),
        ),
        moves=(
            move("correct", ("registered", "paused"), None, KEEP, pgettext_lazy("volunteer", "Correct")),
            move("pause", "registered", "paused", KEEP, pgettext_lazy("volunteer", "Pause")),
            move("resume", "paused", "registered", KEEP, pgettext_lazy("volunteer", "Go on")),
            move("end", ("registered", "paused"), "ended", KEEP, pgettext_lazy("volunteer", "End")),
        ),
    )
)
STANDING: Final = ("registered", "paused")

MEMBERSHIPS: Final = (
    ("asked", pgettext_lazy("team member", "asked to join")),
    ("member", pgettext_lazy("team member", "member")),
    ("declined", pgettext_lazy("team member", "not taken in")),
    ("left", pgettext_lazy("team member", "left")),
)

KINDS: Final = (
    ("incubated", pgettext_lazy("volunteer project", "project of the incubator")),
    ("brand", pgettext_lazy("volunteer project", "brand")),
    ("micro", pgettext_lazy("volunteer project", "micro-project to claim")),
)
PROJECTS: Final = register(
    Workflow(
        "service_project",
        states=(
            State("idea", pgettext_lazy("volunteer project", "idea"), start=True),
            State("incubating", pgettext_lazy("volunteer project", "incubating")),
            State("graduated", pgettext_lazy("volunteer project", "graduated"), start=True),
            State("open", pgettext_lazy("volunteer project", "open to claims"), start=True),
            State("claimed", pgettext_lazy("volunteer project", "claimed")),
            State("delivered", pgettext_lazy("volunteer project", "delivered, to be confirmed")),
            State("confirmed", pgettext_lazy("volunteer project", "confirmed"), final=True),
            State("closed", pgettext_lazy("volunteer project", "closed"), final=True),
        ),
        moves=(
            move("support", "idea", "incubating", KEEP, pgettext_lazy("volunteer project", "Take into the incubator")),
            move("improve", ("idea", "incubating"), None, KEEP, pgettext_lazy("volunteer project", "Ask for more")),
            move("graduate", "incubating", "graduated", KEEP, pgettext_lazy("volunteer project", "Graduate")),
            move("close", ("idea", "incubating", "graduated"), "closed", KEEP, pgettext_lazy("project", "Close")),
            move("claim", ("open", "claimed"), "claimed", "*", pgettext_lazy("volunteer project", "Claim")),
            move("release", "claimed", "open", "*", pgettext_lazy("volunteer project", "Give back")),
            move("deliver", "claimed", "delivered", "*", pgettext_lazy("volunteer project", "Say it is delivered")),
            move("confirm", "delivered", "confirmed", KEEP, pgettext_lazy("volunteer project", "Confirm")),
            move("reopen", "delivered", "claimed", KEEP, pgettext_lazy("volunteer project", "Not done yet")),
            move("withdraw", "open", "closed", KEEP, pgettext_lazy("volunteer project", "Withdraw")),
        ),
    )
)
INCUBATOR_LINE: Final = ("idea", "incubating", "graduated")
MICRO_LINE: Final = ("open", "claimed", "delivered", "confirmed")
VERDICTS: Final = (
    ("support", pgettext_lazy("review", "take into the incubator")),
    ("improve", pgettext_lazy("review", "improve first")),
    ("graduate", pgettext_lazy("review", "graduate")),
    ("close", pgettext_lazy("review", "close")),
)
CLAIMS: Final = (
    ("claimed", pgettext_lazy("claim", "claimed")),
    ("delivered", pgettext_lazy("claim", "delivered")),
    ("confirmed", pgettext_lazy("claim", "confirmed")),
    ("released", pgettext_lazy("claim", "given back")),
)
CLAIMING: Final = ("claimed", "delivered")

POSTS: Final = (
    ("open", pgettext_lazy("volunteer post", "open")),
    ("closed", pgettext_lazy("volunteer post", "closed")),
)
ASSIGNMENTS: Final = (
    ("asked", pgettext_lazy("volunteer post", "asked for")),
    ("assigned", pgettext_lazy("volunteer post", "assigned")),
    ("declined", pgettext_lazy("volunteer post", "not assigned")),
    ("ended", pgettext_lazy("volunteer post", "ended")),
)

RECIPIENTS: Final = (
    ("person", pgettext_lazy("honour", "person")),
    ("project", pgettext_lazy("honour", "project")),
    ("team", pgettext_lazy("honour", "team")),
    ("household", pgettext_lazy("honour", "household")),
    ("merchant", pgettext_lazy("honour", "merchant")),
)
# Whose name is that of people: published in full only with their consent.
PEOPLE: Final = ("person", "household")
HONOURS: Final = register(
    Workflow(
        "honour",
        states=(
            State("nominated", pgettext_lazy("honour", "nominated"), start=True),
            State("notice", pgettext_lazy("honour", "in public notice")),
            State("awarded", pgettext_lazy("honour", "awarded"), start=True),
            State("declined", pgettext_lazy("honour", "not taken further"), final=True),
            State("dropped", pgettext_lazy("honour", "not awarded after an objection"), final=True),
            State("withdrawn", pgettext_lazy("honour", "nomination withdrawn"), final=True),
            State("taken_back", pgettext_lazy("honour", "taken back"), final=True),
        ),
        moves=(
            move("accept", "nominated", "notice", KEEP, pgettext_lazy("honour", "Publish for objections")),
            move("decline", "nominated", "declined", KEEP, pgettext_lazy("honour", "Do not take further")),
            move("object", "notice", None, "*", pgettext_lazy("honour", "Object")),
            move("uphold", "notice", "dropped", KEEP, pgettext_lazy("honour", "Uphold the objection")),
            move("award", "notice", "awarded", KEEP, pgettext_lazy("honour", "Award")),
            move("withdraw", ("nominated", "notice"), "withdrawn", KEEP, pgettext_lazy("honour", "Withdraw")),
            move("take_back", "awarded", "taken_back", KEEP, pgettext_lazy("honour", "Take back")),
        ),
        line=("nominated", "notice", "awarded"),
    )
)


def time_of(moment: datetime) -> str:
    """The code of TIMES in which a moment lies: before noon, before six, or later, of a weekday or a weekend."""
    local = moment.astimezone(clock.SHANGHAI)
    part = "morning" if local.hour < 12 else "afternoon" if local.hour < 18 else "evening"
    return f"{'weekend' if local.weekday() >= 5 else 'weekday'}_{part}"
