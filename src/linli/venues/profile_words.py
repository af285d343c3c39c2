"""The profile section of venues in words."""

from django.utils.translation import gettext_lazy as _

from linli.records.profiles import describe_section

VENUES = {
    "service_least": _("percent of the area of a venue that serve residents, at least"),
    "office_most": _("percent of the area of a venue that are offices, at most"),
    "area_per_100": _("square metres of venues for 100 households"),
    "kinds": _("kinds of facilities that count as venues"),
    "hold_minutes": _("minutes for which a room is held until the booking is confirmed"),
    "most_ahead": _("bookings that an account may have ahead"),
    "series_weeks": _("weeks that a series takes at most"),
    "restock_days": _("days before its expiry in which a supply is to be restocked"),
    "better": _("what works at a venue may make better"),
}

describe_section("venues", _("Venues and rooms"), VENUES)
