"""The app `activities`."""

from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    """What teams and bodies do together with people, whichever domain it belongs to."""

    name = "linli.activities"
    label = "activities"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile sections, kinds of work and of messages."""
        from django.utils.translation import pgettext_lazy

        from linli.activities import (
            receivers,  # noqa: F401  listening begins with the import
            sections,
            stars_section,
            workflow,
        )
        from linli.core.navigation import NavItem, register
        from linli.core.work import register_work
        from linli.messaging import kinds
        from linli.organizations.menu import VOLUNTEERS
        from linli.records.profiles import register_section

        register_section("activities", sections.ActivitiesSection)
        register_section("stars", stars_section.StarsSection)
        register_work(*workflow.WORK)
        named = pgettext_lazy("activity", "Activities")
        register(NavItem("activities", named, "calendar", "activities:list", workflow.KEEP, 2, group=VOLUNTEERS))
        kinds.register(*(kinds.MessageKind(code, label, "heart", said) for code, label, said in workflow.MESSAGES))
        certified = pgettext_lazy("certificate", "Certificates")
        register(
            NavItem(
                "certificates", certified, "file-text", "certificates:list", "volunteering.keep", 3, group=VOLUNTEERS
            )
        )
