"""The app `services`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ServicesConfig(AppConfig):
    """What people come to an office for: items, requests at one desk, agents who act for residents, appointments."""

    name = "linli.services"
    label = "services"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile section, kinds of work, the pages of services, and how a receipt number is followed."""
        from linli.cases.requests import register_followed
        from linli.core.navigation import NavItem, register
        from linli.core.work import register_work
        from linli.organizations.menu import SERVED
        from linli.records.profiles import register_section
        from linli.services import sections, workflow
        from linli.services.queries.requests import own_address

        register_section("services", sections.ServicesSection)
        register_work(*workflow.WORK)
        register_followed(own_address)
        sees = f"{workflow.KEEP} {workflow.HANDLE}"
        register(
            NavItem("services", _("Service requests"), "list-check", "services:list", sees, 1, group=SERVED),
            NavItem(
                "service_items",
                pgettext_lazy("service item", "Service items"),
                "file-text",
                "services:items",
                workflow.KEEP,
                2,
                group=SERVED,
            ),
            NavItem(
                "appointments",
                pgettext_lazy("appointment", "Appointments"),
                "calendar",
                "services:slots",
                workflow.KEEP,
                3,
                group=SERVED,
            ),
        )
