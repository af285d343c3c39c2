"""The life of an agreement on care and of one service as tables, and who may be cared for."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import ANYBODY, State, Workflow, move, register

KEEP: Final = "care.keep"
VIEW: Final = "care.view"
SERVE: Final = "care.serve"
CLIENT: Final = "care_client"
SERVICE: Final = "care_service"
ASKED: Final = "care.asked"
WANTED: Final = "care.wanted"
WORK: Final = (
    WorkKind(ASKED, _("give this help, or say that it cannot be given")),
    WorkKind(WANTED, _("get in touch with whoever asks for care")),
)

ELDER: Final = "elder"
CHILD: Final = "child"
GROUPS: Final = (
    (ELDER, pgettext_lazy("care", "old people")),
    (CHILD, pgettext_lazy("care", "children")),
)
# Who said yes: whoever is cared for, or for a child its guardian.
AGREED_BY: Final = (
    ("self", pgettext_lazy("care", "the person")),
    ("guardian", pgettext_lazy("care", "the guardian")),
)
ACCOUNT: Final = "account"
MEANS: Final = (
    ("in_person", pgettext_lazy("care", "face to face")),
    ("paper", pgettext_lazy("care", "on paper")),
    ("phone", pgettext_lazy("care", "by phone")),
    (ACCOUNT, pgettext_lazy("care", "by account")),
)
MODES: Final = (
    ("centre", pgettext_lazy("care", "at the centre")),
    ("home", pgettext_lazy("care", "at home")),
    ("online", pgettext_lazy("care", "online")),
)

AGREEMENT: Final = register(
    Workflow(
        CLIENT,
        states=(
            State("active", pgettext_lazy("care", "agreed"), start=True),
            State("known", pgettext_lazy("care", "only known by number"), start=True),
            State("ended", pgettext_lazy("care", "ended"), final=True, start=True),
        ),
        moves=(
            move("agree", ("active", "known"), "active", ANYBODY, pgettext_lazy("care", "Agree anew")),
            move("end", ("active", "known"), "ended", ANYBODY, pgettext_lazy("care", "End")),
        ),
        line=("active", "ended"),
    )
)
GIVING: Final = register(
    Workflow(
        SERVICE,
        states=(
            State("asked", pgettext_lazy("care", "asked for"), start=True),
            State("done", pgettext_lazy("care", "given"), final=True, start=True),
            State("cancelled", pgettext_lazy("care", "not given"), final=True, start=True),
        ),
        moves=(
            move("give", "asked", "done", ANYBODY, pgettext_lazy("care", "It was given")),
            move("cancel", "asked", "cancelled", ANYBODY, pgettext_lazy("care", "It cannot be given")),
        ),
        line=("asked", "done"),
    )
)
