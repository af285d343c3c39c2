"""Alerts: that a figure, or the work items of a unit, left what a rule holds for good. Never about a person."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.accountability.workflow.alerts import ALERT, COLOURS


class Alert(models.Model):
    """One rule at one unit, from the day it left green until it is green again.

    `calm_since` is the first day of a better band; the alert changes to it only when that lasts (`calm_days`).
    `holder` is a post: whose kind the rule names, nearest above the unit.
    """

    id = models.BigAutoField(primary_key=True)
    rule = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="alerts")
    holder = models.ForeignKey("organizations.Post", on_delete=models.PROTECT, null=True, related_name="alerts")
    colour = models.CharField(max_length=8, choices=COLOURS)
    value = models.DecimalField(max_digits=40, decimal_places=12, null=True)
    as_of = models.DateField()
    raised = models.DateTimeField()
    changed = models.DateTimeField()
    calm_since = models.DateField(null=True)
    state = models.CharField(max_length=16, choices=ALERT.choices, default=ALERT.start)
    note = models.CharField(max_length=1000, blank=True)
    answered = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=64, blank=True)
    ended = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("alert")
        constraints = [
            models.UniqueConstraint(fields=["rule", "place"], condition=models.Q(ended=None), name="alert_once"),
            models.CheckConstraint(
                condition=models.Q(state="ended", ended__isnull=False)
                | (~models.Q(state="ended") & models.Q(ended=None)),
                name="alert_ended",
            ),
        ]
        indexes = [models.Index(fields=["place"], condition=models.Q(ended=None), name="alert_place_open")]

    def __str__(self) -> str:
        return self.title
