"""Brochures with the text of each page, the copies that went out, and what is left at the points where they lie.

That an edition never changes, the database itself holds. Nothing is kept of who took or read one.
"""

from typing import Final

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from linli.brochures.workflow import BACK, BROCHURES, COVER, SOURCES

KEY: Final = 64
TITLE: Final = 14
HEADING: Final = 14
LONGEST: Final = 2000


class Brochure(models.Model):
    """A pocket brochure of a place (ORG-15). When it is issued it becomes an edition of its title, and stays as it is.

    `numbers` are the numbers for emergencies as they were printed.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="brochures")
    title = models.CharField(max_length=TITLE)
    state = models.CharField(max_length=12, choices=BROCHURES.choices, default=BROCHURES.start)
    edition = models.PositiveIntegerField(null=True)
    numbers = models.JSONField(default=list)
    made = models.DateTimeField()
    made_by = models.CharField(max_length=KEY)
    issued_on = models.DateField(null=True)
    issued_by = models.CharField(max_length=KEY, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("brochure", "brochure")
        constraints = [
            models.UniqueConstraint(fields=["place", "title", "edition"], name="brochure_edition"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "dropped"], edition=None, issued_on=None)
                | Q(state__in=["issued", "withdrawn"], edition__isnull=False, issued_on__isnull=False),
                name="brochure_issued",
            ),
            models.CheckConstraint(condition=~Q(state="withdrawn") | ~Q(reason=""), name="brochure_withdrawn_why"),
        ]
        indexes = [models.Index(fields=["place", "-id"], name="brochure_place")]

    def __str__(self) -> str:
        return self.title


class BrochurePage(models.Model):
    """What stands on a page: words of its own, or taken from what is public and shortened by hand."""

    id = models.BigAutoField(primary_key=True)
    brochure = models.ForeignKey(Brochure, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField()
    heading = models.CharField(max_length=HEADING)
    text = models.CharField(max_length=LONGEST)
    source = models.CharField(max_length=12, choices=SOURCES, default="own")
    source_id = models.BigIntegerField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("brochure", "page")
        constraints = [
            models.UniqueConstraint(
                fields=["brochure", "number"], name="brochure_page_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(number__gt=COVER, number__lt=BACK), name="brochure_page_number"),
            models.CheckConstraint(
                condition=Q(source="own", source_id=None) | ~Q(source="own") & Q(source_id__isnull=False),
                name="brochure_page_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.brochure_id} {self.number}"


class MaterialDispatch(models.Model):
    """So many copies of an edition that went to a point where they lie, or as packs to a group of people."""

    id = models.BigAutoField(primary_key=True)
    brochure = models.ForeignKey(Brochure, on_delete=models.PROTECT, related_name="dispatches")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="material_dispatches")
    facility = models.ForeignKey(
        "territory.Facility", on_delete=models.PROTECT, null=True, related_name="material_dispatches"
    )
    group = models.CharField(max_length=64, blank=True)
    copies = models.PositiveIntegerField()
    on = models.DateField()
    by = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("brochure", "dispatch")
        constraints = [
            models.CheckConstraint(condition=Q(copies__gt=0), name="material_dispatch_copies"),
            models.CheckConstraint(
                condition=Q(facility=None) & ~Q(group="") | Q(facility__isnull=False, group=""),
                name="material_dispatch_to",
            ),
        ]
        indexes = [
            models.Index(fields=["brochure", "-id"], name="material_dispatch_brochure"),
            models.Index(fields=["place", "on"], name="material_dispatch_place"),
        ]

    def __str__(self) -> str:
        return f"{self.brochure_id} {self.on}"


class LeafletStock(models.Model):
    """What is left of an edition at a point, as whoever keeps it counted last."""

    id = models.BigAutoField(primary_key=True)
    brochure = models.ForeignKey(Brochure, on_delete=models.PROTECT, related_name="stocks")
    facility = models.ForeignKey("territory.Facility", on_delete=models.PROTECT, related_name="leaflet_stocks")
    left = models.PositiveIntegerField()
    counted = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("brochure", "copies left")
        constraints = [models.UniqueConstraint(fields=["brochure", "facility"], name="leaflet_stock_once")]

    def __str__(self) -> str:
        return f"{self.brochure_id} {self.facility_id}"
