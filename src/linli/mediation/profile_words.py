"""The profile section of mediation in words."""

from django.utils.translation import gettext_lazy as _

from linli.records.profiles import describe_section

MEDIATION = {
    "kinds": _("kinds of disputes"),
    "studios": _("mediation studios"),
    "accept_days": _("working days in which it is decided whether to mediate"),
    "due_days": _("days in which a mediation ends"),
    "sign_days": _("working days for the signatures"),
    "confirm_days": _("days for asking a court for confirmation"),
    "visit_days": _("working days until the return visit"),
}

describe_section("mediation", _("Mediation"), MEDIATION)
