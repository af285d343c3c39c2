"""Words of the ledger: its books, kinds of accounts, how a hold stands, what may be earned for."""

from typing import Final

from django.utils.translation import pgettext_lazy

from linli.core.workflow import State, Workflow, move, register

KEEP: Final = "points.keep"
SUBJECT: Final = "points_member"

POINTS: Final = "points"
HOURS: Final = "hours"
GOODS: Final = "goods"
BOOKS: Final = (
    (POINTS, pgettext_lazy("points", "points")),
    (HOURS, pgettext_lazy("points", "hours")),
    (GOODS, pgettext_lazy("points", "stock of goods")),
)
# The books in which people have an account; hours are kept in minutes.
OF_PEOPLE: Final = BOOKS[:2]

HOLDER: Final = "holder"
CREDIT: Final = "credit"
TEAM: Final = "team"
SHOP: Final = "shop"
CAMPAIGN: Final = "campaign"
STOCK: Final = "goods"
EXPIRY: Final = "expiry"
ISSUE: Final = "issue"
USED: Final = "used"
ACCOUNTS: Final = (
    (HOLDER, pgettext_lazy("points", "member")),
    (CREDIT, pgettext_lazy("points", "right to ask")),
    (TEAM, pgettext_lazy("points", "team")),
    (SHOP, pgettext_lazy("points", "partner shop")),
    (CAMPAIGN, pgettext_lazy("points", "budget of a campaign")),
    (STOCK, pgettext_lazy("points", "goods in stock")),
    (EXPIRY, pgettext_lazy("points", "expired")),
    (ISSUE, pgettext_lazy("points", "given out")),
    (USED, pgettext_lazy("points", "used")),
)
# These may go below zero: what is given comes from somewhere, and a budget bears what cannot be taken back.
FLOORLESS: Final = (ISSUE, CAMPAIGN)

CONSENTS: Final = (
    ("self", pgettext_lazy("points", "joined themselves")),
    ("paper", pgettext_lazy("points", "joined on paper")),
    ("ledger", pgettext_lazy("points", "in the ledger of before")),
    ("registration", pgettext_lazy("points", "registered as a volunteer")),
)

SERVICE: Final = "service"
ORDER: Final = "order"
GOOD_DEED: Final = "good_deed"
EXEMPLAR: Final = "exemplar"
REPORT: Final = "report"
KINDS: Final = (
    (SERVICE, pgettext_lazy("points", "voluntary service")),
    (ORDER, pgettext_lazy("points", "service order")),
    (GOOD_DEED, pgettext_lazy("points", "good deed")),
    (EXEMPLAR, pgettext_lazy("points", "exemplar recommended")),
    (REPORT, pgettext_lazy("points", "something wrong at a place reported")),
)

# How a transfer came about, as far as no rule of the profile says it.
REVERSAL: Final = "reversal"
EXPIRED: Final = "expiry"
GIVEN: Final = "given"
TAKEN: Final = "taken"
DIRECTIONS: Final = (
    (GIVEN, pgettext_lazy("points", "given")),
    (TAKEN, pgettext_lazy("points", "taken")),
    ("moved", pgettext_lazy("points", "moved")),
)

HOLD: Final = register(
    Workflow(
        "points_hold",
        states=(
            State("held", pgettext_lazy("points", "held"), start=True),
            State("posted", pgettext_lazy("points", "posted"), final=True),
            State("voided", pgettext_lazy("points", "given back"), final=True),
            State("expired", pgettext_lazy("points", "run out"), final=True),
        ),
        moves=(
            move("post", "held", "posted", KEEP, pgettext_lazy("points", "Post")),
            move("void", "held", "voided", KEEP, pgettext_lazy("points", "Give back")),
            move("expire", "held", "expired", KEEP, pgettext_lazy("points", "Run out")),
        ),
        line=("held", "posted"),
    )
)

# What a transfer is called whose rule is none of the profile's.
RULES: Final = {
    REVERSAL: pgettext_lazy("points", "taken back"),
    EXPIRED: pgettext_lazy("points", "expired"),
    GIVEN: pgettext_lazy("points", "given"),
    TAKEN: pgettext_lazy("points", "used"),
    "redeem": pgettext_lazy("points", "redeemed"),
    "credit_given": pgettext_lazy("points", "right to ask earned"),
    "credit_taken": pgettext_lazy("points", "right to ask used"),
    "credit_back": pgettext_lazy("points", "right to ask given back"),
}
