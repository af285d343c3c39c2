"""Activities: what was done where by which team, and how many took part. People's names are not here."""

from django.db import models
from django.db.models import Q
from django.utils.translation import pgettext_lazy

from linli.activities.workflow import LINES, STATES, VOLUNTEERING


class Activity(models.Model):
    """One session. `volunteers` and `attended` are persons; `served` are person-times, one served twice counts twice.

    `hours` is how long the session took, not what its volunteers served altogether. `team` is its name where no
    team of the roster is meant.
    """

    id = models.BigAutoField(primary_key=True)
    line = models.CharField(max_length=16, choices=LINES, default=VOLUNTEERING)
    number = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=64, blank=True)
    day = models.DateField()
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="activities")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="activities"
    )
    team = models.CharField(max_length=160, blank=True)
    content = models.CharField(max_length=300, blank=True)
    venue = models.CharField(max_length=160, blank=True)
    volunteers = models.PositiveIntegerField(null=True)
    served = models.PositiveIntegerField(null=True)
    attended = models.PositiveIntegerField(null=True)
    hours = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    state = models.CharField(max_length=12, choices=STATES)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("activity", "activity")
        constraints = [models.CheckConstraint(condition=Q(hours=None) | Q(hours__gte=0), name="activity_hours")]
        indexes = [models.Index(fields=["place", "day"], name="activity_place_day")]

    def __str__(self) -> str:
        return f"{self.day} {self.content}"
