"""The profile section of bookings in words."""

from django.utils.translation import gettext_lazy as _

from linli.records.profiles import describe_section

BOOKINGS = {
    "answer_days": _("working days in which a booking is answered"),
    "ahead_days": _("days ahead for which one may book"),
    "most_days": _("days that a booking takes at most"),
}

describe_section("bookings", _("Shared resources"), BOOKINGS)
