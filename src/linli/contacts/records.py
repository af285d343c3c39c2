"""The record types of contacts: who answers for places, visits, and the matters that came up through them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.contacts import policies, sections
from linli.contacts.operations.ledgers import (
    contact_record_many,
    contacts_refused,
    matter_record_many,
    matters_refused,
    visit_record_many,
    visits_refused,
)
from linli.contacts.workflow import LEVELS, VISIT, VOICED
from linli.records.added import register_words
from linli.records.types import Column, Dimension, Measure, RecordType, register

TIERS = "contact.tier"
TIER = pgettext_lazy("contact", "tier")
PLACE = Dimension("place", type="reference", to="division")
PERSON = Dimension("person", type="reference", to="person")
BODY = Dimension("organization", type="reference", to="department")
HOUSEHOLDS = pgettext_lazy("visit", "households visited")
COUNTED = (
    Measure("person", "distinct", label=_("persons")),
    Measure("organization", "distinct", label=_("organisations")),
    Measure("place", "distinct"),
)
AT = Column("place", "联系对象名称|包保对象名称|社区", label=_("place"), type="place", path="place__name")
NUMBER = Column("staff_number", "干部编号|领导编号|编号", label=_("staff number"), path="person__staff_number")
NAME = Column("name", "姓名|干部姓名|领导姓名", label=_("name"), type="name", path="person__name")
BY_BODY = Column(
    "organization",
    "责任单位|派出单位|包保单位|联系单位",
    label=_("organisation"),
    type="organization",
    ref="department",
    unknown="create",
    path="organization__name",
)
register(
    RecordType(
        "contact",
        pgettext_lazy("contact", "Assigned contacts"),
        "contacts.Contact",
        86,
        write=contact_record_many,
        refused=contacts_refused,
        span=("since", "until"),
        titles="包保联系|联络点安排|包保责任|包联",
        visible=policies.contacts_visible_to,
        amendable=policies.contact_amendable,
        url_name="contacts:contact",
        dimensions=(
            Dimension("tier", label=TIER, vocabulary=TIERS),
            Dimension("level", label=_("level"), choices=LEVELS),
            PLACE,
            PERSON,
            BODY,
        ),
        measures=COUNTED,
        columns=(
            NUMBER,
            NAME,
            BY_BODY,
            Column("title", "职务", label=_("title")),
            Column("tier", "层次|级别|单位类别", label=TIER, type="choice", vocabulary=TIERS, required=True),
            AT,
            Column("duties", "包保事项|联系事项", label=pgettext_lazy("contact", "what for")),
            Column(
                "liaison", "分管负责人|联络员", label=pgettext_lazy("contact", "liaison"), type="name", personal=True
            ),
            Column("since", "起始日期|包保开始|联系日期", label=_("since"), type="date", required=True),
            Column("until", "终止日期|调整日期|包保结束", label=_("until"), type="date"),
        ),
    ),
    RecordType(
        "contact_visit",
        pgettext_lazy("contact", "Visits of contacts"),
        "contacts.Visit",
        87,
        write=visit_record_many,
        refused=visits_refused,
        dates=("on",),
        titles="调研指导|走访",
        visible=policies.visits_visible_to,
        url_name="contacts:visit",
        dimensions=(
            Dimension("state", label=_("state"), choices=tuple(VISIT.choices)),
            Dimension("tier", label=TIER, vocabulary=TIERS),
            PLACE,
            PERSON,
            BODY,
        ),
        measures=(*COUNTED, Measure("households", "number", label=HOUSEHOLDS)),
        columns=(
            Column("number", "编号|调研编号", label=_("number")),
            Column("on", "调研日期|走访日期", label=_("day"), type="date", required=True),
            NUMBER,
            NAME,
            BY_BODY,
            Column("visitor", "带队领导", label=pgettext_lazy("visit", "who came"), type="name", personal=True),
            AT,
            Column("subject", "调研内容|协调解决问题|走访内容", label=pgettext_lazy("visit", "what it was about")),
            Column("households", "走访户数", label=HOUSEHOLDS, type="whole", minimum=1),
            Column("state", "状态", label=_("state"), type="choice", choices=tuple(VISIT.choices)),
        ),
    ),
    RecordType(
        "contact_matter",
        pgettext_lazy("contact", "Matters of contacts"),
        "contacts.ContactMatter",
        125,
        write=matter_record_many,
        refused=matters_refused,
        dates=("raised_on", "solved_on"),
        titles="联络点问题",
        visible=policies.matters_visible_to,
        amendable=policies.matter_amendable,
        dimensions=(
            Dimension("voiced", label=pgettext_lazy("contact", "in whose words"), choices=VOICED),
            Dimension("case", type="reference", to="case"),
            PLACE,
            PERSON,
            BODY,
        ),
        measures=COUNTED,
        columns=(
            Column("case", label=_("matter"), type="whole", personal=True),
            Column("case_number", "事项编号", label=_("number"), path="case__number"),
            NUMBER,
            AT,
            Column("voiced", "反映人", label=pgettext_lazy("contact", "in whose words"), type="choice", choices=VOICED),
            Column("raised_on", "提出日期", label=pgettext_lazy("contact", "raised on"), type="date"),
            Column("solved_on", "解决日期", label=pgettext_lazy("contact", "solved on"), type="date"),
        ),
    ),
)
register_words(TIERS, lambda: sections.section().tiers)
