"""Places: divisions, compounds, buildings and grids in one tree; facilities; counted statistics; boundaries."""

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Place(models.Model):
    """A node of the territory.

    `parent` is the administrative tree (a grid lies in a division); `upper` is the grid above in the network of
    grids. `path` and `grid_path` are the ids from the root down, `/1/5/23/`, so that a prefix is a subtree.
    County, street, community and compound repeat the ancestors, for grouping without joins up the tree.
    A redrawn place is a new row that succeeds the old one; codes are never used again.
    """

    class Type(models.TextChoices):
        DIVISION = "division", _("division")
        COMPOUND = "compound", _("compound")
        BUILDING = "building", _("building")
        GRID = "grid", _("grid")

    id = models.BigAutoField(primary_key=True)
    type = models.CharField(max_length=12, choices=Type.choices)
    level = models.CharField(max_length=24, blank=True)
    kind = models.CharField(max_length=64, blank=True)
    code = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=120)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    upper = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="lower")
    path = models.CharField(max_length=200, db_index=True)
    grid_path = models.CharField(max_length=200, blank=True, db_index=True)
    county = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    street = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    community = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    compound = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    crosses = models.ManyToManyField("self", symmetrical=False, blank=True, related_name="crossed_by")
    households = models.PositiveIntegerField(null=True)
    residents = models.PositiveIntegerField(null=True)
    buildings = models.PositiveIntegerField(null=True)
    area_m2 = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    address = models.CharField(max_length=200, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    successor = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    placeholder = models.BooleanField(default=False)
    lng = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("place")
        constraints = [
            models.UniqueConstraint(fields=["type", "code"], condition=~Q(code=""), name="place_code_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")), name="place_span"
            ),
        ]
        indexes = [models.Index(fields=["type", "level"], name="place_type_level")]

    def __str__(self) -> str:
        return self.name


class Boundary(models.Model):
    """The outline of a place from a day on, stored in WGS84 with the coordinate system it came in."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="boundaries")
    geometry = models.JSONField()
    source_crs = models.CharField(max_length=12, default="wgs84")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        verbose_name = _("boundary")
        constraints = [
            models.UniqueConstraint(fields=["place"], condition=Q(until=None), name="boundary_one_current"),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.since}"


class Redrawing(models.Model):
    """A file of boundaries whose day is still to come (TER-03): applied by the worker on that day, or cancelled before.

    `places` are those that it draws: where one of them is gone by then, nothing is applied and the post that planned
    it gets a work item. `remarks` hold what was wrong, or what the coverage lacks afterwards.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for its day")
        APPLIED = "applied", _("in force")
        FAILED = "failed", _("no longer fits")
        CANCELLED = "cancelled", _("cancelled")

    id = models.BigAutoField(primary_key=True)
    file = models.CharField(max_length=200)
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    day = models.DateField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    places = models.JSONField(default=list)
    remarks = models.JSONField(default=list)
    post_id = models.BigIntegerField(null=True)
    planned = models.DateTimeField()

    class Meta:
        verbose_name = _("planned boundaries")
        constraints = [
            models.UniqueConstraint(fields=["digest", "day"], condition=Q(state="waiting"), name="redrawing_once")
        ]
        indexes = [models.Index(fields=["day"], condition=Q(state="waiting"), name="redrawing_waiting")]

    def __str__(self) -> str:
        return f"{self.file} {self.day}"


class HubService(models.Model):
    """That a hub community serves another one around it, from a day on (ORG-21)."""

    id = models.BigAutoField(primary_key=True)
    hub = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="serves")
    served = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="served_by")
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        verbose_name = _("hub service")
        constraints = [
            models.UniqueConstraint(fields=["served"], condition=Q(until=None), name="hub_service_one_hub"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="hub_service_span"),
            models.CheckConstraint(condition=~Q(hub=F("served")), name="hub_service_other"),
        ]

    def __str__(self) -> str:
        return f"{self.hub_id} {self.served_id}"


class Revision(models.Model):
    """One row that changes whenever places or boundaries do, so that every process knows its index is stale.

    The stamp is drawn at random: a number that counts up could be reached twice after a rollback.
    """

    id = models.PositiveSmallIntegerField(primary_key=True)
    stamp = models.BigIntegerField()

    class Meta:
        verbose_name = _("revision of the territory")

    def __str__(self) -> str:
        return str(self.stamp)


# The kind of facility in which disputes are mediated; all other kinds are the place's own words.
MEDIATION_STUDIO: Final = "mediation_studio"


class Facility(models.Model):
    """A shared facility or venue (阵地): a hall, a station, a room, with its floor area; where it lies is WGS84."""

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=64, blank=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="facilities")
    area_m2 = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    state = models.CharField(max_length=24, blank=True)
    address = models.CharField(max_length=200, blank=True)
    lng = models.FloatField(null=True)
    lat = models.FloatField(null=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("facility")

    def __str__(self) -> str:
        return self.name


class Statistic(models.Model):
    """A total that is counted elsewhere: households, population, area. A stock holds from a day until replaced."""

    id = models.BigAutoField(primary_key=True)
    series = models.CharField(max_length=48)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="statistics")
    value = models.DecimalField(max_digits=20, decimal_places=4)
    unit = models.CharField(max_length=16, blank=True)
    stock = models.BooleanField(default=True)
    since = models.DateField()
    until = models.DateField(null=True)
    source = models.CharField(max_length=120, blank=True)
    extra = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("statistic")
        constraints = [models.UniqueConstraint(fields=["series", "place", "since"], name="statistic_once")]
        indexes = [models.Index(fields=["series", "since"], name="statistic_series")]

    def __str__(self) -> str:
        return f"{self.series} {self.place_id} {self.since}"


class ChecklistEntry(models.Model):
    """That an item of a grid's checklist was brought up to date on a day (TER-07): the latest day counts.

    It says what is current, not where somebody was: no time of day, no position, no person.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="checklist")
    item = models.CharField(max_length=64)
    day = models.DateField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("checklist entry")
        constraints = [models.UniqueConstraint(fields=["place", "item"], name="checklist_entry_once")]

    def __str__(self) -> str:
        return f"{self.place_id} {self.item} {self.day}"
