"""The profile section of property in words."""

from django.utils.translation import gettext_lazy as _

from linli.property.workflow import MODES
from linli.records.profiles import describe_section

PROPERTY = {
    "kinds": _("in which mode compounds of a kind are unless something else is said"),
    "covered": _("percent of compounds unmanaged before that should have management"),
    "warn_days": _("days before a contract ends on which it is asked who manages next"),
    "response_hours": _("working hours in which a company takes up a matter"),
    "categories": _("categories of matters that companies answer"),
    **dict(MODES),
}

describe_section("property", _("Property management"), PROPERTY, choices={"kinds": lambda: dict(MODES)})
