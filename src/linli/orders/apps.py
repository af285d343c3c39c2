"""The app `orders`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrdersConfig(AppConfig):
    """Service orders: what residents ask for, who is asked to do it, and what they say of it."""

    name = "linli.orders"
    label = "orders"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile section, kinds of work and the pages of orders."""
        from linli.core.navigation import NavItem, register
        from linli.core.work import register_work
        from linli.orders import sections, workflow
        from linli.organizations.menu import SERVED
        from linli.records.profiles import register_section

        register_section("orders", sections.OrdersSection)
        register_work(*workflow.WORK)
        register(
            NavItem("orders", _("Service orders"), "list-check", "orders:list", workflow.KEEP, 4, group=SERVED),
            NavItem(
                "service_menu",
                pgettext_lazy("service menu", "Menu of services"),
                "file-text",
                "orders:menu",
                workflow.KEEP,
                5,
                group=SERVED,
            ),
        )
