"""Programmes: activities that come again (a monthly volunteer day, lectures, a festival), and their rhythm."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.activities.workflow import LINES, VOLUNTEERING
from linli.core.rhythm import RHYTHMS


class ActivityProgramme(models.Model):
    """A programme of a place: what its sessions are, how often and when they usually are, and who organises them.

    Without a rhythm its sessions are planned as there is need. `until` is the day after its last.
    """

    id = models.BigAutoField(primary_key=True)
    title = models.CharField(max_length=120)
    line = models.CharField(max_length=16, choices=LINES, default=VOLUNTEERING)
    kind = models.CharField(max_length=64, blank=True)
    theme = models.CharField(max_length=120, blank=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="activity_programmes")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="activity_programmes"
    )
    rhythm = models.CharField(max_length=8, choices=RHYTHMS, blank=True)
    every_days = models.PositiveSmallIntegerField(null=True)
    starts = models.TimeField(null=True)
    minutes = models.PositiveSmallIntegerField(default=120)
    venue = models.CharField(max_length=160, blank=True)
    about = models.CharField(max_length=500, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("activity", "programme")
        constraints = [
            models.UniqueConstraint(fields=["place", "title"], condition=Q(until=None), name="activity_programme_once"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="activity_programme_span"),
            models.CheckConstraint(
                condition=(Q(rhythm="days") & Q(every_days__gte=1)) | (~Q(rhythm="days") & Q(every_days=None)),
                name="activity_programme_rhythm",
            ),
        ]

    def __str__(self) -> str:
        return self.title
