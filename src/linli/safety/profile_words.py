"""The profile section of safety in words."""

from django.utils.translation import gettext_lazy as _

from linli.records.profiles import describe_section

SAFETY = {
    "checklists": _("checklists by kind of place"),
    "severities": _("how grave hazards are, with their deadlines"),
    "patrols": _("who joins and leads a joint patrol"),
    "recheck_days": _("working days in which a hazard is re-checked"),
    "review_days": _("working days in which an event is looked back on"),
}

describe_section("safety", _("Safety of places"), SAFETY)
