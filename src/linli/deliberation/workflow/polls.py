"""The life of a poll as a table, and the words of what it can be: its rule, its secrecy, its ways of voting."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import State, Workflow, move, register

VIEW: Final = "polls.view"
RUN: Final = "polls.run"
SUBJECT: Final = "poll"
NEXT_OWED: Final = "poll.next"
WORK: Final = (WorkKind(NEXT_OWED, _("open, count or publish a vote")),)

POLL: Final = register(
    Workflow(
        "poll",
        states=(
            State("draft", pgettext_lazy("poll", "being set up"), start=True),
            State("announced", pgettext_lazy("poll", "announced")),
            State("open", pgettext_lazy("poll", "voting")),
            State("closed", pgettext_lazy("poll", "counted")),
            State("published", pgettext_lazy("poll", "result published"), final=True),
            State("cancelled", pgettext_lazy("poll", "cancelled"), final=True),
            State("void", pgettext_lazy("poll", "void"), final=True),
        ),
        moves=(
            move("change", "draft", None, RUN, _("Change")),
            move("announce", "draft", "announced", RUN, _("Announce")),
            move("open", "announced", "open", RUN, _("Open the vote")),
            move("close", "open", "closed", RUN, _("Close and count")),
            move("publish", "closed", "published", RUN, _("Publish the result")),
            move("cancel", ("draft", "announced"), "cancelled", RUN, _("Cancel")),
            move("void", ("open", "closed"), "void", RUN, _("Declare void")),
        ),
        line=("draft", "announced", "open", "closed", "published"),
    )
)
# In these the poll is as everybody was told, so that nothing of it may change.
FIXED: Final = ("open", "closed", "published", "void")
COUNTED: Final = ("closed", "published")
SHOWN: Final = ("announced", "open", "closed", "published", "void")

KINDS: Final = (
    ("decision", pgettext_lazy("poll", "for, against or abstain")),
    ("choice", pgettext_lazy("poll", "several options")),
)
DECISION: Final = (
    pgettext_lazy("ballot", "for"),
    pgettext_lazy("ballot", "against"),
    pgettext_lazy("ballot", "abstain"),
)
RULES: Final = (
    ("opinion", pgettext_lazy("poll", "opinion only, no threshold")),
    ("majority", pgettext_lazy("poll", "half of all take part, more than half of them agree")),
    ("owners_ordinary", pgettext_lazy("poll", "owners, ordinary matter (Civil Code 278)")),
    ("owners_major", pgettext_lazy("poll", "owners, major matter (Civil Code 278)")),
    ("own", pgettext_lazy("poll", "own thresholds")),
)
SECRECY: Final = (
    ("named", pgettext_lazy("poll", "by name, seen by the recorder only")),
    ("secret", pgettext_lazy("poll", "secret")),
)
CHANNELS: Final = (
    ("online", pgettext_lazy("poll", "online")),
    ("paper", pgettext_lazy("poll", "on paper")),
)
HEAD_KINDS: Final = (
    ("owner", _("owner")),
    ("developer", _("developer's unsold units")),
    ("resident", _("resident or member")),
)
# What the journal calls what happened to a poll.
HAPPENED: Final = {
    "create": _("set up"),
    "change": _("changed"),
    "electorate": _("electorate entered"),
    "announce": _("announced"),
    "key": _("a counter's key was made"),
    "open": _("opened for voting"),
    "codes": _("voting codes were printed"),
    "proxy": _("a proxy was recorded"),
    "paper_mark": _("voted on paper"),
    "paper_unmark": _("a mark was taken back"),
    "paper_enter": _("a paper ballot was entered"),
    "paper_correct": _("a paper ballot is entered anew"),
    "close": _("closed and counted"),
    "publish": _("result published"),
    "step": _("gave a topic's step its numbers"),
    "cancel": _("cancelled"),
    "void": _("declared void"),
}
