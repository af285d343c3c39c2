"""The lives of a campaign and of a finding as tables, and the words they are told in."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import ANYBODY, State, Workflow, move, register

RUN: Final = "campaigns.run"
WORK_AT: Final = "campaigns.work"
ABILITIES: Final = (RUN, WORK_AT)

KIND: Final = "campaign"
TARGET: Final = "campaign_target"
FINDING_KIND: Final = "campaign_finding"
REVIEW_OWED: Final = "campaign.review"
WORK: Final = (WorkKind(REVIEW_OWED, _("review a campaign, or close it"), decides=True),)

CAMPAIGN: Final = register(
    Workflow(
        "campaign",
        states=(
            State("planned", pgettext_lazy("campaign", "planned"), start=True),
            State("running", pgettext_lazy("campaign", "running")),
            State("closed", pgettext_lazy("campaign", "closed"), final=True),
            State("dropped", pgettext_lazy("campaign", "dropped"), final=True),
        ),
        moves=(
            move("begin", "planned", "running", ANYBODY, pgettext_lazy("campaign", "Begin")),
            move("close", "running", "closed", ANYBODY, pgettext_lazy("campaign", "Close")),
            move("drop", ("planned", "running"), "dropped", ANYBODY, pgettext_lazy("campaign", "Drop")),
        ),
        line=("planned", "running", "closed"),
    )
)
FINDING: Final = register(
    Workflow(
        "campaign_finding",
        states=(
            State("open", pgettext_lazy("campaign", "being put right"), start=True),
            State("done", pgettext_lazy("campaign", "put right")),
        ),
        moves=(
            move("rectify", "open", "done", ANYBODY, pgettext_lazy("campaign", "Put right")),
            move("reopen", "done", "open", ANYBODY, pgettext_lazy("campaign", "Open again")),
        ),
        line=("open", "done"),
    )
)
MARKS: Final = (
    ("done", pgettext_lazy("campaign", "done")),
    ("not_needed", pgettext_lazy("campaign", "not needed here")),
)
WHEN: Final = (
    ("before", pgettext_lazy("campaign", "before")),
    ("after", pgettext_lazy("campaign", "after")),
)
