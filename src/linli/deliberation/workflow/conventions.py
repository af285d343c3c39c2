"""The life of a convention as a table, what kinds there are, how it was adopted, and how a comment ends."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import State, Workflow, move, register

VIEW: Final = "conventions.view"
DRAFT: Final = "conventions.draft"
RECEIVE: Final = "conventions.receive"
SUBJECT: Final = "convention"

ANSWER_OWED: Final = "convention.answer"
FILE_OWED: Final = "convention.file"
RECEIVE_OWED: Final = "convention.receive"
WORK: Final = (
    WorkKind(ANSWER_OWED, _("answer comments on a convention")),
    WorkKind(FILE_OWED, _("file a convention with the street")),
    WorkKind(RECEIVE_OWED, _("receive a convention for filing"), decides=True),
)

KINDS: Final = (
    ("residents", pgettext_lazy("convention", "residents' convention")),
    ("compound", pgettext_lazy("convention", "convention of a compound or courtyard")),
    ("charter", pgettext_lazy("convention", "charter of self-government")),
    ("special", pgettext_lazy("convention", "convention on one subject")),
)
WAYS: Final = (
    ("poll", pgettext_lazy("convention", "by a vote")),
    ("topic", pgettext_lazy("convention", "by a topic that was resolved")),
    ("meeting", pgettext_lazy("convention", "by a meeting")),
)

CONVENTION: Final = register(
    Workflow(
        "convention",
        states=(
            State("draft", pgettext_lazy("convention", "draft"), start=True),
            State("commenting", pgettext_lazy("convention", "open for comments")),
            State("adopting", pgettext_lazy("convention", "put to adoption")),
            State("adopted", pgettext_lazy("convention", "adopted")),
            State("published", pgettext_lazy("convention", "published, not filed")),
            State("submitted", pgettext_lazy("convention", "submitted to the street")),
            State("filed", pgettext_lazy("convention", "filed with the street")),
            State("superseded", pgettext_lazy("convention", "superseded"), final=True),
            State("repealed", pgettext_lazy("convention", "repealed"), final=True),
            State("dropped", pgettext_lazy("convention", "dropped"), final=True),
        ),
        moves=(
            move("write", "draft", None, DRAFT, _("Change the text")),
            move("open", "draft", "commenting", DRAFT, _("Open for comments")),
            move("put", "commenting", "adopting", DRAFT, _("Put to adoption")),
            move("revise", ("commenting", "adopting"), "draft", DRAFT, _("Back to the draft")),
            move("adopt", "adopting", "adopted", DRAFT, _("Record the adoption")),
            move("publish", "adopted", "published", DRAFT, _("Publish")),
            move("submit", "published", "submitted", DRAFT, _("Submit to the street")),
            move("send_back", "submitted", "published", RECEIVE, _("Send back")),
            move("receive", "submitted", "filed", RECEIVE, _("Receive for filing")),
            move("supersede", ("published", "submitted", "filed"), "superseded", DRAFT, _("Supersede")),
            move("repeal", ("published", "submitted", "filed"), "repealed", DRAFT, _("Repeal")),
            move("drop", ("draft", "commenting", "adopting"), "dropped", DRAFT, _("Drop")),
        ),
        line=("draft", "commenting", "adopting", "adopted", "published", "submitted", "filed"),
    )
)
# One edition is being made, and one is in force, at a time.
MAKING: Final = ("draft", "commenting", "adopting", "adopted")
IN_FORCE: Final = ("published", "submitted", "filed")
PUBLIC: Final = ("commenting", "adopting", "adopted", *IN_FORCE, "superseded", "repealed")

COMMENT: Final = register(
    Workflow(
        "convention_comment",
        states=(
            State("waiting", pgettext_lazy("comment", "waiting for an answer"), start=True),
            State("answered", pgettext_lazy("comment", "answered"), final=True),
            State("taken_up", pgettext_lazy("comment", "taken up"), final=True),
        ),
        moves=(
            move("answer", "waiting", "answered", DRAFT, pgettext_lazy("comment", "Answer")),
            move("take_up", "waiting", "taken_up", DRAFT, pgettext_lazy("comment", "Take up")),
        ),
        line=("waiting", "answered"),
    )
)
# What the history of a convention calls what happened to it.
HAPPENED: Final = {
    "convention.draft": pgettext_lazy("convention", "drafted"),
    "convention.write": pgettext_lazy("convention", "text changed"),
    "convention.open": pgettext_lazy("convention", "opened for comments"),
    "convention.comment": pgettext_lazy("convention", "comment received"),
    "convention.answer": pgettext_lazy("convention", "comment answered"),
    "convention.take_up": pgettext_lazy("convention", "comment taken up"),
    "convention.put": pgettext_lazy("convention", "put to adoption"),
    "convention.revise": pgettext_lazy("convention", "back to the draft"),
    "convention.adopt": pgettext_lazy("convention", "adopted"),
    "convention.publish": pgettext_lazy("convention", "published"),
    "convention.submit": pgettext_lazy("convention", "submitted to the street"),
    "convention.send_back": pgettext_lazy("convention", "sent back by the street"),
    "convention.receive": pgettext_lazy("convention", "received for filing"),
    "convention.supersede": pgettext_lazy("convention", "superseded"),
    "convention.repeal": pgettext_lazy("convention", "repealed"),
    "convention.drop": pgettext_lazy("convention", "dropped"),
}
