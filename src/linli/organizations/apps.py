"""The app `organizations`."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "linli.organizations"
    label = "organizations"
    default_auto_field = "django.db.models.BigAutoField"
