"""The life of a notice as a table: written, approved by a second person where its kind wants that, out, taken back."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.work import WorkKind
from linli.core.workflow import State, Workflow, move, register

WRITE: Final = "notices.write"
APPROVE: Final = "notices.approve"
SUBJECT: Final = "notice"
SUBSCRIPTION: Final = "notice_subscription"
ROBOT: Final = "group_robot"
INBOX: Final = "inbox"
EMAIL: Final = "email"
CHANNELS: Final[Mapping[str, Any]] = {
    INBOX: pgettext_lazy("notice", "inbox"),
    EMAIL: _("e-mail"),
    "wecom": _("WeCom robot"),
    "dingtalk": _("DingTalk robot"),
    "feishu": _("Feishu robot"),
}
# Whose robots stand in the group chats of a community.
CHATS: Final = ("wecom", "dingtalk", "feishu")
APPROVAL_OWED: Final = "notice.approve"
WORK: Final = (WorkKind(APPROVAL_OWED, _("approve a notice"), decides=True),)
# The codes and words of the messages; what was written is in the message itself.
MESSAGES: Final = (
    ("notice.published", _("New notice"), "%(place)s"),
    ("notice.corrected", _("A notice was corrected"), "%(place)s"),
    ("notice.letter", _("Letter from home"), _("%(place)s: %(many)d notices")),
)
PACES: Final = (
    ("each", pgettext_lazy("notice", "each notice")),
    ("letter", pgettext_lazy("notice", "one letter for all, at intervals")),
)

NOTICE: Final = register(
    Workflow(
        "notice",
        states=(
            State("draft", pgettext_lazy("notice", "draft"), start=True),
            State("submitted", pgettext_lazy("notice", "waits for approval")),
            State("published", pgettext_lazy("notice", "published")),
            State("withdrawn", pgettext_lazy("notice", "withdrawn"), final=True),
            State("dropped", pgettext_lazy("notice", "dropped"), final=True),
        ),
        moves=(
            move("change", "draft", None, WRITE, pgettext_lazy("notice", "Change")),
            move("submit", "draft", "submitted", WRITE, pgettext_lazy("notice", "Ask for approval")),
            move("approve", "submitted", "published", APPROVE, pgettext_lazy("notice", "Approve and publish")),
            move("refuse", "submitted", "draft", APPROVE, pgettext_lazy("notice", "Give back")),
            move("publish", "draft", "published", WRITE, pgettext_lazy("notice", "Publish")),
            move("correct", "published", None, WRITE, pgettext_lazy("notice", "Correct")),
            move("withdraw", "published", "withdrawn", WRITE, pgettext_lazy("notice", "Withdraw")),
            move("drop", "draft", "dropped", WRITE, pgettext_lazy("notice", "Drop")),
        ),
        line=("draft", "submitted", "published"),
    )
)
