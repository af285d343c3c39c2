"""The profile section of safety in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.records.profiles import describe_section
from linli.safety.workflow import FORCES

SAFETY = {
    "checklists": _("checklists by kind of place"),
    "severities": _("how grave hazards are, with their deadlines"),
    "patrols": _("who joins and leads a joint patrol"),
    "at": pgettext_lazy("safety", "at which places"),
    "facility_kinds": pgettext_lazy("safety", "kinds of facilities"),
    "items": pgettext_lazy("safety", "items"),
    "severity": pgettext_lazy("safety", "how grave"),
    "urgency": pgettext_lazy("safety", "how urgent its matter is"),
    "normal": pgettext_lazy("safety", "normal"),
    "urgent": pgettext_lazy("safety", "urgent"),
    "emergency": pgettext_lazy("safety", "emergency"),
    "compound": pgettext_lazy("safety", "compounds"),
    "building": pgettext_lazy("safety", "buildings"),
    "facility": pgettext_lazy("safety", "facilities"),
    "category": pgettext_lazy("safety", "category of its matter"),
    "within": pgettext_lazy("safety", "to be put right within"),
    "least": pgettext_lazy("safety", "at least"),
    "most": pgettext_lazy("safety", "at most"),
    "leads": pgettext_lazy("safety", "posts that lead"),
    "report_days": pgettext_lazy("safety", "working days in which a patrol is written down"),
    "days": pgettext_lazy("safety", "days whose patrols are held against the rule"),
    **dict(FORCES),
    "recheck_days": _("working days in which a hazard is re-checked"),
    "review_days": _("working days in which an event is looked back on"),
}

describe_section("safety", _("Safety of places"), SAFETY)
