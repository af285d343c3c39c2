"""The app `web`: shell, navigation, first page."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebConfig(AppConfig):
    """The shell around every page."""

    name = "linli.web"
    label = "web"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """The entries of the navigation."""
        from linli.core.navigation import NavItem, register

        register(
            NavItem("home", _("Today"), "home", "home", "", 0),
            NavItem("desk", _("Desk"), "plus", "cases:desk", "cases.register", 10),
            NavItem("cases", _("Matters"), "list-check", "cases:list", "cases.view", 20),
            NavItem("map", _("Map"), "map", "territory:map", "territory.view", 30),
            NavItem("figures", _("Figures"), "chart-bar", "accountability:figures", "figures.view", 40),
            NavItem("reports", _("Reports"), "report-analytics", "reports:reports", "figures.view", 41),
            NavItem("patrol", _("Report without signal"), "phone", "cases:patrol", "cases.register", 45),
            NavItem("posters", _("Posters"), "speakerphone", "cases:posters", "cases.register", 66),
            NavItem("imports", _("Imports"), "file-import", "records:imports", "imports.run", 60),
            NavItem("settings", _("Administration"), "settings", "records:settings", "system.configure", 90),
        )
