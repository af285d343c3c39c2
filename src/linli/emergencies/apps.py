"""The app `emergencies`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EmergenciesConfig(AppConfig):
    """Emergency plans, their activation, and help cards."""

    name = "linli.emergencies"
    label = "emergencies"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile section, kinds of work and messages, and the page of emergencies; listen to who leaves."""
        from linli.core.navigation import NavItem, register
        from linli.core.work import register_work
        from linli.emergencies import receivers, sections, workflow  # noqa: F401  listening begins with the import
        from linli.messaging import kinds
        from linli.organizations.menu import MANAGED
        from linli.records.profiles import register_section

        register_section("emergencies", sections.EmergenciesSection)
        register_work(*workflow.WORK)
        kinds.register(
            *(kinds.MessageKind(code, label, "alert-triangle", said) for code, label, said in workflow.MESSAGES)
        )
        sees = f"{workflow.KEEP} {workflow.ACTIVATE}"
        register(NavItem("emergencies", _("Emergencies"), "alert-triangle", "emergencies:list", sees, 9, group=MANAGED))
