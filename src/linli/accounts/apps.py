"""The app `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts and what posts allow."""

    name = "linli.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Listen to the login machinery, so that what it changes is in the journal."""
        from linli.accounts import receivers  # noqa: F401  listening begins with the import
