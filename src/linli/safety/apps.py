"""The app `safety`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SafetyConfig(AppConfig):
    """Safety of places: joint patrols, rounds of inspection with re-check, plans for events. Nothing on persons."""

    name = "linli.safety"
    label = "safety"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile section, kinds of work and the page of safety."""
        from linli.cases.queries.beside import register_teller
        from linli.core.navigation import NavItem, register
        from linli.core.work import register_work
        from linli.organizations.menu import MANAGED
        from linli.records.profiles import register_section
        from linli.safety import (
            receivers,  # noqa: F401  listening begins with the import
            sections,
            workflow,
        )
        from linli.safety.queries import TELLER

        register_teller(TELLER)
        register_section("safety", sections.SafetySection)
        register_work(*workflow.WORK)
        sees = " ".join(workflow.SEES)
        register(NavItem("safety", _("Safety of places"), "alert-triangle", "safety:list", sees, 3, group=MANAGED))
