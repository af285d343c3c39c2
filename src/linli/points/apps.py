"""The app `points`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PointsConfig(AppConfig):
    """The ledger of points and hours: accounts, entries, holds, reversals; it knows its sources only as kind and id."""

    name = "linli.points"
    label = "points"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile section, the check of the doctor and the page of the desk."""
        from linli.core.navigation import NavItem, register
        from linli.organizations.menu import VOLUNTEERS
        from linli.points import (
            health,  # noqa: F401  it registers itself
            sections,
            workflow,
        )
        from linli.records.profiles import register_section

        register_section("points", sections.PointsSection)
        register(NavItem("points", _("Points and hours"), "star", "points:members", workflow.KEEP, 4, group=VOLUNTEERS))
