"""What bodies promised at meetings, with every change of its day and every report of progress."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.deliberation.workflow.meetings import COMMITMENT


class Commitment(models.Model):
    """A promise of a body, made at a meeting, due on a day; done with evidence in words."""

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="commitments")
    meeting = models.ForeignKey("deliberation.Meeting", on_delete=models.PROTECT, related_name="commitments")
    item = models.ForeignKey("deliberation.AgendaItem", on_delete=models.PROTECT, null=True, related_name="commitments")
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="commitments")
    text = models.CharField(max_length=300)
    made_on = models.DateField()
    due = models.DateField()
    state = models.CharField(max_length=12, choices=COMMITMENT.choices, default=COMMITMENT.start)
    done_on = models.DateField(null=True)
    evidence = models.TextField(blank=True)
    postponed = models.PositiveSmallIntegerField(default=0)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("commitment")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["done", "done_late"]) | (Q(done_on__isnull=False) & ~Q(evidence="")),
                name="commitment_evidence",
            ),
        ]
        indexes = [
            models.Index(fields=["due"], condition=Q(state="open"), name="commitment_due"),
            models.Index(fields=["organization", "state"], name="commitment_unit"),
        ]

    def __str__(self) -> str:
        return self.text


class CommitmentNote(models.Model):
    """Something said of a commitment: progress, another due day with its reason, its end. Appended only."""

    id = models.BigAutoField(primary_key=True)
    commitment = models.ForeignKey(Commitment, on_delete=models.PROTECT, related_name="notes")
    verb = models.CharField(max_length=12)
    text = models.TextField()
    due_before = models.DateField(null=True)
    due_after = models.DateField(null=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("note of a commitment")

    def __str__(self) -> str:
        return f"{self.commitment_id} {self.verb}"
