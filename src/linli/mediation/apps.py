"""The app `mediation`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MediationConfig(AppConfig):
    """Disputes that people's mediation committees mediate: parties, sessions, agreements and their fulfilment."""

    name = "linli.mediation"
    label = "mediation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile section, kinds of work and the page of mediation."""
        from linli.cases.queries.beside import register_teller
        from linli.core.navigation import NavItem, register
        from linli.core.work import register_work
        from linli.mediation import (
            receivers,  # noqa: F401  listening begins with the import
            sections,
            workflow,
        )
        from linli.mediation.queries import TELLER
        from linli.records.profiles import register_section

        register_teller(TELLER)
        register_section("mediation", sections.MediationSection)
        register_work(*workflow.WORK)
        sees = f"{workflow.KEEP} {workflow.MEDIATE}"
        register(NavItem("mediations", _("Mediation"), "users", "mediations:list", sees, 46))
