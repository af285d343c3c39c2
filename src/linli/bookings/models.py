"""Bookings of what bodies share. That no more is booked than there is, the database itself holds."""

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.bookings.workflow import BOOKING

KEY: Final = 64


class Booking(models.Model):
    """So much of an offer, from an instant to another, for a community or for a body (JNT-08).

    `place` is where it is wanted. Asking holds what is asked for, so that who asks first gets it; the answer is that
    of whoever shares. `reason` says why it was refused, withdrawn or cancelled.
    """

    id = models.BigAutoField(primary_key=True)
    offer = models.ForeignKey("organizations.ResourceOffer", on_delete=models.PROTECT, related_name="bookings")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="bookings")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="bookings"
    )
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    purpose = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=BOOKING.choices, default=BOOKING.start)
    reason = models.CharField(max_length=200, blank=True)
    asked = models.DateTimeField()
    asked_by = models.CharField(max_length=KEY)
    answered = models.DateTimeField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("booking", "booking")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="booking_span"),
            models.CheckConstraint(condition=Q(amount__gt=0), name="booking_amount"),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "withdrawn", "cancelled"]) | ~Q(reason=""), name="booking_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["offer", "starts"], name="booking_offer"),
            models.Index(fields=["place", "-id"], name="booking_place"),
            models.Index(fields=["starts"], condition=Q(state__in=["asked", "approved"]), name="booking_open"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.starts:%Y-%m-%d %H:%M}"
