"""The app `volunteering`."""

from django.apps import AppConfig


class VolunteeringConfig(AppConfig):
    """Volunteers and their teams, projects, brands, volunteer posts and honours."""

    name = "linli.volunteering"
    label = "volunteering"
    default_auto_field = "django.db.models.BigAutoField"
