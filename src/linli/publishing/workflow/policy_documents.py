"""The kinds of policy documents, their life as a table, and what they make somebody owe."""

from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import ANYBODY, State, Workflow, move, register

VIEW: Final = "documents.view"
KEEP: Final = "documents.keep"
SUBJECT: Final = "policy_document"
RENEW_OWED: Final = "policy_document.renew"
WORK: Final = (WorkKind(RENEW_OWED, _("renew, replace or repeal a document")),)
# How many days before its last day a document is somebody's work.
NOTICE_DAYS: Final = 60

KINDS: Final = (
    ("policy", pgettext_lazy("document", "policy")),
    ("plan", pgettext_lazy("document", "plan")),
    ("notice", pgettext_lazy("document", "notice")),
    ("rule", pgettext_lazy("document", "rule or measure")),
    ("checklist", pgettext_lazy("document", "checklist")),
    ("convention", pgettext_lazy("document", "convention")),
)
# What these are called by their titles, the first that is found; whatever else is a policy.
KIND_WORDS: Final = (
    ("清单", "checklist"),
    ("公约", "convention"),
    ("通知", "notice"),
    ("通告", "notice"),
    ("公告", "notice"),
    ("方案", "plan"),
    ("规划", "plan"),
    ("计划", "plan"),
    ("办法", "rule"),
    ("规定", "rule"),
    ("细则", "rule"),
    ("制度", "rule"),
)
# Only these may lack a number.
UNNUMBERED: Final = ("checklist", "convention")

DOCUMENT: Final = register(
    Workflow(
        "policy_document",
        states=(
            State("in_force", pgettext_lazy("document", "in force")),
            State("expired", pgettext_lazy("document", "run out")),
            State("replaced", pgettext_lazy("document", "replaced")),
            State("repealed", pgettext_lazy("document", "repealed")),
        ),
        moves=(
            move("correct", ("in_force", "expired", "replaced", "repealed"), None, KEEP, _("Correct")),
            move("renew", ("in_force", "expired"), "in_force", KEEP, _("Renew")),
            move("replace", ("in_force", "expired"), "replaced", KEEP, _("Replace")),
            move("repeal", ("in_force", "expired"), "repealed", KEEP, _("Repeal")),
            move("reinstate", ("replaced", "repealed"), "in_force", KEEP, _("Put back in force")),
            move("expire", "in_force", "expired", ANYBODY, _("Its time is over")),
        ),
    )
)
# What the journal calls what happened to a document.
HAPPENED: Final = {
    "publish": _("recorded"),
    "correct": _("corrected"),
    "renew": _("renewed"),
    "replace": _("replaced by another"),
    "repeal": _("repealed"),
    "reinstate": _("put back in force"),
    "expire": _("its time was over"),
    "attach": _("attachment added"),
    "detach": _("attachment taken out"),
}


def kind_of(title: str) -> str:
    """The kind of a document by its title, where nobody says it: by what the title ends with."""
    found = [(title.rfind(word), kind) for word, kind in KIND_WORDS if word in title]
    return max(found)[1] if found else "policy"
