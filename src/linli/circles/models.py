"""Streets of a place, what was computed along them, and for each compound what is within a walk of its homes."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.circles.workflow import GROUPS


class StreetNetwork(models.Model):
    """The streets of a place as one file brought them: a version that holds until the next.

    `day` is the day as of which the streets are, `system` the coordinates in which the file had them; here they are
    WGS84. `graph` holds junctions and stretches packed, `islands` the parts that hang together with nothing else.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="street_networks")
    version = models.PositiveIntegerField()
    file = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    day = models.DateField()
    system = models.CharField(max_length=12)
    digest = models.CharField(max_length=64)
    graph = models.BinaryField()
    junctions = models.PositiveIntegerField()
    stretches = models.PositiveIntegerField()
    kilometres = models.DecimalField(max_digits=10, decimal_places=1)
    parts = models.PositiveIntegerField()
    islands = models.JSONField(default=list)
    brought = models.DateTimeField()
    ended = models.DateTimeField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("circle", "streets")
        constraints = [
            models.UniqueConstraint(fields=["place", "version"], name="street_network_version"),
            models.UniqueConstraint(fields=["place"], condition=Q(ended=None), name="street_network_current"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} v{self.version}"


class Circle(models.Model):
    """What came of walking the streets once: with which speed, and where one more facility would serve most.

    `inputs` stamps all that went in, so that nothing is computed twice. `sites` are by division and kind, `remarks`
    what could not be put on the map.
    """

    id = models.BigAutoField(primary_key=True)
    network = models.ForeignKey(StreetNetwork, on_delete=models.PROTECT, related_name="circles")
    minutes = models.PositiveSmallIntegerField()
    km_per_hour = models.DecimalField(max_digits=4, decimal_places=2)
    homes = models.PositiveIntegerField()
    households = models.PositiveIntegerField()
    facilities = models.PositiveIntegerField()
    sites = models.JSONField(default=list)
    remarks = models.JSONField(default=dict)
    inputs = models.CharField(max_length=64)
    computed = models.DateTimeField()

    class Meta:
        verbose_name = pgettext_lazy("circle", "computation of circles")
        indexes = [models.Index(fields=["network", "-id"], name="circle_latest")]

    def __str__(self) -> str:
        return f"{self.network_id} {self.computed:%Y-%m-%d}"


class Reach(models.Model):
    """Whether the homes of a compound have a kind of service within a walk: from a day on until it changes.

    `place` is the compound, or a building that belongs to none. `minutes` is the longest walk of its homes, empty where
    no walk leads to any; `reached` says that all its households have one near enough. As all of it is computed, it goes
    with a place that is taken back.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.CASCADE, related_name="reaches")
    kind = models.CharField(max_length=48)
    group = models.CharField(max_length=8, choices=GROUPS)
    households = models.PositiveIntegerField()
    near = models.PositiveIntegerField()
    reached = models.BooleanField()
    minutes = models.DecimalField(max_digits=8, decimal_places=1, null=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("circle", "what is within a walk")
        constraints = [
            models.UniqueConstraint(fields=["place", "kind"], condition=Q(until=None), name="reach_current"),
            models.CheckConstraint(condition=Q(near__lte=F("households")), name="reach_near"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="reach_span"),
        ]

    def __str__(self) -> str:
        return f"{self.place_id} {self.kind}"
