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
        from linli.core.navigation import Group, NavItem, register
        from linli.core.work import register_work
        from linli.records.profiles import register_section

        register_section("careers", sections.CareersSection)
        register_work(*workflow.WORK)
        group = Group(pgettext_lazy("careers", "Careers"), "users", 47)
        kept = f"{workflow.NOMINATE} {workflow.MANAGE}"
        mine = f"{kept} {workflow.PAY}"
        register(
            NavItem("my_careers", _("My post and pay"), "user", "careers:mine", mine, 6, group=group),
            NavItem("careers", pgettext_lazy("careers", "Staffing"), "users", "careers:staffing", kept, 1, group=group),
            NavItem(
                "reserves", pgettext_lazy("careers", "Reserves"), "users", "careers:reserves", kept, 2, group=group
            ),
            NavItem("talents", pgettext_lazy("careers", "Talents"), "star", "careers:talents", kept, 3, group=group),
            NavItem(
                "ladder",
                pgettext_lazy("careers", "Promotions"),
                "arrow-right",
                "careers:promotions",
                workflow.MANAGE,
                4,
                group=group,
            ),
            NavItem(
                "pay", pgettext_lazy("careers", "Pay"), "file-text", "careers:statements", workflow.PAY, 5, group=group
            ),
        )
