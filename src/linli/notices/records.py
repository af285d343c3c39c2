"""The record types of notices, and of how many each went to by each channel. Who reads is in neither."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.notices import policies
from linli.notices.sections import section
from linli.notices.workflow import CHANNELS, NOTICE, SUBJECT
from linli.records.added import register_words
from linli.records.profiles import Labelled
from linli.records.types import Column, Dimension, Measure, RecordType, register

KINDS = "notice.kind"
STATES = tuple(NOTICE.choices)
CHANNEL_CHOICES = tuple(CHANNELS.items())
KIND = pgettext_lazy("notice", "kind of notice")
CHANNEL = pgettext_lazy("notice", "channel")
PLACE = Dimension("place", type="reference", to="division")


def _kinds() -> Iterable[Labelled]:
    return section().kinds


register_words(KINDS, _kinds)
register(
    RecordType(
        SUBJECT,
        pgettext_lazy("notice", "Notices"),
        "notices.Notice",
        89,
        dates=("published", "written"),
        titles="信息发布台账|通知公告",
        visible=policies.notices_kept_by,
        amendable=policies.amendable,
        url_name="notices:notice",
        dimensions=(
            Dimension("kind", label=KIND, vocabulary=KINDS),
            Dimension("state", label=_("state"), choices=STATES),
            Dimension("public", label=pgettext_lazy("notice", "for everybody"), type="flag"),
            PLACE,
        ),
        measures=(
            Measure("place", "distinct"),
            Measure("kind", "distinct", label=KIND),
        ),
        columns=(
            Column("title", "标题", label=_("title")),
            Column("kind", "信息类别", label=KIND, type="choice", vocabulary=KINDS),
            Column("place", "社区|所属社区|街道", label=_("place"), type="place", path="place__name"),
            Column("published", "发布时间", label=pgettext_lazy("notice", "published"), type="datetime"),
            Column("valid_from", "生效日期", label=_("since"), type="date"),
            Column("valid_until", "截止日期", label=_("until"), type="date"),
            Column("state", "状态", label=_("state"), type="choice", choices=STATES),
        ),
    ),
    RecordType(
        "notice_reach",
        pgettext_lazy("notice", "Notices by channel"),
        "notices.NoticeReach",
        90,
        dates=("published",),
        titles="信息发布渠道",
        visible=policies.notices_kept_by,
        dimensions=(
            Dimension("channel", label=CHANNEL, choices=CHANNEL_CHOICES),
            Dimension("kind", label=KIND, path="notice__kind", vocabulary=KINDS),
            Dimension("state", label=_("state"), path="notice__state", choices=STATES),
            PLACE,
        ),
        measures=(
            Measure("sent", "number", label=pgettext_lazy("notice", "sent")),
            Measure("delivered", "number", label=pgettext_lazy("notice", "arrived")),
            Measure("opened", "number", label=pgettext_lazy("notice", "opened")),
        ),
        columns=(
            Column("notice", "标题", label=_("title"), path="notice__title"),
            Column("place", "社区|所属社区|街道", label=_("place"), type="place", path="place__name"),
            Column("channel", "渠道", label=CHANNEL, type="choice", choices=CHANNEL_CHOICES),
            Column("sent", "发出", label=pgettext_lazy("notice", "sent"), type="number"),
            Column("delivered", "送达", label=pgettext_lazy("notice", "arrived"), type="number"),
        ),
    ),
)
