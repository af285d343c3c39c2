"""The life of a visit: planned, then made or dropped; one that is written down afterwards begins as made."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import ANYBODY, State, Workflow, move, register

KEEP: Final = "contacts.keep"
VISITS: Final = "contacts.visit"
CONTACT: Final = "contact"
KIND: Final = "visit"
YEAR_OWED: Final = "contact.year"
SAY_OWED: Final = "visit.happened"
WORK: Final = (
    WorkKind(YEAR_OWED, _("visit the places one answers for, and see problems solved")),
    WorkKind(SAY_OWED, _("say whether the visit took place")),
)

VISIT: Final = register(
    Workflow(
        "visit",
        states=(
            State("planned", pgettext_lazy("visit", "planned"), start=True),
            State("made", pgettext_lazy("visit", "made"), start=True, final=True),
            State("dropped", pgettext_lazy("visit", "did not take place"), final=True),
        ),
        moves=(
            move("make", "planned", "made", ANYBODY, pgettext_lazy("visit", "It took place")),
            move("drop", "planned", "dropped", ANYBODY, pgettext_lazy("visit", "It did not take place")),
        ),
        line=("planned", "made"),
    )
)
VOICED: Final = (("resident", pgettext_lazy("visit", "residents")), ("visitor", pgettext_lazy("visit", "the visitor")))
LEVELS: Final = (
    ("street", _("street")),
    ("community", _("community")),
    ("grid", _("grid")),
    ("building", _("building")),
)
