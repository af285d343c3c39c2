"""The app `deliberation`."""

from django.apps import AppConfig


class DeliberationConfig(AppConfig):
    """What residents and bodies decide together: procedures, votes, forums, joint meetings."""

    name = "linli.deliberation"
    label = "deliberation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile sections, kinds of work and pages of deliberation."""
