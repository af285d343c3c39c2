"""The app `core`."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "linli.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the doctor know the journal's chain."""
        from linli.core import sealing  # noqa: F401
