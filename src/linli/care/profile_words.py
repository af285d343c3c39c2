"""The profile section of care in words."""

from django.utils.translation import gettext_lazy as _

from linli.records.profiles import describe_section

CARE = {
    "helps": _("kinds of help to which people agree"),
    "serve_days": _("working days in which a body gives what it was asked for"),
    "reach_days": _("working days in which the community gets in touch with whoever asks by account"),
}

describe_section("care", _("Care"), CARE)
