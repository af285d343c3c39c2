"""The app `circles`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CirclesConfig(AppConfig):
    """What is within a walk of homes: streets, kinds of services, where one more would serve most."""

    name = "linli.circles"
    label = "circles"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile section and the page of circles."""
        from linli.circles import sections, workflow
        from linli.core.navigation import NavItem, register
        from linli.organizations.menu import VENUES
        from linli.records.profiles import register_section

        register_section("circles", sections.CirclesSection)
        sees = f"{workflow.KEEP} {workflow.VIEW}"
        register(NavItem("circles", _("15-minute circle"), "map-pin", "circles:list", sees, 3, group=VENUES))
