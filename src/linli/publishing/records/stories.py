"""The record type of stories and letters. Who is told of, and who wrote, is no column: that stands on the page."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.publishing.operations.story_ledgers import story_record_many
from linli.publishing.policies import stories as policies
from linli.publishing.workflow.stories import ABOUT, KINDS, STORY
from linli.records.types import Column, Dimension, Measure, RecordType, register

KIND = pgettext_lazy("story", "kind")
IS_ABOUT = pgettext_lazy("story", "about")
STATES = tuple(STORY.choices)

register(
    RecordType(
        "story",
        pgettext_lazy("story", "Stories and letters"),
        "publishing.Story",
        93,
        write=story_record_many,
        dates=("written_on", "published_on"),
        titles="典型事迹|先进事迹|表扬信|感谢信",
        visible=policies.stories_visible_to,
        amendable=policies.may_amend,
        url_name="stories:story",
        dimensions=(
            Dimension("kind", label=KIND, choices=KINDS),
            Dimension("about", label=IS_ABOUT, choices=ABOUT),
            Dimension("state", label=_("state"), choices=STATES),
            Dimension("place", type="reference", to="division"),
            Dimension("organization", type="reference", to="department"),
        ),
        measures=(Measure("place", "distinct"),),
        columns=(
            Column("number", "编号", label=_("number")),
            Column("kind", "类型|材料类型", label=KIND, type="choice", choices=KINDS),
            Column("title", "标题|题目|材料名称", label=pgettext_lazy("story", "title"), required=True),
            Column("about", "宣传对象类型", label=IS_ABOUT, type="choice", choices=ABOUT),
            Column("subject", "宣传对象|感谢单位", label=pgettext_lazy("story", "subject")),
            Column("place", "社区|所属社区|街道", label=_("place"), type="place", path="place__name"),
            Column(
                *("written", "撰写日期|收信日期|日期"),
                label=pgettext_lazy("story", "written on"),
                type="date",
                path="written_on",
                required=True,
            ),
            Column(
                *("published", "发布日期|刊发日期"),
                label=pgettext_lazy("story", "published on"),
                type="date",
                path="published_on",
            ),
            Column("state", "状态", label=_("state"), type="choice", choices=STATES),
        ),
    )
)
