"""The profile section of service orders in words."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.orders.sections import OrdersSection
from linli.orders.workflow import DOORS, ROLES
from linli.records.profiles import describe_section

ORDERS = {
    "categories": _("categories of services"),
    "skills": _("skills by which volunteers are found"),
    "ways": _("ways in which orders go"),
    "steps": _("steps"),
    "within": _("to be taken within"),
    "amount": pgettext_lazy("orders", "amount"),
    "unit": pgettext_lazy("orders", "unit of time"),
    "doors": _("orders come in"),
    "dispatcher_posts": _("posts that dispatch"),
    "takers": _("offered to"),
    "done_within": _("done within, from accepting"),
    "call_within": _("called back within"),
    "service_for_service": _("time given may be asked for in return"),
    "ask": pgettext_lazy("step of an order", "ask"),
    "supply": pgettext_lazy("step of an order", "say who can"),
    "dispatch": pgettext_lazy("step of an order", "dispatch"),
    "accept": pgettext_lazy("step of an order", "accept"),
    "rate": pgettext_lazy("step of an order", "rate"),
    **dict((*DOORS, *ROLES)),
}

describe_section(
    "orders",
    _("Service orders"),
    ORDERS,
    lambda: OrdersSection().model_dump(mode="json"),
    {"doors": lambda: dict(DOORS), "takers": lambda: dict(ROLES)},
)
