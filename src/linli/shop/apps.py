"""The app `shop`."""

from django.apps import AppConfig
from django.utils.translation import pgettext_lazy


class ShopConfig(AppConfig):
    """The points shop: what can be had for points, its stock, redemption, partner shops and their settlement."""

    name = "linli.shop"
    label = "shop"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Enter the profile section, kinds of work and the page of the shop."""
        from linli.core.navigation import NavItem, register
        from linli.core.work import register_work
        from linli.organizations.menu import VOLUNTEERS
        from linli.records.profiles import register_section
        from linli.shop import sections, workflow

        register_section("shop", sections.ShopSection)
        register_work(*workflow.WORK)
        label = pgettext_lazy("shop", "Points shop")
        register(NavItem("shop", label, "star", "shop:list", " ".join(workflow.BOTH), 5, group=VOLUNTEERS))
