"""The app `territory`."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    """Divisions, compounds, buildings, grids, facilities, totals and boundaries."""

    name = "linli.territory"
    label = "territory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Own the profile's `grids.yaml`."""
        from linli.records.profiles import register_section
        from linli.territory.sections import GridsSection

        register_section("grids", GridsSection)
