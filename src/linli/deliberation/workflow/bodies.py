"""The lives of a self-government body and of an election, the words for both, and what is owed of them."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import State, Workflow, move, register

VIEW: Final = "bodies.view"
KEEP: Final = "bodies.keep"
RECEIVE: Final = "bodies.receive"
# Bodies and posts are changed by whoever may change the roster.
MANAGE: Final = "organizations.manage"
SUBJECT: Final = "body_founding"
ELECTION_SUBJECT: Final = "body_election"

ELECT_OWED: Final = "body.elect"
FILE_OWED: Final = "body.file"
ANSWER_OWED: Final = "body.answer"
WORK: Final = (
    WorkKind(ELECT_OWED, _("let a self-government body be elected")),
    WorkKind(FILE_OWED, _("file an elected body with the street")),
    WorkKind(ANSWER_OWED, _("answer residents who want to found a body"), decides=True),
)

FOUNDING: Final = register(
    Workflow(
        "body_founding",
        states=(
            State("proposed", pgettext_lazy("body", "proposed"), start=True),
            State("registered", pgettext_lazy("body", "registered")),
            State("ended", pgettext_lazy("body", "ended"), final=True),
            State("dropped", pgettext_lazy("body", "not founded"), final=True),
        ),
        moves=(
            move("register", "proposed", "registered", MANAGE, pgettext_lazy("body", "Register")),
            move("drop", "proposed", "dropped", KEEP, pgettext_lazy("body", "Do not found it")),
            move("call", "registered", None, KEEP, _("Call an election")),
            move("leave", "registered", None, MANAGE, _("Record that a member left")),
            move("file", "registered", None, RECEIVE, _("File it, for the street")),
            move("end", "registered", "ended", MANAGE, pgettext_lazy("body", "End the body")),
        ),
        line=("proposed", "registered"),
    )
)
ELECTION: Final = register(
    Workflow(
        "body_election",
        states=(
            State("called", pgettext_lazy("election", "called"), start=True),
            State("held", pgettext_lazy("election", "held"), final=True),
            State("void", pgettext_lazy("election", "void"), final=True),
        ),
        moves=(
            move("nominate", "called", None, KEEP, _("Add a candidate")),
            move("strike", "called", None, KEEP, _("Take a candidate off")),
            move("elect", "called", "held", MANAGE, _("Record the result")),
            move("void", "called", "void", KEEP, _("Declare void")),
        ),
        line=("called", "held"),
    )
)

TERMS: Final = (
    ("none", pgettext_lazy("body", "not elected yet")),
    ("running", pgettext_lazy("body", "term running")),
    ("ending", pgettext_lazy("body", "term about to end")),
    ("over", pgettext_lazy("body", "term over, not re-elected")),
)
ELECTIONS: Final = (
    ("term", pgettext_lazy("election", "for a new term")),
    ("by", pgettext_lazy("election", "by-election")),
)
WAYS: Final = (
    ("poll", pgettext_lazy("convention", "by a vote")),
    ("topic", pgettext_lazy("convention", "by a topic that was resolved")),
    ("meeting", pgettext_lazy("convention", "by a meeting")),
    ("own", pgettext_lazy("body", "by own count, on paper")),
)
PROPOSERS: Final = (
    ("residents", pgettext_lazy("body", "residents")),
    ("branch", pgettext_lazy("body", "Party branch")),
    ("community", pgettext_lazy("body", "community")),
)
ROLES: Final = (
    ("head", pgettext_lazy("body", "director")),
    ("deputy", pgettext_lazy("body", "deputy director")),
    ("member", pgettext_lazy("body", "member")),
    ("supervisor", pgettext_lazy("body", "supervisor")),
)
# What the history of a body calls what happened to it.
HAPPENED: Final = {
    "body_founding.propose": pgettext_lazy("body", "proposed"),
    "body_founding.register": pgettext_lazy("body", "registered"),
    "body_founding.drop": pgettext_lazy("body", "not founded"),
    "body_founding.call": _("election called"),
    "body_founding.elect": _("members elected"),
    "body_founding.leave": _("a member left"),
    "body_founding.file": _("filed with the street"),
    "body_founding.end": pgettext_lazy("body", "ended"),
}
