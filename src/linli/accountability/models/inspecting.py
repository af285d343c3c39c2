"""Inspections of the work of units (督查) and of each other (交叉检查), what they found, and its putting right."""

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.accountability.workflow.assessments import FINDING, INSPECTION

KINDS: Final = (("supervision", _("supervision")), ("cross", _("cross-inspection")))


class InspectionPlan(models.Model):
    """A plan: which body inspects which, until when. Nobody inspects itself."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=12, choices=KINDS)
    title = models.CharField(max_length=120)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="inspection_plans")
    due = models.DateField()
    made = models.DateTimeField()
    made_by = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("inspection plan")

    def __str__(self) -> str:
        return self.title


class Inspection(models.Model):
    """One inspection: planned for two bodies, or told by a ledger with its team, scope and number of problems."""

    id = models.BigAutoField(primary_key=True)
    plan = models.ForeignKey(InspectionPlan, on_delete=models.PROTECT, null=True, related_name="inspections")
    kind = models.CharField(max_length=12, choices=KINDS)
    subject = models.CharField(max_length=120)
    level = models.CharField(max_length=40, blank=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="inspections")
    inspector = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="inspections_made"
    )
    inspected = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="inspections_had"
    )
    team = models.CharField(max_length=120, blank=True)
    scope = models.CharField(max_length=500, blank=True)
    due = models.DateField(null=True)
    on = models.DateField(null=True)
    problems = models.PositiveIntegerField(null=True)
    outcome = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=INSPECTION.choices, default=INSPECTION.start)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("inspection")
        constraints = [
            models.CheckConstraint(
                condition=Q(inspector=None) | Q(inspected=None) | ~Q(inspector=F("inspected")),
                name="inspection_of_others",
            ),
            models.CheckConstraint(condition=Q(on__isnull=False) | ~Q(state="done"), name="inspection_day"),
            models.UniqueConstraint(fields=["plan", "inspector", "inspected"], name="inspection_once"),
        ]
        indexes = [models.Index(fields=["on"], name="inspection_on")]

    def __str__(self) -> str:
        return self.subject


class Finding(models.Model):
    """Something that an inspection found: put right by the inspected until a day, verified by the inspectors."""

    id = models.BigAutoField(primary_key=True)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="findings")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="findings")
    organization = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="findings")
    text = models.TextField()
    found = models.DateField()
    due = models.DateTimeField()
    state = models.CharField(max_length=12, choices=FINDING.choices, default=FINDING.start)
    rectification = models.TextField(blank=True)
    rectified = models.DateField(null=True)
    verified = models.DateField(null=True)
    returned = models.TextField(blank=True)
    returns = models.PositiveSmallIntegerField(default=0)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("finding")
        indexes = [models.Index(fields=["found"], name="finding_found")]

    def __str__(self) -> str:
        return self.text[:80]
