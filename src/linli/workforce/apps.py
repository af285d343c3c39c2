"""The app `workforce`."""

from django.apps import AppConfig


class WorkforceConfig(AppConfig):
    """How people who work in communities grow: training, credentials, mentoring, contests."""

    name = "linli.workforce"
    label = "workforce"
    default_auto_field = "django.db.models.BigAutoField"
