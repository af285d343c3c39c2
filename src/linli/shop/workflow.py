"""The lives of a redemption and of a settlement as tables, the words of the shop, and what is owed."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import State, Workflow, move, register

SERVE: Final = "shop.serve"
MANAGE: Final = "shop.manage"
BOTH: Final = (SERVE, MANAGE)

# What postings of the ledger call their rules, and what they come from.
REDEEM: Final = "redeem"
DELIVERY: Final = "delivery"
COUNT: Final = "count"
SETTLED: Final = "settlement"
REDEMPTION: Final = "redemption"
ITEM: Final = "reward_item"
SHOP: Final = "partner_shop"
SETTLEMENT: Final = "settlement"
PAPER: Final = "stock_paper"

REFILL_OWED: Final = "shop.refill"
DRAW_OWED: Final = "shop.settle"
CHECK_OWED: Final = "shop.check"
PAY_OWED: Final = "shop.pay"
WORK: Final = (
    WorkKind(REFILL_OWED, _("get goods for the points shop")),
    WorkKind(DRAW_OWED, _("draw up the settlement with a partner shop")),
    WorkKind(CHECK_OWED, _("check the settlement with a partner shop"), decides=True),
    WorkKind(PAY_OWED, _("pay a partner shop")),
)

KINDS: Final = (
    ("points", pgettext_lazy("shop", "points shop")),
    ("neighbour", pgettext_lazy("shop", "good-neighbour shop")),
)
SOURCES: Final = (
    ("online", pgettext_lazy("shop", "reserved by the member")),
    ("counter", pgettext_lazy("shop", "at the counter, on behalf of the member")),
    ("ledger", pgettext_lazy("shop", "from a ledger of before")),
)
PAPERS: Final = (
    (DELIVERY, pgettext_lazy("shop", "delivery")),
    (COUNT, pgettext_lazy("shop", "stock-taking")),
)

REDEMPTION_LIFE: Final = register(
    Workflow(
        "redemption",
        states=(
            State("reserved", pgettext_lazy("shop", "reserved, to be picked up"), start=True),
            State("handed_over", pgettext_lazy("shop", "handed over"), start=True),
            State("cancelled", pgettext_lazy("shop", "cancelled"), final=True),
            State("expired", pgettext_lazy("shop", "not picked up in time"), final=True),
            State("returned", pgettext_lazy("shop", "returned"), final=True),
        ),
        moves=(
            move("hand_over", "reserved", "handed_over", BOTH, pgettext_lazy("shop", "Hand over")),
            move("cancel", "reserved", "cancelled", "*", pgettext_lazy("shop", "Cancel")),
            move("expire", "reserved", "expired", "*", pgettext_lazy("shop", "Run out")),
            move("return", "handed_over", "returned", MANAGE, pgettext_lazy("shop", "Take back")),
        ),
        line=("reserved", "handed_over"),
    )
)
SETTLEMENT_LIFE: Final = register(
    Workflow(
        "settlement",
        states=(
            State("drawn", pgettext_lazy("shop", "drawn up"), start=True),
            State("checked", pgettext_lazy("shop", "checked")),
            State("paid", pgettext_lazy("shop", "paid"), final=True),
            State("sent_back", pgettext_lazy("shop", "sent back"), final=True),
        ),
        moves=(
            move("check", "drawn", "checked", MANAGE, pgettext_lazy("shop", "It is right")),
            move("send_back", ("drawn", "checked"), "sent_back", MANAGE, pgettext_lazy("shop", "Send back")),
            move("pay", "checked", "paid", MANAGE, pgettext_lazy("shop", "Write down that it was paid")),
        ),
        line=("drawn", "checked", "paid"),
    )
)
