"""The record types of topics and of resolutions, as ledgers of 议事协商 and of 议事决议 tell them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.deliberation import procedures_section
from linli.deliberation.operations.topic_ledgers import resolution_record_many, topic_record_many, topics_refused
from linli.deliberation.policies import topics as policies
from linli.deliberation.workflow.topics import OUTCOMES, RESOLUTION, SOURCES, TOPIC
from linli.records.added import register_words
from linli.records.types import Column, Dimension, Measure, RecordType, register

PROCEDURES = "topic.procedure"
TIERS = "topic.tier"
CATALOGUE = "topic.catalogue"
PLACE = Dimension("place", type="reference", to="division")
PROCEDURE = Dimension("procedure", label=_("procedure"), vocabulary=PROCEDURES)
FORUM = Dimension("forum", label=pgettext_lazy("topic", "forum"), type="text")
AT = Column("place", "所在位置|社区", label=_("place"), type="place", path="place__name")
NUMBER = Column("number", "议事编号|议题编号|编号", label=_("number"), key=True)
FORUM_COLUMN = Column("forum", "议事平台|议事形式|议事地点", label=pgettext_lazy("topic", "forum"))
PROCEDURE_COLUMN = Column("procedure", "议事程序|程序", label=_("procedure"), type="choice", vocabulary=PROCEDURES)
DECIDED = "议事日期|议定日期|决议日期|协商日期|会议日期"
DISCLOSED = Column(
    "disclosed",
    "决议公开日期|决议公示日期|结果公开日期",
    label=_("resolution made public on"),
    type="date",
    path="disclosed_on",
)
CARRIED_OUT = Column(
    "carried_out",
    "落实公开日期|实施结果公开日期|落实公示日期",
    label=_("what was done made public on"),
    type="date",
    path="carried_out_on",
)
TOPIC_TYPE = RecordType(
    "topic",
    _("Topics of deliberation"),
    "deliberation.Topic",
    100,
    write=topic_record_many,
    refused=topics_refused,
    dates=("proposed_on", "decided_on", "disclosed_on", "carried_out_on", "closed_on"),
    titles="议事协商|议题|协商记录",
    visible=policies.topics_visible_to,
    amendable=policies.may_amend,
    url_name="topics:topic",
    dimensions=(
        Dimension("state", label=_("state"), choices=tuple(TOPIC.choices)),
        Dimension("outcome", label=_("outcome"), choices=OUTCOMES),
        Dimension("source", label=_("source"), choices=SOURCES, reporter=True),
        PROCEDURE,
        Dimension("tier", label=_("tier"), vocabulary=TIERS),
        Dimension("catalogue", label=_("topic of the catalogue"), vocabulary=CATALOGUE),
        FORUM,
        PLACE,
    ),
    measures=(
        Measure("place", "distinct"),
        Measure("came", "number", label=_("people who took part")),
        Measure("days", "duration", label=_("days until the outcome"), start="proposed_on", end="decided_on"),
    ),
    columns=(
        NUMBER,
        Column("title", "议题|议事议题|协商议题|议事事项", label=pgettext_lazy("topic", "title"), required=True),
        AT,
        Column("proposed", "提出日期|提议日期", label=_("proposed on"), type="date", path="proposed_on"),
        Column("decided", DECIDED, label=_("outcome reached on"), type="date", path="decided_on"),
        FORUM_COLUMN,
        PROCEDURE_COLUMN,
        Column("came", "参加人数|到会人数|参与人数", label=_("people who took part"), type="whole"),
        Column("outcome", "议事结果|议定结果|协商结果", label=_("outcome"), type="choice", choices=OUTCOMES),
        DISCLOSED,
        CARRIED_OUT,
        Column("text", "议题内容|议事内容", label=_("text")),
        Column("state", "状态", label=_("state"), type="choice", choices=tuple(TOPIC.choices)),
    ),
    order=(("proposed", "decided"), ("decided", "disclosed"), ("disclosed", "carried_out")),
)
RESOLUTION_TYPE = RecordType(
    "resolution",
    _("Resolutions"),
    "deliberation.Resolution",
    101,
    write=resolution_record_many,
    dates=("decided_on", "disclosed_on", "carried_out_on"),
    titles="议事决议|决议",
    visible=policies.resolutions_visible_to,
    amendable=policies.may_amend,
    url_name="topics:resolution",
    dimensions=(
        Dimension("state", label=_("state"), choices=tuple(RESOLUTION.choices)),
        PROCEDURE,
        FORUM,
        PLACE,
    ),
    measures=(
        Measure("place", "distinct"),
        Measure("days", "duration", label=_("days until it was made public"), start="decided_on", end="disclosed_on"),
    ),
    columns=(
        NUMBER,
        Column("title", "决议事项|决议标题|决议|议题", label=_("resolution"), required=True),
        AT,
        Column("decided", DECIDED, label=_("resolved on"), type="date", required=True, path="decided_on"),
        FORUM_COLUMN,
        PROCEDURE_COLUMN,
        DISCLOSED,
        CARRIED_OUT,
        Column("text", "决议内容|议定事项", label=_("text")),
        Column("state", "状态", label=_("state"), type="choice", choices=tuple(RESOLUTION.choices)),
    ),
    order=(("decided", "disclosed"), ("disclosed", "carried_out")),
)
register(TOPIC_TYPE, RESOLUTION_TYPE)
register_words(PROCEDURES, procedures_section.named_procedures)
register_words(TIERS, procedures_section.tiers)
register_words(CATALOGUE, lambda: tuple(procedures_section.catalogue().values()))
