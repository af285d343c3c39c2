"""Resolutions and their tasks; a task that is a matter is a case, and its progress is the case's."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.deliberation.workflow.topics import RESOLUTION, TASK

KEY = 64
TITLE = 120


class Resolution(models.Model):
    """What a topic led to (决议), with what was resolved and the days on which it was made public."""

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=60, blank=True)
    topic = models.OneToOneField("deliberation.Topic", on_delete=models.PROTECT, null=True, related_name="resolution")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="resolutions")
    title = models.CharField(max_length=TITLE)
    text = models.TextField(blank=True)
    forum = models.CharField(max_length=60, blank=True)
    procedure = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=12, choices=RESOLUTION.choices, default=RESOLUTION.start)
    decided_on = models.DateField()
    disclosed_on = models.DateField(null=True)
    carried_out_on = models.DateField(null=True)
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("resolution")
        constraints = [
            models.UniqueConstraint(fields=["place", "number"], condition=~Q(number=""), name="resolution_number"),
            models.CheckConstraint(
                condition=Q(disclosed_on=None) | Q(disclosed_on__gte=F("decided_on")), name="resolution_disclosed"
            ),
        ]
        indexes = [
            models.Index(fields=["place", "-decided_on", "-id"], name="resolution_place"),
            models.Index(fields=["-decided_on", "-id"], name="resolution_decided"),
        ]

    def __str__(self) -> str:
        return self.title


class ResolutionTask(models.Model):
    """A task of a resolution: which body does it by when. One that became a matter follows its case."""

    id = models.BigAutoField(primary_key=True)
    resolution = models.ForeignKey(Resolution, on_delete=models.PROTECT, related_name="tasks")
    title = models.CharField(max_length=200)
    owner = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="resolution_tasks")
    due = models.DateField()
    state = models.CharField(max_length=12, choices=TASK.choices, default=TASK.start)
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="resolution_tasks")
    result = models.CharField(max_length=500, blank=True)
    done_on = models.DateField(null=True)
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)

    class Meta:
        verbose_name = _("task")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", done_on=None) | (~Q(state="open") & Q(done_on__isnull=False)),
                name="resolution_task_done",
            ),
            models.CheckConstraint(condition=Q(state="open") | ~Q(result=""), name="resolution_task_result"),
        ]
        indexes = [models.Index(fields=["due"], condition=Q(state="open"), name="resolution_task_due")]

    def __str__(self) -> str:
        return self.title
