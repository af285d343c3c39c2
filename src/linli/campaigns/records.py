"""The record types of campaigns: the campaigns, what they consist of, the places they are for, what was found."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.campaigns import policies, sections
from linli.campaigns.operations import ledgers
from linli.campaigns.workflow import CAMPAIGN, FINDING
from linli.records.added import register_words
from linli.records.types import Column, Dimension, Measure, RecordType, register

KINDS = "campaign.kind"
PLACE = Dimension("place", type="reference", to="division")
PLACES = Measure("place", "distinct")
AT = Column("place", "小区(楼院)|楼院|社区|村(社区)", label=_("place"), type="place", path="place__name")
KIND = pgettext_lazy("campaign", "kind of campaign")
TITLE = pgettext_lazy("campaign", "title")
LEAD = pgettext_lazy("campaign", "led by")
SINCE = Column("since", "确定日期|启动日期", label=pgettext_lazy("campaign", "from"), type="date")
BY = Column("unit", "牵头单位", label=LEAD)
OF = Column("campaign", "行动名称", label=pgettext_lazy("campaign", "campaign"), path="campaign__title", required=True)
CAMPAIGN_OF = Dimension("campaign", type="reference", to="campaign")
HOUSEHOLDS = pgettext_lazy("campaign", "households reached")
TOPIC = pgettext_lazy("campaign", "what it is about")

register(
    RecordType(
        "campaign",
        pgettext_lazy("campaign", "Campaigns"),
        "campaigns.Campaign",
        140,
        write=ledgers.campaign_record_many,
        span=("since", "until"),
        titles="工作方案|专项行动",
        visible=policies.campaigns_visible_to,
        amendable=policies.amendable,
        url_name="campaigns:campaign",
        dimensions=(
            Dimension("kind", label=KIND, vocabulary=KINDS),
            Dimension("state", label=_("state"), choices=tuple(CAMPAIGN.choices)),
            Dimension("title", label=TITLE, type="text"),
            PLACE,
        ),
        measures=(PLACES,),
        columns=(
            Column("title", "方案名称|行动名称|名称", label=TITLE, required=True, key=True),
            Column("kind", "行动类别", label=KIND, type="choice", vocabulary=KINDS),
            Column("purpose", "工作目标", label=pgettext_lazy("campaign", "what for")),
            Column("document", "依据文件", label=pgettext_lazy("campaign", "document on which it rests")),
            BY,
            AT,
            SINCE,
            Column("until", "结束日期", label=pgettext_lazy("campaign", "until"), type="date", planned=True),
        ),
    ),
    RecordType(
        "campaign_item",
        pgettext_lazy("campaign", "Items of campaigns"),
        "campaigns.CampaignItem",
        141,
        write=ledgers.item_record_many,
        span=("since", "until"),
        titles="整改内容",
        visible=policies.parts_visible_to,
        amendable=policies.part_amendable,
        dimensions=(Dimension("title", label=TITLE, type="text"), CAMPAIGN_OF, PLACE),
        measures=(PLACES,),
        columns=(OF, Column("title", "整改内容|任务", label=TITLE, required=True, key=True), BY, SINCE),
    ),
    RecordType(
        "participating_agency",
        pgettext_lazy("campaign", "Bodies that take part in campaigns"),
        "campaigns.CampaignUnit",
        142,
        write=ledgers.unit_record_many,
        titles="联动单位",
        visible=policies.parts_visible_to,
        amendable=policies.part_amendable,
        dimensions=(CAMPAIGN_OF, PLACE),
        measures=(PLACES, Measure("unit", "distinct", label=pgettext_lazy("campaign", "bodies"))),
        columns=(
            OF,
            Column("unit", "联动单位|单位", label=pgettext_lazy("campaign", "body"), required=True, key=True),
            SINCE,
        ),
    ),
    RecordType(
        "campaign_target",
        pgettext_lazy("campaign", "Places of campaigns"),
        "campaigns.CampaignTarget",
        143,
        write=ledgers.target_record_many,
        span=("since", "until"),
        titles="行动覆盖",
        visible=policies.at_places_visible_to,
        amendable=policies.part_amendable,
        url_name="campaigns:target",
        dimensions=(
            Dimension("begun", label=pgettext_lazy("campaign", "begun there"), type="flag"),
            Dimension("campaign", type="reference", to="campaign"),
            PLACE,
        ),
        measures=(PLACES, Measure("households", "number", label=HOUSEHOLDS)),
        columns=(
            OF,
            AT,
            Column("begun", "开展情况", label=pgettext_lazy("campaign", "begun there"), type="flag"),
            Column("households", "覆盖户数", label=HOUSEHOLDS, type="whole", minimum=0),
            SINCE,
        ),
    ),
    RecordType(
        "campaign_finding",
        pgettext_lazy("campaign", "Findings of campaigns"),
        "campaigns.CampaignFinding",
        144,
        write=ledgers.finding_record_many,
        refused=ledgers.findings_refused,
        dates=("found_on", "done_on", "due"),
        order=(("found_on", "due"),),
        titles="整改问题",
        visible=policies.at_places_visible_to,
        amendable=policies.part_amendable,
        dimensions=(
            Dimension("state", label=_("state"), choices=tuple(FINDING.choices)),
            Dimension("topic", label=TOPIC, type="text"),
            CAMPAIGN_OF,
            Dimension("case", type="reference", to="case"),
            PLACE,
        ),
        measures=(
            PLACES,
            Measure("days", "duration", label=_("days until it ended"), start="found_on", end="done_on"),
        ),
        columns=(
            Column("number", "问题编号|编号", label=_("number"), key=True),
            OF,
            AT,
            Column("topic", "整改内容|类别", label=TOPIC),
            Column("text", "问题描述", label=pgettext_lazy("campaign", "what was found"), required=True),
            Column("found_on", "排查日期", label=pgettext_lazy("campaign", "found on"), type="date", required=True),
            Column("due", "整改期限", label=_("due"), type="date", planned=True),
            Column("state", "整改状态", label=_("state"), type="choice", choices=tuple(FINDING.choices), required=True),
            Column("done_on", "完成日期", label=pgettext_lazy("campaign", "put right on"), type="date"),
        ),
    ),
)
register_words(KINDS, lambda: sections.section().kinds)
