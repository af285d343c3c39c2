"""The app `orders`."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """Service orders: what residents ask for, who is asked to do it, and what they say of it."""

    name = "linli.orders"
    label = "orders"
    default_auto_field = "django.db.models.BigAutoField"
