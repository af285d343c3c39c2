"""The record types of disclosure: notices, what is owed of each period, questions without their words."""

from django.utils.translation import gettext_lazy as _

from linli.publishing import disclosure_section
from linli.publishing.operations.publication_ledgers import (
    publication_record_many,
    publications_recognised,
    publications_refused,
    publications_remove,
)
from linli.publishing.policies import publications as policies
from linli.publishing.workflow.disclosure import AUDIENCES, DUE, QUESTION
from linli.records.added import register_words
from linli.records.types import Column, Dimension, Measure, RecordType, register

ITEMS = "disclosure.item"
ITEM = Dimension("item", label=_("what is made public"), vocabulary=ITEMS)
PLACE = Dimension("place", type="reference", to="division")
AT = Column("place", "所在位置|公开单位|所属社区|社区", label=_("place"), type="place", path="place__name")
WHAT = Column("item", "公开事项|公开类别|公开目录", label=_("what is made public"), type="choice", vocabulary=ITEMS)
SINCE = Column("since", "起始日期|期间起", label=_("period from"), type="date", planned=True)
UNTIL = Column("until", "截止日期|期间止", label=_("period to"), type="date", planned=True)

PUBLICATION = RecordType(
    "publication",
    _("Notices made public"),
    "publishing.Publication",
    96,
    write=publication_record_many,
    refused=publications_refused,
    recognised=publications_recognised,
    remove=publications_remove,
    dates=("posted_on",),
    titles="公开|公示",
    visible=policies.publications_visible_to,
    amendable=policies.may_amend,
    url_name="disclosure:publication",
    dimensions=(
        ITEM,
        Dimension("audience", label=_("who may read it"), choices=AUDIENCES),
        PLACE,
    ),
    measures=(Measure("place", "distinct"),),
    columns=(
        Column("title", "公开标题|公示标题|标题|公开内容", label=_("title of the notice"), required=True),
        WHAT,
        AT,
        Column(
            "posted",
            "公开日期|公示日期|公开时间|公示时间",
            label=_("made public on"),
            type="date",
            required=True,
            path="posted_on",
        ),
        SINCE,
        UNTIL,
        Column("up_until", "公示截止|公开截止", label=_("stays up until"), type="date", planned=True),
        Column("text", "正文|公开正文|公示内容", label=_("text")),
        Column("audience", "公开范围", label=_("who may read it"), type="choice", choices=AUDIENCES),
    ),
    order=(("since", "until"), ("posted", "up_until")),
)

DISCLOSURE_DUE = RecordType(
    "disclosure_due",
    _("What had to be made public"),
    "publishing.DisclosureDue",
    97,
    # What had to be public counts on the day by which it had to be.
    dates=("due", "until", "posted_on"),
    visible=policies.dues_visible_to,
    amendable=policies.may_amend,
    url_name="disclosure:disclosure_due",
    dimensions=(ITEM, Dimension("state", label=_("state"), choices=tuple(DUE.choices)), PLACE),
    measures=(Measure("place", "distinct"),),
    columns=(
        WHAT,
        AT,
        SINCE,
        UNTIL,
        Column("due", "应公开日期", label=_("due by"), type="date", planned=True),
        Column("state", "状态", label=_("state"), type="choice", choices=tuple(DUE.choices)),
        Column("posted_on", "公开日期", label=_("made public on"), type="date"),
    ),
)

QUESTIONS = RecordType(
    "publication_question",
    _("Questions about what was made public"),
    "publishing.PublicationQuestion",
    98,
    dates=("asked", "answered"),
    visible=policies.questions_visible_to,
    amendable=policies.may_amend,
    url_name="disclosure:publication_question",
    dimensions=(
        Dimension("state", label=_("state"), choices=tuple(QUESTION.choices)),
        Dimension("in_time", label=_("answered in time"), type="flag"),
        PLACE,
    ),
    measures=(
        Measure("answering", "duration", label=_("time until the answer"), start="asked", end="answered", working=True),
        Measure("place", "distinct"),
    ),
    columns=(
        Column("title", "公开标题", label=_("title of the notice"), path="publication__title"),
        AT,
        Column("asked", "提问时间", label=_("asked on"), type="datetime"),
        Column("due", "应答复时间", label=_("due by"), type="datetime", planned=True),
        Column("answered", "答复时间", label=_("answered"), type="datetime"),
        Column("state", "状态", label=_("state"), type="choice", choices=tuple(QUESTION.choices)),
    ),
)
register(PUBLICATION, DISCLOSURE_DUE, QUESTIONS)
register_words(ITEMS, disclosure_section.named_items)
