"""The record type of votes: their totals. Who may vote and what somebody voted is no record of any list."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.deliberation.operations.poll_ledgers import poll_record_many, polls_recognised, polls_refused
from linli.deliberation.policies import polls as policies
from linli.deliberation.workflow.polls import KINDS, POLL, RULES, SECRECY
from linli.records.types import Column, Dimension, Measure, RecordType, register

POLL_RECORD = RecordType(
    "poll",
    _("Votes"),
    "deliberation.Poll",
    96,
    write=poll_record_many,
    refused=polls_refused,
    recognised=polls_recognised,
    dates=("held",),
    titles="表决台账|表决结果|投票台账|业主表决",
    visible=policies.polls_visible_to,
    amendable=policies.may_run_poll,
    url_name="polls:poll",
    dimensions=(
        Dimension("state", label=_("state"), choices=tuple(POLL.choices)),
        Dimension("kind", label=_("kind"), choices=KINDS),
        Dimension("rule", label=_("rule"), choices=RULES),
        Dimension("secrecy", label=_("secrecy"), choices=SECRECY),
        Dimension("binding", label=pgettext_lazy("poll", "binding"), type="flag"),
        Dimension("met", label=pgettext_lazy("poll", "adopted"), type="flag"),
        Dimension("place", type="reference", to="division"),
    ),
    measures=(
        Measure("heads", "number", label=_("number entitled to vote"), persons=True),
        Measure("present", "number", label=_("number who voted"), persons=True, part_of="heads"),
        Measure("votes_for", "number", label=_("votes for"), persons=True, part_of="present"),
        Measure("place", "distinct"),
    ),
    columns=(
        Column("title", "表决事项|表决议题|投票事项|事项|议题|名称", label=_("subject"), required=True),
        Column("held", "表决日期|投票日期|计票日期|日期", label=_("day"), type="date", required=True),
        Column("place", "所在位置|所属小区|小区|所属社区", label=_("place"), type="place", path="place__name"),
        Column("state", "状态|表决状态", label=_("state"), type="choice", choices=tuple(POLL.choices)),
        Column("rule", "表决规则|表决类型", label=_("rule"), type="choice", choices=RULES),
        Column("secrecy", "表决方式|投票方式", label=_("secrecy"), type="choice", choices=SECRECY),
        Column(
            "heads",
            "应投票数|应参会人数|总人数|总户数|应到",
            label=_("number entitled to vote"),
            type="whole",
            minimum=0,
            required=True,
        ),
        Column(
            "present",
            "实投票数|参与人数|回收票数|实到",
            label=_("number who voted"),
            type="whole",
            minimum=0,
            required=True,
        ),
        Column("votes_for", "同意|同意票|赞成|赞成票", label=_("votes for"), type="whole", minimum=0),
        Column("votes_against", "反对|反对票|不同意", label=_("votes against"), type="whole", minimum=0),
        Column("abstained", "弃权|弃权票", label=_("abstentions"), type="whole", minimum=0),
        Column("met", "是否通过|表决结果|结果", label=pgettext_lazy("poll", "adopted"), type="flag"),
    ),
)
register(POLL_RECORD)
