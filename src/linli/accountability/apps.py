"""The app `accountability`."""

from django.apps import AppConfig


class AccountabilityConfig(AppConfig):
    name = "linli.accountability"
    label = "accountability"
    default_auto_field = "django.db.models.BigAutoField"
