"""The app `members`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """Units and members who register with a community, serve there and help a household."""

    name = "linli.members"
    label = "members"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile section, kinds of work and the pages of members."""
        from linli.core.navigation import NavItem, register
        from linli.core.work import register_work
        from linli.members import (
            receivers,  # noqa: F401  listening begins with the import
            sections,
            workflow,
        )
        from linli.organizations.menu import MEMBERS
        from linli.records.profiles import register_section

        register_section("members", sections.MembersSection)
        register_work(*workflow.WORK)
        register(NavItem("members", _("Members who serve"), "users", "members:list", workflow.KEEP, 1, group=MEMBERS))
        register(NavItem("members.unit", _("Our members"), "users", "members:unit", workflow.UNIT, 2, group=MEMBERS))
