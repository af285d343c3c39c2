"""The app `care`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CareConfig(AppConfig):
    """Care for the old and the young: who agreed to which kinds of help, and what was given."""

    name = "linli.care"
    label = "care"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile section, kinds of work and the pages of care; listen to who leaves."""
        from linli.care import receivers, sections, workflow  # noqa: F401  listening begins with the import
        from linli.core.navigation import NavItem, register
        from linli.core.work import register_work
        from linli.organizations.menu import SERVED
        from linli.records.profiles import register_section

        register_section("care", sections.CareSection)
        register_work(*workflow.WORK)
        register(NavItem("care", _("Care"), "users", "care:list", f"{workflow.KEEP} {workflow.VIEW}", 6, group=SERVED))
        register(NavItem("care_services", _("Care given"), "users", "care:services", workflow.SERVE, 7, group=SERVED))
