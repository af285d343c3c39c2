"""The profile section of services in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.records.profiles import describe_section
from linli.services.sections import ServicesSection

SERVICES = {
    "days": _("working days where an item names none"),
    "asked_days": _("days after which ends what was asked for and not taken in"),
    "take_within": _("what is asked for on the page is taken up within"),
    "papers_within": _("papers that are missing come within"),
    "hand_over_within": _("what was decided is handed over within"),
    "amount": pgettext_lazy("orders", "amount"),
    "unit": pgettext_lazy("orders", "unit of time"),
    "proxy_days": _("days that a proxy lasts at most"),
    "keep_copies_days": _("days after which copies of papers are deleted"),
    "keep_person_days": _("days after which names and phones are deleted"),
    "appointments": _("what one can book a time for"),
    "ahead_days": _("days ahead for which one may book"),
    "advisers": _("legal advisers that each community has"),
    "adviser_posts": _("kinds of posts of legal advisers"),
}

describe_section("services", _("Service desk"), SERVICES, lambda: ServicesSection().model_dump(mode="json"))
