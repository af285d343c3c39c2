"""The record type of bookings. What it was wanted for stays on its page."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.bookings import policies
from linli.bookings.workflow import BOOKING
from linli.organizations.models import ResourceOffer
from linli.records.types import Column, Dimension, Measure, RecordType, register

STATES = tuple(BOOKING.choices)
LENDING = tuple(ResourceOffer.Lending.choices)
register(
    RecordType(
        "booking",
        pgettext_lazy("booking", "Bookings of shared resources"),
        "bookings.Booking",
        89,
        dates=("starts", "asked"),
        titles="资源预订|共享资源预订",
        visible=policies.bookings_visible_to,
        amendable=policies.amendable,
        url_name="bookings:booking",
        dimensions=(
            Dimension("state", label=_("state"), choices=STATES),
            Dimension("lending", label=_("can be booked"), path="offer__lending", choices=LENDING),
            Dimension("offer", type="reference", to="resource_offer"),
            Dimension("place", type="reference", to="division"),
        ),
        measures=(
            Measure("amount", "number", label=pgettext_lazy("booking", "how much")),
            Measure("offer", "distinct", label=_("Resource offers")),
            Measure("place", "distinct"),
        ),
        columns=(
            Column("offer", "资源名称", label=_("what is offered"), path="offer__title"),
            Column("lender", "提供单位", label=_("offered by"), path="offer__organization__name"),
            Column("place", "社区|所属社区|街道", label=_("place"), type="place", path="place__name"),
            Column("booker", "预订单位", label=pgettext_lazy("booking", "booked by"), path="organization__name"),
            Column("amount", "预订数量", label=pgettext_lazy("booking", "how much"), type="number"),
            Column("starts", "开始时间", label=pgettext_lazy("booking", "from"), type="datetime"),
            Column("ends", "结束时间", label=pgettext_lazy("booking", "until"), type="datetime"),
            Column("state", "状态", label=_("state"), type="choice", choices=STATES),
        ),
    )
)
