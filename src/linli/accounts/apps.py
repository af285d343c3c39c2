"""The app `accounts`."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts and what posts allow."""

    name = "linli.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Own the profile's `posts.yaml`."""
        from linli.accounts.abilities import PostsSection
        from linli.records.profiles import register_section

        register_section("posts", PostsSection)
