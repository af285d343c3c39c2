"""The app `volunteering`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VolunteeringConfig(AppConfig):
    """Volunteers and their teams, projects, brands, volunteer posts and honours."""

    name = "linli.volunteering"
    label = "volunteering"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile section, kinds of work and the pages of volunteering."""
        from linli.activities.queries.standard_export import register_teller
        from linli.activities.teams import members_by
        from linli.core.navigation import NavItem, register
        from linli.core.work import register_work
        from linli.organizations.menu import VOLUNTEERS
        from linli.records.profiles import register_section
        from linli.volunteering import (
            honours_section,
            receivers,  # noqa: F401  listening begins with the import
            sections,
            workflow,
        )
        from linli.volunteering.queries.candidates import is_member
        from linli.volunteering.queries.telling import told_of

        register_section("volunteering", sections.VolunteeringSection)
        register_section("honours", honours_section.HonoursSection)
        register_work(*workflow.WORK)
        members_by(is_member)
        register_teller(told_of)
        register(
            NavItem("volunteers", _("Volunteers"), "users", "volunteering:roster", workflow.KEEP, 1, group=VOLUNTEERS)
        )
