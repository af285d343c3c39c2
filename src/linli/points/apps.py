"""The app `points`."""

from django.apps import AppConfig


class PointsConfig(AppConfig):
    """The ledger of points and hours: accounts, entries, holds, reversals; it knows its sources only as kind and id."""

    name = "linli.points"
    label = "points"
    default_auto_field = "django.db.models.BigAutoField"
