"""The app `api`."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """Doors for other programs: REST, Open311, and the keys to them."""

    name = "linli.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Own the profile's `open311.yaml`; show the keys to who configures the system."""
        from django.utils.translation import gettext_lazy as _

        from linli.api.sections import Open311Section
        from linli.core.navigation import NavItem, register
        from linli.messaging import kinds
        from linli.records.profiles import register_section

        register_section("open311", Open311Section)
        kinds.register(
            kinds.MessageKind(
                "webhook.paused",
                _("A webhook was paused"),
                "bell",
                _("“%(name)s” could not be reached for three days and is told nothing more until it is resumed."),
            )
        )
        register(NavItem("api_keys", _("API keys"), "settings", "api_keys:keys", "system.configure", 95))
