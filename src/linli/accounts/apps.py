"""The app `accounts`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Accounts and what posts allow."""

    name = "linli.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to the login machinery, so that what it changes is in the journal; enter the administrators' pages."""
        from linli.accounts import receivers  # noqa: F401  listening begins with the import
        from linli.accounts.queries import actor_with_key
        from linli.core.actors import find_by
        from linli.core.navigation import NavItem, register

        find_by(actor_with_key)
        register(
            NavItem("accounts", _("Accounts"), "users", "accounts:accounts", "security.manage", 80),
            NavItem("journal", _("Journal"), "history", "accounts:journal", "audit.read", 81),
            NavItem("looks", _("Looks"), "eye", "accounts:looks", "audit.read", 82),
        )
