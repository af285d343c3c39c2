"""The app `careers`."""

from django.apps import AppConfig


class CareersConfig(AppConfig):
    """Posts against what a place should have, reserves and talents, promotion and pay."""

    name = "linli.careers"
    label = "careers"
    default_auto_field = "django.db.models.BigAutoField"
