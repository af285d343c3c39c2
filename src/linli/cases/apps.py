"""The app `cases`."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Matters and their handling."""

    name = "linli.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Own the profile's `cases.yaml`, and show the desk and the lists in the navigation."""
        from django.utils.translation import gettext_lazy as _

        from linli.cases.sections import CasesSection
        from linli.core.navigation import NavItem, register
        from linli.records.profiles import register_section

        register_section("cases", CasesSection)
        register(
            NavItem("cases.desk", _("Take in"), "plus", "cases:desk", "cases.register", 20),
            NavItem("cases.list", _("Matters"), "list-check", "cases:list", "cases.view", 30),
            NavItem("cases.handled", _("Our matters"), "list-check", "cases:list", "cases.handle", 31),
        )
