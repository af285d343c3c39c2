"""What accountability keeps of its own: surveys of satisfaction as numbers."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class SatisfactionSurvey(models.Model):
    """A survey of satisfaction (满意度测评): how many were asked, answered and were satisfied. Totals, no persons."""

    id = models.BigAutoField(primary_key=True)
    title = models.CharField(max_length=120)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="surveys")
    on = models.DateField()
    asked = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    satisfied = models.PositiveIntegerField()
    source = models.CharField(max_length=120, blank=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("satisfaction survey")
        constraints = [
            models.UniqueConstraint(fields=["title", "place", "on"], name="survey_once"),
            models.CheckConstraint(
                condition=Q(answered__lte=F("asked")) & Q(satisfied__lte=F("answered")), name="survey_parts"
            ),
        ]
        indexes = [models.Index(fields=["on"], name="survey_on")]

    def __str__(self) -> str:
        return self.title

    @property
    def share(self) -> float | None:
        """The satisfied among those who answered, in percent; None where nobody did."""
        return 100 * self.satisfied / self.answered if self.answered else None
