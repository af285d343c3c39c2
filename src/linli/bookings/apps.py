"""The app `bookings`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BookingsConfig(AppConfig):
    """What bodies share, booked by communities and by one another: rooms, parking, staff, funds."""

    name = "linli.bookings"
    label = "bookings"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile section, kinds of work and the page of bookings."""
        from linli.bookings import sections, workflow
        from linli.core.navigation import NavItem, register
        from linli.core.work import register_work
        from linli.organizations.menu import VENUES
        from linli.records.profiles import register_section

        register_section("bookings", sections.BookingsSection)
        register_work(*workflow.WORK)
        sees = f"{workflow.BOOK} {workflow.LEND}"
        register(NavItem("bookings", _("Shared resources"), "calendar", "bookings:list", sees, 2, group=VENUES))
