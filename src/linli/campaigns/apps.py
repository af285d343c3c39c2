"""The app `campaigns`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CampaignsConfig(AppConfig):
    """Campaigns and projects: one plan, its items, the bodies that act together, and the places it is for."""

    name = "linli.campaigns"
    label = "campaigns"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile section, the kind of work and the page of campaigns."""
        from linli.campaigns import receivers, sections, workflow  # noqa: F401
        from linli.campaigns.queries.belonging import TELLER
        from linli.cases.queries.beside import register_teller
        from linli.core.navigation import NavItem, register
        from linli.core.work import register_work
        from linli.organizations.menu import MANAGED
        from linli.records.profiles import register_section

        register_section("campaigns", sections.CampaignsSection)
        register_work(*workflow.WORK)
        register_teller(TELLER)
        sees = " ".join(workflow.ABILITIES)
        register(NavItem("campaigns", _("Campaigns"), "list-check", "campaigns:list", sees, 2, group=MANAGED))
