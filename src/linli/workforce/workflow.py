"""The lives of a training session and of a credential as tables, and what is owed."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.navigation import Group
from linli.core.work import WorkKind
from linli.core.workflow import ANYBODY, State, Workflow, move, register

# The pages of training stand together with those of posts, reserves and pay.
GROUP: Final = Group(pgettext_lazy("careers", "Careers"), "users", 49)
PLAN: Final = "training.plan"
VERIFY: Final = "credentials.verify"
# Whoever holds a post in the territory has a page of their own.
OWN: Final = "territory.view"
SESSION_KIND: Final = "training_session"
CREDENTIAL_KIND: Final = "credential"
GAP: Final = "training_gap"
VERIFY_OWED: Final = "credential.verify"
GAP_OWED: Final = "training.gap"
WORK: Final = (
    WorkKind(VERIFY_OWED, _("verify a credential"), decides=True),
    WorkKind(GAP_OWED, _("make up for missing training")),
)
OUTCOMES: Final = (
    ("named", pgettext_lazy("training", "named")),
    ("came", pgettext_lazy("training", "came")),
    ("excused", pgettext_lazy("training", "excused")),
    ("absent", pgettext_lazy("training", "did not come")),
)
PUSHED: Final = (("draft", pgettext_lazy("study item", "draft")), ("pushed", pgettext_lazy("study item", "pushed")))

SESSION: Final = register(
    Workflow(
        "training",
        states=(
            State("planned", pgettext_lazy("training", "planned"), start=True),
            State("held", pgettext_lazy("training", "held"), start=True),
            State("cancelled", pgettext_lazy("training", "cancelled"), final=True),
        ),
        moves=(
            move("change", ("planned", "held"), None, PLAN, pgettext_lazy("training", "Change")),
            move("name", ("planned", "held"), None, PLAN),
            move("hold", ("planned", "held"), "held", PLAN, pgettext_lazy("training", "Put down who came")),
            move("cancel", ("planned", "held"), "cancelled", PLAN, pgettext_lazy("training", "Cancel")),
        ),
        line=("planned", "held"),
    )
)
CREDENTIAL: Final = register(
    Workflow(
        "credential",
        states=(
            State("entered", pgettext_lazy("credential", "to be verified"), start=True),
            State("verified", pgettext_lazy("credential", "verified"), start=True),
            State("refused", pgettext_lazy("credential", "refused"), start=True, final=True),
            State("withdrawn", pgettext_lazy("credential", "withdrawn"), final=True),
        ),
        moves=(
            move("verify", "entered", "verified", VERIFY, pgettext_lazy("credential", "Verify")),
            move("refuse", ("entered", "verified"), "refused", VERIFY, pgettext_lazy("credential", "Refuse")),
            move("scan", "entered", None, ANYBODY, pgettext_lazy("credential", "Add a picture")),
            move("withdraw", "entered", "withdrawn", ANYBODY, pgettext_lazy("credential", "Withdraw")),
        ),
        line=("entered", "verified"),
    )
)
