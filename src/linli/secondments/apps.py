"""The app `secondments`."""

from django.apps import AppConfig


class SecondmentsConfig(AppConfig):
    """Officials sent to communities for a term: days on site, transfers, support, work lists."""

    name = "linli.secondments"
    label = "secondments"
    default_auto_field = "django.db.models.BigAutoField"
