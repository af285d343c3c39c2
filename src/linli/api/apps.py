"""The app `api`."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "linli.api"
    label = "api"
    default_auto_field = "django.db.models.BigAutoField"
