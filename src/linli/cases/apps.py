"""The app `cases`."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Matters and their handling."""

    name = "linli.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Own the profile's `cases.yaml`."""
        from linli.cases.sections import CasesSection
        from linli.records.profiles import register_section

        register_section("cases", CasesSection)
