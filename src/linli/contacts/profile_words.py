"""The profile section of contacts in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.contacts.sections import ContactsSection
from linli.contacts.workflow import LEVELS
from linli.records.profiles import describe_section

WHO = {"person": _("persons"), "body": _("bodies")}
CONTACTS = {
    "tiers": pgettext_lazy("contact", "tiers"),
    "who": pgettext_lazy("contact", "who answers"),
    "holds": _("how many places of each level each one answers for"),
    "visits": _("visits that each one owes in a year"),
    "solved": _("problems that each one helps to solve in a year"),
    "covered": _("what must be covered"),
    "level": _("level of places"),
    "by": _("tiers, one of which answers for each of them"),
    "kinds": _("kinds of places, all where none is named"),
    **WHO,
    **dict(LEVELS),
}

describe_section(
    "contacts",
    _("Contacts and visits"),
    CONTACTS,
    lambda: ContactsSection().model_dump(mode="json"),
    {"who": lambda: WHO, "level": lambda: dict(LEVELS), "holds": lambda: dict(LEVELS)},
)
