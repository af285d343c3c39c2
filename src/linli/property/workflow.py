"""The life of a contract of management as a table, and the modes in which a compound is managed."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import ANYBODY, State, Workflow, move, register

KEEP: Final = "property.keep"
VIEW: Final = "property.view"
# What entries of the journal and work items are about: a contract, or what is said of one compound.
KIND: Final = "contract"
SAID: Final = "property_contract"
ENDING: Final = "property.ending"
WORK: Final = (WorkKind(ENDING, _("see who manages these compounds next"), decides=True),)

UNMANAGED: Final = "unmanaged"
# How compounds are managed by a contract, and how they may be without one.
MODELS: Final = (
    ("professional", pgettext_lazy("property", "professional company")),
    ("bundled", pgettext_lazy("property", "bundled contract")),
    ("large_supports_small", pgettext_lazy("property", "large supports small")),
    ("self_run", pgettext_lazy("property", "run by the residents")),
)
WITHOUT_CONTRACT: Final = (
    MODELS[0],
    MODELS[3],
    ("unit_run", pgettext_lazy("property", "run by its unit")),
    (UNMANAGED, pgettext_lazy("property", "unmanaged")),
)
MODES: Final = (*MODELS, *WITHOUT_CONTRACT[2:])

CONTRACT: Final = register(
    Workflow(
        KIND,
        states=(
            State("active", pgettext_lazy("property", "in force"), start=True),
            State("expired", pgettext_lazy("property", "expired"), final=True, start=True),
            State("ended", pgettext_lazy("property", "ended early"), final=True, start=True),
            State("withdrawn", pgettext_lazy("property", "withdrawn before it began"), final=True),
        ),
        moves=(
            move("expire", "active", "expired", ANYBODY),
            move("end", "active", "ended", ANYBODY, pgettext_lazy("property", "End early")),
            move("withdraw", "active", "withdrawn", ANYBODY, pgettext_lazy("property", "Withdraw")),
        ),
        line=("active", "expired"),
    )
)
