"""The app `activities`."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """What teams and bodies do together with people, whichever domain it belongs to."""

    name = "linli.activities"
    label = "activities"
    default_auto_field = "django.db.models.BigAutoField"
