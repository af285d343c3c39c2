"""The record types of meetings: series, meetings, their agenda, sessions that are due, and commitments."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.rhythm import RHYTHMS
from linli.deliberation import meetings_section
from linli.deliberation.operations import meeting_ledgers as ledgers
from linli.deliberation.policies import meetings as policies
from linli.deliberation.workflow.meetings import (
    COMMITMENT,
    MEETING,
    MEETING_KIND,
    RATINGS,
    RESULTS,
    SESSION,
    SOURCES,
)
from linli.records.added import register_words
from linli.records.types import Column, Dimension, Measure, RecordType, register

KIND = Dimension("kind", label=_("kind"), vocabulary=MEETING_KIND)
KIND_COLUMN = Column("kind", "会议类型|会议种类|议事平台|平台类型|类型|类别", label=_("kind"), vocabulary=MEETING_KIND)
PLACE = Dimension("place", type="reference", to="division")
AT = Column("place", "所在位置|召开地|所属社区|社区", label=_("place"), type="place", path="place__name")
PLACES = Measure("place", "distinct")

SERIES = RecordType(
    "meeting_series",
    _("Series of meetings"),
    "deliberation.MeetingSeries",
    90,
    write=ledgers.series_record_many,
    refused=ledgers.series_refused,
    span=("since", "until"),
    titles="议事平台|例会安排|议事厅名录",
    visible=policies.series_visible_to,
    amendable=policies.may_convene_row,
    url_name="meetings:series",
    order=(("since", "until"),),
    dimensions=(
        KIND,
        Dimension("rhythm", label=_("how often"), choices=RHYTHMS),
        Dimension("public", label=pgettext_lazy("meeting", "public"), type="flag"),
        PLACE,
        Dimension("convener", type="reference", to="office"),
    ),
    measures=(PLACES,),
    columns=(
        Column("title", "平台名称|会议名称|名称", label=_("name"), required=True),
        KIND_COLUMN,
        AT,
        Column("rhythm", "召开频次|频次|周期", label=_("how often"), type="choice", choices=RHYTHMS),
        Column("every_days", "间隔天数", label=_("every so many days"), type="whole", minimum=1),
        Column("venue", "召开地点|地点|场所", label=_("venue")),
        Column("seats", "固定人数|议事员人数", label=_("residents usually called"), type="whole", minimum=0),
        Column("since", "设立日期|建立日期|起始日期", label=_("since"), type="date", required=True),
        Column("until", "撤销日期|终止日期", label=_("until"), type="date", planned=True),
    ),
)

MEETING_TYPE = RecordType(
    "meeting",
    _("Meetings"),
    "deliberation.Meeting",
    91,
    write=ledgers.meeting_record_many,
    refused=ledgers.meetings_refused,
    dates=("on",),
    titles="会议|座谈会|联席会|议事记录|例会",
    visible=policies.meetings_visible_to,
    amendable=policies.may_convene_row,
    url_name="meetings:meeting",
    order=(("on", "published_on"),),
    dimensions=(
        KIND,
        Dimension("state", label=_("state"), choices=tuple(MEETING.choices)),
        Dimension("joint", label=_("held with others"), type="flag"),
        Dimension("public", label=pgettext_lazy("meeting", "public"), type="flag"),
        PLACE,
        Dimension("series", type="reference", to="meeting_series"),
    ),
    measures=(
        Measure("came", "number", label=_("people who came")),
        Measure("expected", "number", label=_("people who should come")),
        Measure("units", "number", label=_("units that came")),
        PLACES,
        Measure("series", "distinct", label=_("Series of meetings")),
    ),
    columns=(
        Column("number", "编号|议事编号|会议编号", label=_("number")),
        Column("title", "议题|会议名称|会议主题|主题|会议内容", label=_("about what"), required=True),
        KIND_COLUMN,
        AT,
        Column("on", "会议日期|议事日期|召开日期|日期|召开时间", label=_("day"), type="date", required=True),
        Column("partners", "参会单位|联合单位|参加单位", label=_("units that took part")),
        Column("units", "参会单位数|单位数", label=_("units that came"), type="whole", minimum=0),
        Column("expected", "应到人数|应到", label=_("people who should come"), type="whole", minimum=0),
        Column(
            "came",
            "参会人数|参加人数|人数|实到人数|听课人数|实到",
            label=_("people who came"),
            type="whole",
            minimum=0,
        ),
        Column("represented", "委托人数|代表人数", label=_("represented"), type="whole", minimum=0),
        Column("off_register", "非本地户籍人数|人户分离人数", label=_("not on the register"), type="whole", minimum=0),
        Column("joint", "是否联合", label=_("held with others"), type="flag"),
        Column("venue", "会议地点|召开地点|地点", label=_("venue")),
        Column("state", "状态|召开情况", label=_("state"), type="choice", choices=tuple(MEETING.choices)),
        Column("reason", "取消原因", label=_("reason")),
        Column("published_on", "公开日期|公示日期", label=_("made public on"), type="date"),
    ),
)

AGENDA_ITEM = RecordType(
    "agenda_item",
    _("Agenda items"),
    "deliberation.AgendaItem",
    92,
    write=ledgers.agenda_item_record_many,
    refused=ledgers.agenda_items_refused,
    # It counts on the day of the meeting that spoke about it.
    dates=("on", "raised"),
    visible=policies.rows_visible_to,
    amendable=policies.may_convene_row,
    dimensions=(
        Dimension("kind", label=_("kind"), path="meeting__kind", vocabulary=MEETING_KIND),
        Dimension("source", label=_("raised by"), choices=SOURCES),
        Dimension("result", label=_("What came of it"), choices=RESULTS),
        Dimension("rating", label=_("residents' rating"), choices=RATINGS),
        Dimension("tier", label=pgettext_lazy("agenda", "tier"), type="text"),
        PLACE,
        Dimension("meeting", type="reference", to="meeting"),
        Dimension("case", type="reference", to="case"),
    ),
    measures=(Measure("meeting", "distinct", label=_("Meetings")), PLACES),
    columns=(
        Column("text", "议题|议题内容", label=_("agenda item"), required=True),
        Column("meeting", label=_("meeting"), type="whole", personal=True),
        AT,
        Column("tier", "事项等级|等级", label=pgettext_lazy("agenda", "tier")),
        Column("source", "议题来源|来源", label=_("raised by"), type="choice", choices=SOURCES),
        Column("result", "议定结果|议事结果|结果", label=_("What came of it"), type="choice", choices=RESULTS),
        Column("decision", "议定事项|决议内容", label=_("decision")),
        Column("rating", "民评结果|评议结果", label=_("residents' rating"), type="choice", choices=RATINGS),
    ),
)

SESSION_DUE = RecordType(
    "session_due",
    _("Sessions due"),
    "deliberation.SessionDue",
    93,
    # A session counts in the period by whose last day it had to be held.
    dates=("until", "since"),
    visible=policies.rows_visible_to,
    amendable=policies.may_convene_row,
    url_name="meetings:session_due",
    dimensions=(
        KIND,
        Dimension("state", label=_("state"), choices=tuple(SESSION.choices)),
        PLACE,
        Dimension("series", type="reference", to="meeting_series"),
    ),
    measures=(Measure("series", "distinct", label=_("Series of meetings")), PLACES),
    columns=(
        Column("series", "会议名称", label=_("Series of meetings"), path="series__title"),
        KIND_COLUMN,
        AT,
        Column("since", "起始日期", label=_("period from"), type="date", planned=True),
        Column("until", "截止日期", label=_("period to"), type="date", planned=True),
        Column("state", "状态", label=_("state"), type="choice", choices=tuple(SESSION.choices)),
    ),
)

COMMITMENT_TYPE = RecordType(
    "commitment",
    _("Commitments"),
    "deliberation.Commitment",
    94,
    dates=("made_on", "due", "done_on"),
    visible=policies.commitments_visible_to,
    amendable=policies.may_convene_row,
    url_name="meetings:commitment",
    dimensions=(
        Dimension("state", label=_("state"), choices=tuple(COMMITMENT.choices)),
        Dimension("postponed", label=_("times postponed"), type="number"),
        PLACE,
        Dimension("organization", type="reference", to="member_unit"),
        Dimension("meeting", type="reference", to="meeting"),
    ),
    measures=(
        Measure("organization", "distinct", label=_("units")),
        Measure("keeping", "duration", label=_("days until done"), start="made_on", end="done_on"),
        PLACES,
    ),
    columns=(
        Column("text", "承诺事项", label=pgettext_lazy("commitment", "what was promised")),
        Column("organization", "承诺单位", label=_("organisation"), path="organization__name"),
        AT,
        Column("meeting", "会议", label=_("meeting"), path="meeting__title"),
        Column("made_on", "承诺日期", label=_("made on"), type="date"),
        Column("due", "完成时限", label=_("due by"), type="date", planned=True),
        Column("state", "状态", label=_("state"), type="choice", choices=tuple(COMMITMENT.choices)),
        Column("done_on", "完成日期", label=_("done on"), type="date"),
        Column("evidence", "完成情况", label=_("evidence")),
    ),
)

register(SERIES, MEETING_TYPE, AGENDA_ITEM, SESSION_DUE, COMMITMENT_TYPE)
register_words(MEETING_KIND, lambda: tuple(meetings_section.kinds().values()))
