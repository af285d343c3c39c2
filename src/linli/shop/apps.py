"""The app `shop`."""

from django.apps import AppConfig


class ShopConfig(AppConfig):
    """The points shop: what can be had for points, its stock, redemption, partner shops and their settlement."""

    name = "linli.shop"
    label = "shop"
    default_auto_field = "django.db.models.BigAutoField"
