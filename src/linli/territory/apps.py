"""The app `territory`."""

from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    """Divisions, compounds, buildings, grids, facilities, totals and boundaries."""

    name = "linli.territory"
    label = "territory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Own the profile's `grids.yaml`, and let the doctor look at the territory."""
        from linli.records.profiles import register_section
        from linli.territory import health  # noqa: F401  its checks register themselves
        from linli.territory.sections import GridsSection

        register_section("grids", GridsSection)
