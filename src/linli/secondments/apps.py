"""The app `secondments`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SecondmentsConfig(AppConfig):
    """Officials sent to communities for a term: days on site, transfers, support, work lists."""

    name = "linli.secondments"
    label = "secondments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile section, kinds of work and the page of secondments."""
        from linli.core.navigation import NavItem, register
        from linli.core.work import register_work
        from linli.messaging import kinds
        from linli.organizations.menu import MEMBERS
        from linli.records.profiles import register_section
        from linli.secondments import sections, workflow

        register_section("secondments", sections.SecondmentsSection)
        register_work(*workflow.WORK)
        kinds.register(*(kinds.MessageKind(code, label, "star", said) for code, label, said in workflow.MESSAGES))
        sees = " ".join(workflow.ABILITIES)
        register(NavItem("secondments", _("Secondments"), "users", "secondments:list", sees, 4, group=MEMBERS))
