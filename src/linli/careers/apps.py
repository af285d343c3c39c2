"""The app `careers`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CareersConfig(AppConfig):
    """Posts against what a place should have, reserves and talents, promotion and pay."""

    name = "linli.careers"
    label = "careers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile section, kinds of work and the pages of careers."""
        from linli.careers import (
            receivers,  # noqa: F401  listening begins with the import
            sections,
            workflow,
        )
        from linli.core.navigation import NavItem, register
        from linli.core.work import register_work
        from linli.records.profiles import register_section
        from linli.workforce.workflow import GROUP

        register_section("careers", sections.CareersSection)
        register_work(*workflow.WORK)
        kept = f"{workflow.NOMINATE} {workflow.MANAGE}"
        mine = f"{kept} {workflow.PAY}"
        register(
            NavItem("my_careers", _("My post and pay"), "user", "careers:mine", mine, 6, group=GROUP),
            NavItem("careers", pgettext_lazy("careers", "Staffing"), "users", "careers:staffing", kept, 1, group=GROUP),
            NavItem(
                "reserves", pgettext_lazy("careers", "Reserves"), "users", "careers:reserves", kept, 2, group=GROUP
            ),
            NavItem("talents", pgettext_lazy("careers", "Talents"), "star", "careers:talents", kept, 3, group=GROUP),
            NavItem(
                "ladder",
                pgettext_lazy("careers", "Promotions"),
                "arrow-right",
                "careers:promotions",
                workflow.MANAGE,
                4,
                group=GROUP,
            ),
            NavItem(
                "pay", pgettext_lazy("careers", "Pay"), "file-text", "careers:statements", workflow.PAY, 5, group=GROUP
            ),
        )
