"""How an honour stands, from nomination to award, as a table; and what is owed on the way."""

from typing import Final

from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import State, Workflow, move, register
from linli.volunteering.workflow import KEEP

HONOUR: Final = "honour"
REVIEW_OWED: Final = "honour.review"
OBJECTION_OWED: Final = "honour.objection"
AWARD_OWED: Final = "honour.award"
WORK: Final = (
    WorkKind(REVIEW_OWED, pgettext_lazy("honour", "review a nomination"), decides=True),
    WorkKind(OBJECTION_OWED, pgettext_lazy("honour", "answer an objection"), decides=True),
    WorkKind(AWARD_OWED, pgettext_lazy("honour", "award after the public notice"), decides=True),
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
