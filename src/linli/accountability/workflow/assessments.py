"""The life of a round of assessment, of an inspection's finding, and of an objection, as tables."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from linli.core.workflow import ANYBODY, State, Workflow, move, register

RUN: Final = "assessments.run"

# Ratings come in while a round is open, and still after its figures were frozen.
RATED_IN: Final = frozenset({"opened", "frozen"})
# What the assessed come to know of.
TOLD: Final = frozenset({"published", "objections", "final"})

ASSESSMENT: Final = register(
    Workflow(
        "assessment",
        states=(
            State("opened", _("open for ratings")),
            State("frozen", _("figures frozen")),
            State("rated", _("ratings closed")),
            State("scored", _("scored")),
            State("published", _("made known")),
            State("objections", _("objections being answered")),
            State("final", _("final"), final=True),
            State("withdrawn", _("withdrawn"), final=True),
        ),
        moves=(
            move("freeze", "opened", "frozen", RUN, _("Freeze the figures")),
            move("close", "frozen", "rated", RUN, _("Close the ratings")),
            move("score", "rated", "scored", RUN, _("Compute the scores")),
            move("publish", "scored", "published", RUN, _("Make the results known")),
            move("object", ("published", "objections"), "objections", ANYBODY, _("Object")),
            move("finish", ("published", "objections"), "final", RUN, _("Declare final")),
            move("withdraw", ("opened", "frozen", "rated"), "withdrawn", RUN, _("Withdraw the round")),
        ),
        line=("opened", "frozen", "rated", "scored", "published", "objections", "final"),
    )
)

OBJECTION: Final = register(
    Workflow(
        "objection",
        states=(
            State("open", _("to be answered")),
            State("upheld", _("upheld, corrected"), final=True),
            State("dismissed", _("not upheld"), final=True),
        ),
        moves=(
            move("uphold", "open", "upheld", RUN, _("Uphold and correct")),
            move("dismiss", "open", "dismissed", RUN, _("Do not uphold")),
        ),
        line=("open", "upheld"),
    )
)

INSPECTION: Final = register(
    Workflow(
        "inspection",
        states=(
            State("planned", _("planned")),
            State("done", _("done"), final=True, start=True),
            State("cancelled", _("cancelled"), final=True),
        ),
        moves=(
            move("record", "planned", "done", "assessments.rate", _("Record the inspection")),
            move("cancel", "planned", "cancelled", RUN, _("Cancel the inspection")),
        ),
        line=("planned", "done"),
    )
)

FINDING: Final = register(
    Workflow(
        "finding",
        states=(
            State("open", _("to be put right")),
            State("rectified", _("put right, to be verified")),
            State("verified", _("verified"), final=True),
        ),
        moves=(
            move("rectify", "open", "rectified", "assessments.rate", _("Report it as put right")),
            move("verify", "rectified", "verified", "assessments.rate", _("Verify")),
            move("return", "rectified", "open", "assessments.rate", _("Not yet put right")),
        ),
        line=("open", "rectified", "verified"),
    )
)
