"""The record types of self-government bodies: how each was founded and stands in its term, and its elections."""

from django.utils.translation import gettext_lazy as _

from linli.deliberation import bodies_section
from linli.deliberation.operations.body_ledgers import bodies_refused, body_founding_record_many
from linli.deliberation.policies import bodies as policies
from linli.deliberation.workflow.bodies import ELECTION, ELECTIONS, FOUNDING, TERMS, WAYS
from linli.records.added import register_words
from linli.records.types import Column, Dimension, Measure, RecordType, register

KINDS = "body.kind"
PLACE = Dimension("place", type="reference", to="division")
DUE = Measure("due", "number", label=_("number entitled to vote"), persons=True)
CAME = Measure("came", "number", label=_("number who took part"), persons=True, part_of="due")
FOR = Measure("votes_for", "number", label=_("votes for"), persons=True, part_of="came")

FOUNDING_TYPE = RecordType(
    "body_founding",
    _("Founding and terms of self-government bodies"),
    "deliberation.BodyFounding",
    103,
    write=body_founding_record_many,
    refused=bodies_refused,
    dates=("decided_on", "proposed_on", "since", "until", "file_by", "filed_on", "ended_on"),
    titles="自治组织换届|自治组织登记|自治组织任期|业委会备案|业委会台账|换届台账",
    visible=policies.foundings_visible_to,
    amendable=policies.may_amend,
    url_name="bodies:body",
    dimensions=(
        Dimension("state", label=_("state"), choices=tuple(FOUNDING.choices)),
        Dimension("kind", label=_("kind"), vocabulary=KINDS),
        Dimension("term", label=_("term"), choices=TERMS),
        Dimension("branch_led", label=_("founded under the lead of a Party branch"), type="flag"),
        Dimension("decided_by", label=_("decided by"), choices=WAYS),
        PLACE,
    ),
    measures=(Measure("place", "distinct"), DUE, CAME, FOR),
    columns=(
        Column("name", "组织名称|名称|自治组织名称|业委会名称", label=_("name"), required=True, key=True),
        Column("place", "所在位置|所在小区|小区|楼院|网格", label=_("place"), type="place", path="place__name"),
        Column("kind", "组织类型|类型|类别", label=_("kind"), type="choice", vocabulary=KINDS, required=True),
        Column("state", "状态", label=_("state"), type="choice", choices=tuple(FOUNDING.choices)),
        Column("founded", "成立日期|成立时间", label=_("founded on"), type="date", path="decided_on"),
        Column("branch_led", "支部牵头", label=_("founded under the lead of a Party branch"), type="flag"),
        Column("due", "应到人数|应参会人数", label=_("number entitled to vote"), type="whole", minimum=0),
        Column("came", "实到人数|参会人数", label=_("number who took part"), type="whole", minimum=0),
        Column("votes_for", "同意人数|同意票|同意", label=_("votes for"), type="whole", minimum=0),
        Column("terms", "届次|第几届", label=_("number of the term"), type="whole", minimum=0),
        Column("since", "任期起|本届起始日期|当选日期", label=_("term from"), type="date"),
        Column("until", "任期止|任期届满日期|届满日期", label=_("term until"), type="date", planned=True),
        Column("term", "任期状态", label=_("term"), type="choice", choices=TERMS),
        Column("file_by", "备案期限", label=_("to be filed by"), type="date", planned=True),
        Column("filed", "备案日期", label=_("filed on"), type="date", path="filed_on"),
        Column("filed_number", "备案号|备案编号", label=_("number of the filing")),
        Column("ended", "终止日期|注销日期", label=_("ended on"), type="date", path="ended_on"),
    ),
    order=(("founded", "ended"), ("founded", "filed")),
)
ELECTION_TYPE = RecordType(
    "body_election",
    _("Elections of self-government bodies"),
    "deliberation.BodyElection",
    104,
    dates=("decided_on", "called_on"),
    visible=policies.foundings_visible_to,
    amendable=policies.may_amend,
    url_name="bodies:election",
    dimensions=(
        Dimension("state", label=_("state"), choices=tuple(ELECTION.choices)),
        Dimension("kind", label=_("kind"), choices=ELECTIONS),
        Dimension("decided_by", label=_("decided by"), choices=WAYS),
        PLACE,
    ),
    measures=(
        Measure("place", "distinct"),
        DUE,
        CAME,
        FOR,
        Measure("elected", "number", label=_("members elected"), persons=True),
    ),
    columns=(
        Column("founding", "组织名称", label=_("name"), path="founding__name"),
        Column("place", "所在位置", label=_("place"), type="place", path="place__name"),
        Column("kind", "选举类型", label=_("kind"), type="choice", choices=ELECTIONS),
        Column("term", "届次", label=_("number of the term"), type="whole"),
        Column("state", "状态", label=_("state"), type="choice", choices=tuple(ELECTION.choices)),
        Column("called_on", "启动日期", label=_("called on"), type="date"),
        Column("decided_on", "选举日期", label=_("decided on"), type="date"),
        Column("due", "应到人数", label=_("number entitled to vote"), type="whole"),
        Column("came", "实到人数", label=_("number who took part"), type="whole"),
        Column("votes_for", "同意人数", label=_("votes for"), type="whole"),
        Column("stood", "候选人数", label=_("candidates"), type="whole"),
        Column("elected", "当选人数", label=_("members elected"), type="whole"),
    ),
)
register(FOUNDING_TYPE, ELECTION_TYPE)
register_words(KINDS, bodies_section.named_kinds)
