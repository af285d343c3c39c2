"""The record types of members. A household is no column of any export, no dimension, and nobody else finds it here."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.members import policies, sections
from linli.members.operations.ledgers import (
    numbered_refused,
    pairing_record_many,
    pairings_refused,
    pairings_remove,
    registration_record_many,
    registrations_refused,
    registrations_remove,
    responsibility_record_many,
    turn_out_record_many,
    turn_outs_remove,
)
from linli.members.operations.number_ledgers import (
    count_record_many,
    counts_recognised,
    counts_remove,
    round_record_many,
    rounds_refused,
)
from linli.members.workflow import HELPERS, KINDS, MEMBERSHIP_ROUND, TURN_OUT, TYPES
from linli.records.added import register_words
from linli.records.types import Column, Dimension, Measure, RecordType, register

SERVICES = "members.service"
MODES = "members.mode"
STATES = tuple(TURN_OUT.choices)
PLACE = Dimension("place", type="reference", to="division")
# Named like the type it leads to, so that figures may say `on: serving_member`.
MEMBER = Dimension(
    "serving_member",
    label=pgettext_lazy("members", "member"),
    path="member",
    type="reference",
    to="serving_member",
)
PLACES = Measure("place", "distinct")
MEMBERS = Measure("member", "distinct", label=_("Members who serve"), persons=True)
AT = Column("place", "社区|报到社区|所属社区|街道", label=_("place"), type="place", path="place__name")
NUMBER = Column(
    "number", "党员编号|编号", label=pgettext_lazy("members", "number of the member"), path="member__number"
)
NAME = Column(
    "name", "姓名|党员姓名", label=pgettext_lazy("members", "name"), type="name", path="member__name", personal=True
)
UNIT = pgettext_lazy("members", "unit")
SINCE = pgettext_lazy("members", "since")
UNTIL = pgettext_lazy("members", "until")
KIND = pgettext_lazy("members", "what was done")

SERVING_MEMBER = RecordType(
    "serving_member",
    _("Members who serve"),
    "members.Member",
    129,
    span=("since", "left"),
    visible=policies.members_visible_to,
    amendable=policies.amendable,
    url_name="members:member",
    persons=True,
    extensible=False,
    dimensions=(
        Dimension("organization", label=UNIT, type="reference", to="department"),
        Dimension("unit", label=UNIT, type="text"),
        PLACE,
    ),
    measures=(PLACES,),
    columns=(
        Column("number", "党员编号|编号", label=pgettext_lazy("members", "number of the member")),
        AT,
        Column("unit", "所在单位|单位", label=UNIT),
    ),
)
DUAL_REGISTRATION = RecordType(
    "dual_registration",
    pgettext_lazy("members", "Dual registrations"),
    "members.DualRegistration",
    130,
    write=registration_record_many,
    refused=registrations_refused,
    remove=registrations_remove,
    span=("since", "until"),
    titles="双报到",
    visible=policies.registrations_visible_to,
    amendable=policies.amendable,
    persons=True,
    dimensions=(
        Dimension("kind", label=pgettext_lazy("members", "kind of registration"), choices=KINDS),
        Dimension("unit", label=UNIT, type="text"),
        MEMBER,
        PLACE,
    ),
    measures=(PLACES, MEMBERS, Measure("kind", "distinct", label=pgettext_lazy("members", "kinds of registration"))),
    columns=(
        NUMBER,
        Column(
            "kind", "登记类型", label=pgettext_lazy("members", "kind of registration"), type="choice", choices=KINDS
        ),
        NAME,
        Column("unit", "所在单位|单位|单位名称", label=UNIT),
        AT,
        Column("offers", "可提供资源", label=pgettext_lazy("members", "what it offers")),
        Column("since", "报到日期|日期", label=SINCE, type="date", required=True),
        Column("until", "终止日期", label=UNTIL, type="date"),
    ),
)
TURN_OUT_TYPE = RecordType(
    "turn_out",
    pgettext_lazy("members", "Turn-outs of members"),
    "members.TurnOut",
    131,
    write=turn_out_record_many,
    refused=numbered_refused,
    remove=turn_outs_remove,
    dates=("on",),
    titles="服务活动|双报到",
    visible=policies.turn_outs_visible_to,
    amendable=policies.amendable,
    dimensions=(
        Dimension("kind", label=KIND, vocabulary=SERVICES),
        Dimension("state", label=_("state"), choices=STATES),
        MEMBER,
        PLACE,
    ),
    measures=(PLACES, MEMBERS, Measure("hours", "number", label=_("hours"))),
    columns=(
        NUMBER,
        NAME,
        AT,
        Column("on", "服务日期|日期", label=_("day"), type="date", required=True),
        Column("kind", "服务内容", label=KIND, type="choice", vocabulary=SERVICES),
        Column("hours", "时长(小时)|时长", label=_("hours"), type="number", minimum=0.01),
        Column("state", "状态", label=_("state"), type="choice", choices=STATES),
    ),
)
PAIRING_TYPE = RecordType(
    "pairing",
    pgettext_lazy("members", "Pairings with households"),
    "members.Pairing",
    132,
    write=pairing_record_many,
    refused=pairings_refused,
    remove=pairings_remove,
    span=("since", "until"),
    titles="结对帮扶|结对",
    visible=policies.pairings_visible_to,
    amendable=policies.pairing_amendable,
    persons=True,
    dimensions=(
        Dimension("kind", label=pgettext_lazy("members", "who helps"), choices=HELPERS),
        MEMBER,
        PLACE,
    ),
    measures=(PLACES, MEMBERS, Measure("visits", "number", label=pgettext_lazy("members", "visits"))),
    columns=(
        NUMBER,
        NAME,
        Column(
            *("staff_number", "工号|工作人员编号"),
            label=pgettext_lazy("members", "staff number of the fixed contact"),
            path="person__staff_number",
        ),
        AT,
        Column("household", "结对户编号", label=pgettext_lazy("members", "code of the household"), personal=True),
        Column("since", "结对日期", label=SINCE, type="date", required=True),
        Column("until", "终止日期", label=UNTIL, type="date"),
        Column(
            "consented", "同意日期", label=pgettext_lazy("members", "consented on"), type="date", path="consented_on"
        ),
        Column("declined", "婉拒日期", label=pgettext_lazy("members", "declined on"), type="date", path="declined_on"),
        Column("visits", "走访次数", label=pgettext_lazy("members", "visits"), type="whole", minimum=0),
        Column("last_visit", "最近走访", label=pgettext_lazy("members", "last visit"), type="date"),
    ),
)
RESPONSIBILITY_TYPE = RecordType(
    "member_responsibility_post",
    pgettext_lazy("members", "Responsibility areas and model posts"),
    "members.ResponsibilityPost",
    133,
    write=responsibility_record_many,
    span=("since", "until"),
    titles="党员责任区|示范岗",
    visible=policies.posts_visible_to,
    amendable=policies.post_amendable,
    dimensions=(Dimension("type", label=pgettext_lazy("members", "area or post"), choices=TYPES), PLACE),
    measures=(PLACES,),
    columns=(
        Column(
            "title", "责任区(岗位)名称|名称", label=pgettext_lazy("members", "name of the area or post"), required=True
        ),
        Column(
            *("type", "类型"),
            label=pgettext_lazy("members", "area or post"),
            type="choice",
            choices=TYPES,
            required=True,
        ),
        AT,
        Column("name", "党员姓名|姓名", label=pgettext_lazy("members", "name"), type="name", personal=True),
        Column("duties", "职责", label=pgettext_lazy("members", "duties")),
        Column("since", "设立日期", label=SINCE, type="date", required=True),
        Column("until", "撤销日期", label=UNTIL, type="date"),
    ),
)
YEAR = pgettext_lazy("membership round", "year")
ROUND_STATES = tuple(MEMBERSHIP_ROUND.choices)
DECIDED_ON = pgettext_lazy("membership round", "decided on")
QUOTA = pgettext_lazy("membership round", "quota")
CONSIDERED = pgettext_lazy("membership round", "considered")
CHOSEN = pgettext_lazy("membership round", "chosen")
YOUNG = pgettext_lazy("membership round", "young and capable among the chosen")
EDUCATED = pgettext_lazy("membership round", "highly educated among the chosen")
MODE = pgettext_lazy("participation", "mode of taking part")
BODY = Dimension("organization", type="reference", to="party_organization")
BODY_COLUMN = Column(
    "organization",
    "党组织|党支部|支部",
    label=pgettext_lazy("members", "party organisation"),
    type="organization",
    ref="party_organization",
    path="organization__name",
)
# Of those who were considered, and of members by mode, there are numbers alone: no column says who.
ROUND_TYPE = RecordType(
    "membership_round",
    pgettext_lazy("members", "Selections of new members"),
    "members.MembershipRound",
    134,
    write=round_record_many,
    refused=rounds_refused,
    dates=("opened_on", "decided_on"),
    titles="推优比选|发展党员",
    visible=policies.numbers_visible_to,
    amendable=policies.amendable,
    url_name="members:round",
    dimensions=(
        Dimension("state", label=_("state"), choices=ROUND_STATES),
        Dimension("year", label=YEAR, type="number"),
        BODY,
        PLACE,
    ),
    measures=(
        PLACES,
        Measure("quota", "number", label=QUOTA),
        Measure("considered", "number", label=CONSIDERED, persons=True),
        Measure("chosen", "number", label=CHOSEN, persons=True, part_of="considered"),
        Measure("young", "number", label=YOUNG, persons=True, part_of="chosen"),
        Measure("educated", "number", label=EDUCATED, persons=True, part_of="chosen"),
    ),
    columns=(
        AT,
        BODY_COLUMN,
        Column("year", "年度|年份", label=YEAR, type="whole", required=True),
        Column("quota", "发展指标|指标数", label=QUOTA, type="whole", required=True, minimum=1),
        Column("criteria", "比选条件|倾斜方向", label=pgettext_lazy("membership round", "criteria")),
        Column("considered", "参选人数", label=CONSIDERED, type="whole", minimum=0),
        Column("chosen", "推优人数|入选人数", label=CHOSEN, type="whole", minimum=0),
        Column("young", "有为青年人数", label=YOUNG, type="whole", minimum=0),
        Column("educated", "高知群体人数", label=EDUCATED, type="whole", minimum=0),
        Column("opened_on", "启动日期", label=pgettext_lazy("membership round", "opened on"), type="date"),
        Column("decided_on", "研究日期|确定日期", label=DECIDED_ON, type="date"),
        Column("decided_by", "研究会议", label=pgettext_lazy("membership round", "by which meeting")),
        Column("reason", "终止原因", label=_("reason")),
        Column("state", "状态", label=_("state"), type="choice", choices=ROUND_STATES),
    ),
)
COUNT_TYPE = RecordType(
    "participation_count",
    pgettext_lazy("participation", "Members by mode of taking part"),
    "members.ParticipationCount",
    135,
    write=count_record_many,
    remove=counts_remove,
    recognised=counts_recognised,
    span=("since", "until"),
    titles="党员分类管理|党员参与方式",
    visible=policies.numbers_visible_to,
    amendable=policies.amendable,
    dimensions=(Dimension("mode", label=MODE, vocabulary=MODES), BODY, PLACE),
    measures=(PLACES, Measure("number", "number", label=pgettext_lazy("participation", "members"), persons=True)),
    columns=(
        AT,
        BODY_COLUMN,
        Column("mode", "参与方式|党员类别", label=MODE, type="choice", vocabulary=MODES, required=True),
        Column(
            *("number", "党员人数|人数"),
            label=pgettext_lazy("participation", "members"),
            type="whole",
            required=True,
            minimum=0,
        ),
        Column("since", "统计日期|截至日期", label=pgettext_lazy("participation", "as of"), type="date", required=True),
    ),
)
register(SERVING_MEMBER, DUAL_REGISTRATION, TURN_OUT_TYPE, PAIRING_TYPE, RESPONSIBILITY_TYPE, ROUND_TYPE, COUNT_TYPE)
register_words(SERVICES, lambda: sections.section().services)
register_words(MODES, lambda: sections.section().modes)
