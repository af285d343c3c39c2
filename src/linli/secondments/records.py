"""The record types of secondments. Nobody is ordered by days, and no location is kept."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.records.added import register_words
from linli.records.types import Column, Dimension, Measure, RecordType, register
from linli.secondments import policies, sections
from linli.secondments.operations import ledgers
from linli.secondments.workflow import (
    CATEGORIES,
    REVIEW_SOURCES,
    SCORES,
    SECONDMENT,
    SELECTION,
    STATEMENT,
    TRANSFER_STATES,
    TRANSFERS,
)

ROLES = "secondment.role"
GRADES = "secondment.grade"
STATES = tuple(SECONDMENT.choices)
PLACE = Dimension("place", type="reference", to="division")
PLACES = Measure("place", "distinct")
AT = Column("place", "派驻社区|社区|派驻村(社区)|所属社区", label=_("place"), type="place", path="place__name")
ROLE = Dimension("role", label=pgettext_lazy("secondment", "role"), vocabulary=ROLES)
CATEGORY = pgettext_lazy("secondment", "sending body is of")
STATE = _("state")
DUTY = pgettext_lazy("secondment", "heading of duty")
OF = Dimension("secondment", type="reference", to="secondment")
NUMBER = Column(
    "secondment",
    "人员编号|编号|干部编号",
    label=_("staff number"),
    path="secondment__person__staff_number",
    required=True,
    key=True,
)
SINCE = "派驻起始|派驻日期|到岗日期|选派日期"

register(
    RecordType(
        "secondment",
        pgettext_lazy("secondment", "Secondments"),
        "secondments.Secondment",
        125,
        write=ledgers.secondment_record_many,
        refused=ledgers.secondments_refused,
        recognised=ledgers.secondments_recognised,
        corrects=(("person", ("name", "staff_number", "phone", "phone_hash")),),
        span=("since", "until"),
        persons=True,
        titles="选派台账|驻村干部|第一书记",
        visible=policies.secondments_visible_to,
        amendable=policies.amendable,
        url_name="secondments:secondment",
        order=(("since", "planned_end"), ("since", "until")),
        dimensions=(
            ROLE,
            Dimension("category", label=CATEGORY, choices=CATEGORIES),
            Dimension("state", label=STATE, choices=STATES),
            Dimension("cover", label=pgettext_lazy("secondment", "cover of the insurance"), type="number"),
            Dimension("fund", label=pgettext_lazy("secondment", "work fund"), type="number"),
            Dimension("target", label=pgettext_lazy("secondment", "target"), type="text"),
            Dimension("duty", label=pgettext_lazy("secondment", "duty"), type="text"),
            Dimension("person", type="reference", to="person"),
            Dimension("post", type="reference", to="post"),
            PLACE,
        ),
        measures=(
            Measure("person", "distinct", label=_("persons"), persons=True),
            PLACES,
            Measure("fund", "number", label=pgettext_lazy("secondment", "work fund")),
        ),
        columns=(
            Column("staff_number", "人员编号|编号|干部编号", label=_("staff number"), path="person__staff_number"),
            Column(
                "name", "姓名", label=pgettext_lazy("person", "name"), type="name", path="person__name", required=True
            ),
            Column("phone", "手机|电话|联系电话", label=_("phone"), type="phone", personal=True),
            Column(
                "role",
                "选派身份|身份",
                label=pgettext_lazy("secondment", "role"),
                type="choice",
                vocabulary=ROLES,
                required=True,
            ),
            Column("category", "选派类别", label=CATEGORY, type="choice", choices=CATEGORIES),
            Column("sender", "派出单位|选派单位", label=pgettext_lazy("secondment", "sent by"), path="unit"),
            AT,
            Column("since", SINCE, label=pgettext_lazy("secondment", "from"), type="date", required=True, planned=True),
            Column(
                "planned_end",
                "派驻期满|期满日期",
                label=pgettext_lazy("secondment", "planned until"),
                type="date",
                planned=True,
            ),
            Column("until", "结束日期|召回日期", label=pgettext_lazy("secondment", "until"), type="date"),
            Column("reason", "提前召回原因", label=_("reason")),
            Column("target", "帮扶目标|定标", label=pgettext_lazy("secondment", "target")),
            Column("duty", "工作职责|定责", label=pgettext_lazy("secondment", "duty")),
            Column(
                "cover",
                "意外保险保额(元)|意外保险保额|保额",
                label=pgettext_lazy("secondment", "cover of the insurance"),
                type="number",
                minimum=0,
            ),
            Column("cover_on", "投保日期", label=pgettext_lazy("secondment", "insured on"), type="date"),
            Column(
                "fund",
                "工作经费(元)|工作经费",
                label=pgettext_lazy("secondment", "work fund"),
                type="number",
                minimum=0,
            ),
            Column("fund_on", "经费落实日期", label=pgettext_lazy("secondment", "funded on"), type="date"),
            Column("post", "", label=_("post"), path="post_id", personal=True),
        ),
    ),
    RecordType(
        "secondment_transfer",
        pgettext_lazy("secondment", "Transfers of secondments"),
        "secondments.SecondmentTransfer",
        126,
        write=ledgers.transfer_record_many,
        refused=ledgers.transfers_refused,
        span=("on", "reversed_on"),
        titles="四个划转",
        visible=policies.parts_visible_to,
        amendable=policies.part_amendable,
        dimensions=(
            Dimension("kind", label=pgettext_lazy("secondment", "what is transferred"), choices=TRANSFERS),
            Dimension("state", label=STATE, choices=TRANSFER_STATES),
            OF,
            PLACE,
        ),
        measures=(PLACES,),
        columns=(
            NUMBER,
            Column("since", SINCE, label=pgettext_lazy("secondment", "from"), type="date", path="secondment__since"),
            Column(
                "until", "结束日期", label=pgettext_lazy("secondment", "until"), type="date", path="secondment__until"
            ),
            Column(
                "kind",
                "划转事项",
                label=pgettext_lazy("secondment", "what is transferred"),
                type="choice",
                choices=TRANSFERS,
                required=True,
                key=True,
            ),
            Column("state", "划转状态", label=STATE, type="choice", choices=TRANSFER_STATES, required=True),
            Column("on", "划转日期", label=pgettext_lazy("secondment", "transferred on"), type="date"),
            Column("to", "划转接收单位", label=pgettext_lazy("secondment", "received by")),
            Column("reversed_on", "转回日期", label=pgettext_lazy("secondment", "transferred back on"), type="date"),
        ),
    ),
    RecordType(
        "secondment_month",
        pgettext_lazy("secondment", "Months on site"),
        "secondments.SecondmentMonth",
        127,
        write=ledgers.month_record_many,
        refused=ledgers.months_refused,
        dates=("month", "confirmed_on"),
        titles="天数确认|驻社区天数|驻村天数",
        visible=policies.parts_visible_to,
        amendable=policies.part_amendable,
        url_name="secondments:secondment_month",
        dimensions=(
            Dimension("state", label=STATE, choices=tuple(STATEMENT.choices)),
            Dimension("days", label=pgettext_lazy("secondment", "days on site"), type="number"),
            Dimension("possible", label=pgettext_lazy("secondment", "possible working days"), type="number"),
            OF,
            PLACE,
        ),
        measures=(
            PLACES,
            Measure("secondment", "distinct", label=pgettext_lazy("secondment", "Secondments")),
            Measure("days", "number", label=pgettext_lazy("secondment", "days on site")),
        ),
        columns=(
            NUMBER,
            Column("name", "姓名", label=pgettext_lazy("person", "name"), type="name", path="secondment__person__name"),
            AT,
            Column(
                "month", "月份|年月", label=pgettext_lazy("secondment", "month"), type="date", required=True, key=True
            ),
            Column(
                "days",
                "驻社区天数|驻村天数|在岗天数",
                label=pgettext_lazy("secondment", "days on site"),
                type="whole",
                required=True,
                minimum=0,
            ),
            Column("confirmed_on", "确认日期", label=pgettext_lazy("secondment", "confirmed on"), type="date"),
        ),
    ),
    RecordType(
        "review",
        pgettext_lazy("review", "Reviews of those sent"),
        "secondments.SecondmentReview",
        129,
        write=ledgers.review_record_many,
        refused=ledgers.reviews_refused,
        dates=("on",),
        titles="述评|考核台账",
        visible=policies.reviews_visible_to,
        amendable=policies.part_amendable,
        url_name="secondments:review",
        dimensions=(
            Dimension("period", label=pgettext_lazy("review", "period"), type="text"),
            Dimension("source", label=pgettext_lazy("review", "whence"), choices=REVIEW_SOURCES),
            OF,
            PLACE,
        ),
        measures=(PLACES, Measure("secondment", "distinct", label=pgettext_lazy("secondment", "Secondments"))),
        # What is said of somebody is in no file and no list: it is read on the page of the review.
        columns=(
            NUMBER,
            Column("name", "姓名", label=pgettext_lazy("person", "name"), type="name", path="secondment__person__name"),
            AT,
            Column("period", "季度|考核周期|周期", label=pgettext_lazy("review", "period"), key=True),
            Column(
                "on",
                "述评日期|考核日期|日期",
                label=pgettext_lazy("review", "day"),
                type="date",
                required=True,
                key=True,
            ),
            *(
                Column(code, headers, label=label, type="number", minimum=0, personal=True)
                for (code, label), headers in zip(SCORES, ("晒绩自评|自评", "群众测评", "组织考评"), strict=True)
            ),
            Column(
                "grade",
                "等次|考核等次",
                label=pgettext_lazy("review", "grade"),
                type="choice",
                vocabulary=GRADES,
                personal=True,
            ),
            Column("note", "述评意见|研判情况", label=pgettext_lazy("review", "what was found"), personal=True),
            Column("action", "整改措施|下步措施", label=pgettext_lazy("review", "what was agreed"), personal=True),
        ),
    ),
    RecordType(
        "work_list_item",
        pgettext_lazy("secondment", "Tasks of work lists"),
        "secondments.WorkListItem",
        128,
        dates=("due", "done_on"),
        titles="工作清单",
        visible=policies.parts_visible_to,
        amendable=policies.part_amendable,
        dimensions=(
            Dimension("done", label=pgettext_lazy("secondment", "done"), type="flag"),
            Dimension("duty", label=DUTY, vocabulary="secondment.duty"),
            OF,
            PLACE,
        ),
        measures=(PLACES,),
        columns=(
            Column("list", "工作清单", label=pgettext_lazy("secondment", "work list"), path="work_list__title"),
            AT,
            Column("duty", "职责类别", label=DUTY, type="choice", vocabulary="secondment.duty"),
            Column("text", "任务", label=pgettext_lazy("secondment", "task")),
            Column("due", "完成时限", label=_("due by"), type="date", planned=True),
            Column("done_on", "完成日期", label=pgettext_lazy("secondment", "done on"), type="date"),
            Column("result", "完成情况", label=pgettext_lazy("secondment", "what came of it")),
        ),
    ),
    RecordType(
        "selection_round",
        pgettext_lazy("selection", "Selections"),
        "secondments.SelectionRound",
        124,
        dates=("opened", "decided_on"),
        titles="选派批次",
        visible=policies.rounds_visible_to,
        url_name="secondments:selection",
        extensible=False,
        dimensions=(ROLE, Dimension("state", label=STATE, choices=tuple(SELECTION.choices)), PLACE),
        measures=(
            PLACES,
            Measure("wanted", "number", label=pgettext_lazy("selection", "wanted"), persons=True),
            Measure("considered", "number", label=pgettext_lazy("selection", "looked at"), persons=True),
        ),
        columns=(
            Column("title", "选派批次", label=pgettext_lazy("selection", "selection")),
            AT,
            Column("wanted", "选派名额", label=pgettext_lazy("selection", "wanted"), type="whole"),
            Column("considered", "考察人数", label=pgettext_lazy("selection", "looked at"), type="whole"),
            Column("decided_on", "研究日期", label=pgettext_lazy("selection", "decided on"), type="date"),
            Column("state", "状态", label=STATE, type="choice", choices=tuple(SELECTION.choices)),
        ),
    ),
)
register_words(ROLES, lambda: sections.section().roles)
register_words("secondment.duty", lambda: sections.section().duties)
register_words(GRADES, lambda: sections.section().grades)
