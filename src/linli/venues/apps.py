"""The app `venues`."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class VenuesConfig(AppConfig):
    """Venues as they are open to residents: hours, rooms and their bookings, supplies, space put to use."""

    name = "linli.venues"
    label = "venues"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile section, kinds of work and of messages, and the page of venues."""
        from linli.core.navigation import NavItem, register
        from linli.core.work import register_work
        from linli.messaging import kinds
        from linli.organizations.menu import VENUES
        from linli.records.profiles import register_section
        from linli.venues import (
            receivers,  # noqa: F401  listening begins with the import
            sections,
            workflow,
        )

        register_section("venues", sections.VenuesSection)
        register_work(*workflow.WORK)
        kinds.register(*(kinds.MessageKind(code, label, "calendar", said) for code, label, said in workflow.MESSAGES))
        label = pgettext_lazy("venue", "Venues")
        register(
            NavItem(
                "venues", label, "map-pin", "venues:list", " ".join((workflow.KEEP, workflow.DECIDE)), 1, group=VENUES
            )
        )
