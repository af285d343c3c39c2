"""The app `contacts`."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """Who answers for which street, community and grid, their visits and what came of them."""

    name = "linli.contacts"
    label = "contacts"
    default_auto_field = "django.db.models.BigAutoField"
