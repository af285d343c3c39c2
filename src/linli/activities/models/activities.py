"""Activities: what was done where by which team, and how many took part. People's names are not here."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.activities.workflow import AUDIENCES, LINES, STATES, VOLUNTEERING
from linli.core.owned import Owned


class Activity(models.Model):
    """One session. `volunteers` and `attended` are persons; `served` are person-times, one served twice counts twice.

    `hours` is how long the session took, not what its volunteers served altogether. `team` is its name where no
    team of the roster is meant. What is planned here says who answers for it (`leader`), who may join (`audience`),
    what it needs of them, how they are insured where it is dangerous, and the `training` that comes first.
    """

    id = models.BigAutoField(primary_key=True)
    line = models.CharField(max_length=16, choices=LINES, default=VOLUNTEERING)
    number = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=64, blank=True)
    theme = models.CharField(max_length=120, blank=True)
    programme = models.ForeignKey(
        "activities.ActivityProgramme", on_delete=models.PROTECT, null=True, related_name="activities"
    )
    day = models.DateField()
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="activities")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="activities"
    )
    team = models.CharField(max_length=160, blank=True)
    content = models.CharField(max_length=300, blank=True)
    about = models.CharField(max_length=1000, blank=True)
    venue = models.CharField(max_length=160, blank=True)
    leader = models.ForeignKey(
        "organizations.Person", on_delete=models.PROTECT, null=True, related_name="activities_led"
    )
    joinable = models.BooleanField(default=False)
    audience = models.CharField(max_length=8, choices=AUDIENCES, default="all")
    skills = models.CharField(max_length=160, blank=True)
    minimum_age = models.PositiveSmallIntegerField(null=True)
    dangerous = models.BooleanField(default=False)
    insurance = models.CharField(max_length=160, blank=True)
    training = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="prepares")
    volunteers = models.PositiveIntegerField(null=True)
    served = models.PositiveIntegerField(null=True)
    attended = models.PositiveIntegerField(null=True)
    hours = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    state = models.CharField(max_length=12, choices=STATES)
    reason = models.CharField(max_length=300, blank=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    owned: ClassVar = (Owned("leader", "day content place__name state"),)

    class Meta:
        verbose_name = pgettext_lazy("activity", "activity")
        constraints = [
            models.CheckConstraint(condition=Q(hours=None) | Q(hours__gte=0), name="activity_hours"),
            models.CheckConstraint(condition=Q(dangerous=False) | ~Q(insurance=""), name="activity_dangerous_insured"),
        ]
        indexes = [
            models.Index(fields=["place", "day"], name="activity_place_day"),
            models.Index(fields=["-day", "-id"], name="activity_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.content}"


class ActivityShift(models.Model):
    """A stretch of time of an activity, and how many it takes."""

    id = models.BigAutoField(primary_key=True)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="shifts")
    name = models.CharField(max_length=60, blank=True)
    starts = models.TimeField()
    ends = models.TimeField()
    capacity = models.PositiveIntegerField()

    class Meta:
        verbose_name = pgettext_lazy("activity", "shift")
        constraints = [
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="activity_shift_span"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="activity_shift_capacity"),
        ]

    def __str__(self) -> str:
        return f"{self.starts:%H:%M}–{self.ends:%H:%M}"

    @property
    def minutes(self) -> int:
        """How long it takes."""
        ends, starts = self.ends, self.starts
        return (ends.hour - starts.hour) * 60 + ends.minute - starts.minute
