"""The lives of reserves, promotions and recruitment rounds as tables, and the words that are the same everywhere."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import ANYBODY, State, Workflow, move, register

NOMINATE: Final = "careers.nominate"
MANAGE: Final = "careers.manage"
PAY: Final = "careers.pay"
APPROVAL_OWED: Final = "reserve.approve"
GAP_OWED: Final = "reserve.fill"
RESERVE: Final = "reserve"
GAP: Final = "reserve_gap"
WORK: Final = (
    WorkKind(APPROVAL_OWED, _("decide on a reserve candidate"), decides=True),
    WorkKind(GAP_OWED, _("nominate a reserve candidate")),
)
SECRETARY: Final = "secretary"
COMMITTEE: Final = "committee"
TARGETS: Final = (
    (SECRETARY, pgettext_lazy("careers", "community secretary")),
    (COMMITTEE, pgettext_lazy("careers", "other committee posts")),
)
RESERVES: Final = register(
    Workflow(
        "reserve_candidate",
        states=(
            State("nominated", pgettext_lazy("careers", "nominated"), start=True),
            State("held", pgettext_lazy("careers", "in reserve")),
            State("refused", pgettext_lazy("careers", "not approved"), final=True),
            State("appointed", pgettext_lazy("careers", "appointed"), final=True),
            State("left", pgettext_lazy("careers", "left the reserve"), final=True),
        ),
        moves=(
            move("approve", "nominated", "held", ANYBODY, pgettext_lazy("careers", "Approve")),
            move("refuse", "nominated", "refused", ANYBODY, pgettext_lazy("careers", "Refuse")),
            move("appoint", "held", "appointed", ANYBODY, pgettext_lazy("careers", "Was appointed")),
            move("leave", ("nominated", "held"), "left", ANYBODY, pgettext_lazy("careers", "Leaves the reserve")),
        ),
        line=("nominated", "held", "appointed"),
    )
)
PROMOTIONS: Final = register(
    Workflow(
        "promotion",
        states=(
            State("running", pgettext_lazy("careers", "steps being taken"), start=True),
            State("appointed", pgettext_lazy("careers", "appointed"), final=True),
            State("dropped", pgettext_lazy("careers", "ended without appointment"), final=True),
        ),
        moves=(
            move("appoint", "running", "appointed", ANYBODY, pgettext_lazy("careers", "Appoint")),
            move("drop", "running", "dropped", ANYBODY, pgettext_lazy("careers", "End without appointment")),
        ),
        line=("running", "appointed"),
    )
)
ROUNDS: Final = register(
    Workflow(
        "recruitment_round",
        states=(
            State("open", pgettext_lazy("careers", "open"), start=True),
            State("closed", pgettext_lazy("careers", "closed"), final=True),
        ),
        moves=(move("close", "open", "closed", ANYBODY, pgettext_lazy("careers", "Close")),),
        line=("open", "closed"),
    )
)
# What a month's pay is made of; the profile says which of them a place pays. The first six are those of a community
# worker's remuneration, then the housing fund and the two allowances that hang on credential and education.
BASE: Final = "base"
COMPONENTS: Final = (
    (BASE, pgettext_lazy("careers", "base pay")),
    ("performance", pgettext_lazy("careers", "performance pay")),
    ("tenure", pgettext_lazy("careers", "allowance for terms served")),
    ("pension", pgettext_lazy("careers", "pension insurance")),
    ("accident", pgettext_lazy("careers", "accident insurance")),
    ("collective", pgettext_lazy("careers", "reward from the collective economy")),
    ("housing", pgettext_lazy("careers", "housing fund")),
    ("credential", pgettext_lazy("careers", "credential allowance")),
    ("education", pgettext_lazy("careers", "education allowance")),
)
ALLOWANCES: Final = ("credential", "education")
# On what a post under unified recruitment is given.
BASES: Final = (
    ("round", pgettext_lazy("careers", "chosen in a round")),
    ("transfer", pgettext_lazy("careers", "transferred from such a post")),
    ("exception", pgettext_lazy("careers", "exception")),
)
