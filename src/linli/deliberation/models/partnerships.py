"""Standing relations of a place with bodies: consultation arrangements, collaboration mechanisms, pairings."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.deliberation.workflow.meetings import PARTNERSHIP


class Partnership(models.Model):
    """One relation; `type` is the record type that it belongs to. A mechanism names its `actors` and partners in words.

    `organization` is the body on this side, `partner` the one on the other.
    """

    class Type(models.TextChoices):
        ARRANGEMENT = "consultation_arrangement", pgettext_lazy("partnership", "consultation arrangement")
        MECHANISM = "collaboration_mechanism", pgettext_lazy("partnership", "collaboration mechanism")
        PAIRING = "organization_pairing", pgettext_lazy("partnership", "pairing of organisations")

    id = models.BigAutoField(primary_key=True)
    type = models.CharField(max_length=32, choices=Type.choices)
    kind = models.CharField(max_length=60, blank=True)
    level = models.CharField(max_length=20, blank=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="partnerships")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="partnerships"
    )
    partner = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="partnerships_with"
    )
    partners = models.CharField(max_length=300, blank=True)
    actors = models.JSONField(default=list)
    plan = models.TextField(blank=True)
    evidence = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=PARTNERSHIP.choices, default=PARTNERSHIP.start)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=64)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("standing relation")
        constraints = [
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")), name="partnership_span"
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(since__isnull=False), name="partnership_running_since"
            ),
            models.CheckConstraint(
                condition=Q(partner=None) | Q(organization=None) | ~Q(partner=F("organization")),
                name="partnership_of_two",
            ),
        ]
        indexes = [models.Index(fields=["type", "place"], name="partnership_type_place")]

    def __str__(self) -> str:
        return self.partners or f"{self.type} {self.pk}"


class PartnershipEvent(models.Model):
    """Something that both sides did together: a meeting, a lecture, a day of service, rooms or material shared."""

    id = models.BigAutoField(primary_key=True)
    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="events")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="partnership_events")
    on = models.DateField()
    text = models.CharField(max_length=300)
    extra = models.JSONField(default=dict)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("joint event")

    def __str__(self) -> str:
        return self.text
