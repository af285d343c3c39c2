"""The app `territory`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TerritoryConfig(AppConfig):
    """Divisions, compounds, buildings, grids, facilities, totals and boundaries."""

    name = "linli.territory"
    label = "territory"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Own the profile's `grids.yaml`, and let the doctor look at the territory."""
        from linli.core.work import WorkKind, register_work
        from linli.records.profiles import register_section
        from linli.territory import health, receivers  # noqa: F401  both register themselves
        from linli.territory.operations.redrawing import WORK
        from linli.territory.sections import GridsSection

        register_section("grids", GridsSection)
        register_work(WorkKind(WORK, _("Look at boundaries that no longer fit")))
