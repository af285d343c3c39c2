"""The app `brochures`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BrochuresConfig(AppConfig):
    """Pocket brochures: what is printed, folded and laid out for neighbours, and how many copies went where."""

    name = "linli.brochures"
    label = "brochures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile section, kinds of work and the page of brochures."""
        from linli.brochures import sections, workflow
        from linli.core.navigation import NavItem, register
        from linli.core.work import register_work
        from linli.organizations.menu import SERVED
        from linli.records.profiles import register_section

        register_section("brochures", sections.BrochuresSection)
        register_work(*workflow.WORK)
        register(
            NavItem("brochures", _("Pocket brochures"), "file-text", "brochures:list", workflow.KEEP, 8, group=SERVED)
        )
