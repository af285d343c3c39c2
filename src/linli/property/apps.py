"""The app `property`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PropertyConfig(AppConfig):
    """Who manages which compound: modes with their days, contracts, what is without management."""

    name = "linli.property"
    label = "property"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile section, kinds of work and the page of compounds."""
        from linli.core.navigation import NavItem, register
        from linli.core.work import register_work
        from linli.organizations.menu import MANAGED
        from linli.property import sections, workflow
        from linli.records.profiles import register_section

        register_section("property", sections.PropertySection)
        register_work(*workflow.WORK)
        sees = f"{workflow.KEEP} {workflow.VIEW}"
        register(NavItem("property", _("Property management"), "map-pin", "property:list", sees, 1, group=MANAGED))
