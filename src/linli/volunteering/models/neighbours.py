"""What good neighbours offer to those around them, shown only while they agree, and only where they agreed to."""

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

KEY: Final = 64
OFFER: Final = 160
MEANS: Final = (
    ("self", pgettext_lazy("good neighbour", "said here")),
    ("phone", pgettext_lazy("good neighbour", "by telephone")),
    ("paper", pgettext_lazy("good neighbour", "on paper")),
)


class NeighbourOffer(models.Model):
    """What a household or merchant that was honoured offers to neighbours (SVC-06).

    A merchant is shown with the address of the shop, at `facility` where one is named; a household with its grid
    only, never its home. When they take their word back, what was shown goes with it and only the days stay.
    """

    id = models.BigAutoField(primary_key=True)
    honour = models.ForeignKey("volunteering.Honour", on_delete=models.PROTECT, related_name="offers")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="neighbour_offers")
    text = models.CharField(max_length=OFFER, blank=True)
    address = models.CharField(max_length=OFFER, blank=True)
    grid = models.ForeignKey("territory.Place", on_delete=models.PROTECT, null=True, related_name="+")
    facility = models.ForeignKey("territory.Facility", on_delete=models.PROTECT, null=True, related_name="+")
    consented_on = models.DateField()
    means = models.CharField(max_length=8, choices=MEANS)
    since = models.DateField()
    until = models.DateField(null=True)
    by = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("good neighbour", "offer of a neighbour")
        constraints = [
            models.UniqueConstraint(fields=["honour"], condition=Q(until=None), name="neighbour_offer_once"),
            models.CheckConstraint(
                condition=Q(until=None) & ~Q(text="")
                | Q(until__isnull=False, text="", address="", grid=None, facility=None),
                name="neighbour_offer_gone",
            ),
            # A household has no address here, a merchant no grid.
            models.CheckConstraint(
                condition=Q(address="", facility=None) | Q(grid=None), name="neighbour_offer_no_home"
            ),
        ]
        indexes = [models.Index(fields=["place"], condition=Q(until=None), name="neighbour_offer_place")]

    def __str__(self) -> str:
        return f"{self.honour_id} {self.since}"
