"""The app `members`."""

from django.apps import AppConfig


class MembersConfig(AppConfig):
    """Units and members who register with a community, serve there and help a household."""

    name = "linli.members"
    label = "members"
    default_auto_field = "django.db.models.BigAutoField"
