"""The profile's `open311.yaml` in words."""

from django.utils.translation import gettext_lazy as _

from linli.records.profiles import describe_section

WORDS = {"on": _("answers GeoReport v2"), "contact": _("contact")}

describe_section("open311", _("Open311"), WORDS)
