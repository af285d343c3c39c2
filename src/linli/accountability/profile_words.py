"""The profile's `asks.yaml` and `assessments.yaml` in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.accountability.assessing.section import PERIODS, SOURCES, SUBJECTS
from linli.records.profiles import describe_section

WORDS = {
    "lead_days": _("working days between sending and due"),
    "retention_days": _("days for which answers are kept"),
    "longest": _("most days for which answers may be kept"),
}

ASSESSMENT_WORDS = {
    "schemes": _("schemes"),
    "of": _("who is assessed"),
    "kinds": _("types of bodies, levels of places or kinds of posts"),
    "body_kinds": _("only these kinds of bodies"),
    "period": _("period"),
    "criteria": _("criteria"),
    "grades": _("grades"),
    "basis": _("legal ground"),
    "note": _("what it is about"),
    "joint": _("every body must have rated"),
    "published": _("results of units stand on a public page"),
    "due_days": _("working days for ratings after the period"),
    "objection_days": _("working days for objections"),
    "decimals": _("decimals"),
    "weight": _("weight"),
    "from": _("from"),
    "figure": _("figure"),
    "rule": _("how points come about"),
    "bands": _("bands"),
    "points": _("score"),
    "linear": _("in proportion between two values"),
    "to": _("to"),
    "met": _("met or not"),
    "at_least": _("at least"),
    "at_most": _("at most"),
    "cap": _("most points"),
    "answers": _("fewest answers that are counted"),
    "by": _("who rates"),
    "role": _("role"),
    "name": _("name"),
    "type": _("type of body"),
    "scale": _("scale"),
    "stated": _("the assessed say first how they stand"),
    "gate": _("gate (points that must be reached)"),
    "requires": _("gates that this grade requires"),
    "use": _("what the grade is used for"),
    "valid_months": _("months for which it is valid"),
    **dict((*SUBJECTS, *SOURCES, *PERIODS)),
    "above": _("the body above"),
    "county": _("county"),
    "street": _("street"),
    "community": _("community"),
    "sending": _("the sending body"),
    "named": _("a body by its name"),
}

describe_section("assessments", _("Schemes of assessment"), ASSESSMENT_WORDS)
BOARD_WORDS = {
    "boards": _("Overviews of figures"),
    "note": _("what it is about"),
    "each": _("units set side by side"),
    "parts": _("headings"),
    "figures": _("figures"),
    "street": _("street"),
    "community": _("community"),
}

describe_section("asks", _("Registry of asks"), WORDS)
ALERT_WORDS = {
    "alerts": _("Rules of alerts"),
    "figure": _("figure"),
    "work": _("kinds of work items whose overdue ones are counted"),
    "each": _("units"),
    "worse": _("worse where the value is"),
    "low": _("low"),
    "high": _("high"),
    "bands": _("bands"),
    "yellow": pgettext_lazy("alert", "yellow"),
    "orange": pgettext_lazy("alert", "orange"),
    "red": pgettext_lazy("alert", "red"),
    "owner": _("kind of post that answers"),
    "reason": _("why"),
    "next": _("next step"),
    "least": _("smallest denominator that says anything"),
    "calm_days": _("days that a better colour must last"),
    "county": _("county"),
    "street": _("street"),
    "community": _("community"),
}

describe_section("alerts", _("Rules of alerts"), ALERT_WORDS)
describe_section("boards", _("Overviews of figures"), BOARD_WORDS)

REPORT_WORDS = {
    "reports": _("reports"),
    "file": _("Word file in the profile's folder"),
    "issuers": _("kinds of posts that may issue it"),
    "awaited": _("figures that reports tell and nobody records yet"),
    "refs": _("entries of the catalogue"),
    "unit": _("unit"),
}
describe_section("reports", _("Report templates"), REPORT_WORDS)
