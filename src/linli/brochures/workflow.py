"""The life of a brochure as a table: a draft whose texts change, then an edition whose texts do not."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import State, Workflow, move, register

# Whoever makes public what a place owes its people also prints it.
KEEP: Final = "disclosure.post"
BROCHURE: Final = "brochure"
DISPATCH: Final = "material_dispatch"
STOCK: Final = "leaflet_stock"
RESTOCK_OWED: Final = "brochure.restock"
WORK: Final = (WorkKind(RESTOCK_OWED, _("bring more brochures")),)

# One sheet of A4, folded three times and cut once, is a cover, six pages and a back.
COVER: Final = 1
PAGES: Final = (2, 3, 4, 5, 6, 7)
BACK: Final = 8

BROCHURES: Final = register(
    Workflow(
        BROCHURE,
        states=(
            State("draft", pgettext_lazy("brochure", "being written"), start=True),
            State("issued", pgettext_lazy("brochure", "issued")),
            State("withdrawn", pgettext_lazy("brochure", "withdrawn"), final=True),
            State("dropped", pgettext_lazy("brochure", "dropped"), final=True),
        ),
        moves=(
            move("write", "draft", None, KEEP, pgettext_lazy("brochure", "Write")),
            move("issue", "draft", "issued", KEEP, pgettext_lazy("brochure", "Issue")),
            move("drop", "draft", "dropped", KEEP, pgettext_lazy("brochure", "Drop")),
            move("send", "issued", None, KEEP, pgettext_lazy("brochure", "Send out")),
            move("withdraw", "issued", "withdrawn", KEEP, pgettext_lazy("brochure", "Withdraw")),
        ),
        line=("draft", "issued"),
    )
)

SOURCES: Final = (
    ("own", pgettext_lazy("brochure", "own words")),
    ("notice", pgettext_lazy("brochure", "notice")),
    ("document", pgettext_lazy("brochure", "policy document")),
    ("story", pgettext_lazy("brochure", "story")),
    ("service", pgettext_lazy("brochure", "service item")),
)
