"""The profile's `asks.yaml` in words."""

from django.utils.translation import gettext_lazy as _

from linli.records.profiles import describe_section

WORDS = {
    "lead_days": _("working days between sending and due"),
    "retention_days": _("days for which answers are kept"),
    "longest": _("most days for which answers may be kept"),
}

describe_section("asks", _("Registry of asks"), WORDS)
