"""The lives of an entry of income or spending, of a quarter and of a count of an account; the words for them."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import State, Workflow, move, register

VIEW: Final = "funds.view"
KEEP: Final = "funds.keep"
OPEN: Final = "funds.open"

APPROVE_OWED: Final = "fund.approve"
QUARTER_OWED: Final = "fund.quarter"
COUNT_OWED: Final = "fund.count"
WORK: Final = (
    WorkKind(APPROVE_OWED, _("approve or refuse entries of an account")),
    WorkKind(QUARTER_OWED, _("close a quarter and make it public")),
    WorkKind(COUNT_OWED, _("confirm or refuse the count of an account")),
)

INCOME: Final = "income"
SPENDING: Final = "spending"
DIRECTIONS: Final = (
    (INCOME, pgettext_lazy("fund", "income")),
    (SPENDING, pgettext_lazy("fund", "spending")),
)

ENTRY: Final = register(
    Workflow(
        "fund_entry",
        states=(
            State("entered", pgettext_lazy("fund", "waits for a second person")),
            State("approved", pgettext_lazy("fund", "approved"), final=True),
            State("refused", pgettext_lazy("fund", "refused"), final=True),
            State("book", pgettext_lazy("fund", "from an old book"), final=True, start=True),
        ),
        moves=(
            move("approve", "entered", "approved", KEEP, pgettext_lazy("fund", "Approve")),
            move("refuse", "entered", "refused", KEEP, pgettext_lazy("fund", "Refuse")),
        ),
        line=("entered", "approved"),
    )
)

QUARTER: Final = register(
    Workflow(
        "fund_quarter",
        states=(
            State("open", pgettext_lazy("fund", "not yet public")),
            State("published", pgettext_lazy("fund", "made public"), final=True),
        ),
        moves=(move("publish", "open", "published", KEEP, _("Close the quarter and make it public")),),
        line=("open", "published"),
    )
)

CLOSE: Final = "close"
HAND_OVER: Final = "hand_over"
PURPOSES: Final = ((CLOSE, _("Close the account")), (HAND_OVER, _("Hand the account over to another body")))

COUNT: Final = register(
    Workflow(
        "fund_count",
        states=(
            State("entered", pgettext_lazy("fund", "waits for a second person"), start=True),
            State("confirmed", pgettext_lazy("fund", "confirmed"), final=True),
            State("refused", pgettext_lazy("fund", "refused"), final=True),
        ),
        moves=(
            move("confirm", "entered", "confirmed", KEEP, pgettext_lazy("fund", "Confirm")),
            move("refuse", "entered", "refused", KEEP, pgettext_lazy("fund", "Refuse")),
        ),
        line=("entered", "confirmed"),
    )
)
