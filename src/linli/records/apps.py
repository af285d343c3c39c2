"""The app `records`."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "linli.records"
    label = "records"
    default_auto_field = "django.db.models.BigAutoField"
