"""The profile section `bookings`: in how many working days a booking is answered, and how far ahead one may book."""

from pydantic import Field

from linli.records import profiles
from linli.records.profiles import Part


class BookingsSection(Part):
    """`bookings.yaml`. Whoever shares answers within `answer_days` working days, and before the booked time begins.

    Nothing is booked more than `ahead_days` days ahead, and nothing for longer than `most_days` days at a stretch.
    """

    answer_days: int = Field(default=2, ge=1, le=30)
    ahead_days: int = Field(default=90, ge=1, le=730)
    most_days: int = Field(default=31, ge=1, le=366)


def section() -> BookingsSection:
    """What the profile in force says."""
    return profiles.current().section(BookingsSection)
