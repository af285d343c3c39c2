"""The app `messaging`."""

from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "linli.messaging"
    label = "messaging"
    default_auto_field = "django.db.models.BigAutoField"
