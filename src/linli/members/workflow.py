"""What stands fixed in the work of members: states of turn-outs and selections, kinds of registration, abilities."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import ANYBODY, State, Workflow, move, register

KEEP: Final = "members.keep"
SUPERVISE: Final = "members.supervise"
UNIT: Final = "members.unit"
REGISTRATION: Final = "dual_registration"
MEMBER: Final = "serving_member"
PAIRING: Final = "pairing"
RESPONSIBILITY: Final = "member_responsibility_post"
TURN_OUT_KIND: Final = "turn_out"
ROUND_KIND: Final = "membership_round"
COUNT_KIND: Final = "participation_count"
CONFIRM_OWED: Final = "turn_out.confirm"
UNATTACHED: Final = "members.unattached"
# The page on which it is said in which grids the members of a body live.
GRIDS: Final = "grids"
WORK: Final = (
    WorkKind(CONFIRM_OWED, _("confirm turn-outs of members"), decides=True),
    WorkKind(UNATTACHED, _("say in which grids the members of this organisation live")),
)
KINDS: Final = (
    ("unit", pgettext_lazy("members", "unit where it stands")),
    ("member", pgettext_lazy("members", "member where they live")),
)
# Who helps a household: a member who registered, or whoever works at its community or street.
HELPERS: Final = (
    ("member", pgettext_lazy("members", "member who serves")),
    ("staff", pgettext_lazy("members", "community worker or street officer")),
)
TYPES: Final = (
    ("area", pgettext_lazy("members", "responsibility area")),
    ("post", pgettext_lazy("members", "model post")),
)

TURN_OUT: Final = register(
    Workflow(
        "turn_out",
        states=(
            State("told", pgettext_lazy("turn-out", "to be confirmed"), start=True),
            State("confirmed", pgettext_lazy("turn-out", "confirmed"), final=True),
            State("refused", pgettext_lazy("turn-out", "not confirmed"), final=True),
        ),
        moves=(
            move("confirm", "told", "confirmed", ANYBODY, pgettext_lazy("turn-out", "Confirm")),
            move("refuse", "told", "refused", ANYBODY, pgettext_lazy("turn-out", "Not so")),
        ),
        line=("told", "confirmed"),
    )
)
MEMBERSHIP_ROUND: Final = register(
    Workflow(
        ROUND_KIND,
        states=(
            State("open", pgettext_lazy("membership round", "running"), start=True),
            State("decided", pgettext_lazy("membership round", "decided"), final=True),
            State("dropped", pgettext_lazy("membership round", "dropped"), final=True),
        ),
        moves=(
            move("decide", "open", "decided", ANYBODY, pgettext_lazy("membership round", "Decide")),
            move("drop", "open", "dropped", ANYBODY, pgettext_lazy("membership round", "Drop")),
        ),
        line=("open", "decided"),
    )
)
