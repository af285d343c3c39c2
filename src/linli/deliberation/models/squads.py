"""Residents' own squads: what each is for, what it asked for, how it ended. Their sessions are activities.

Nobody is recorded whom a squad meets or who belongs to it; only how many.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.core.fields import EncryptedTextField
from linli.deliberation.workflow.squads import NEEDS, ORIGINS, SQUAD

KEY = 64


class Squad(models.Model):
    """A squad (治理小分队) from its proposal on; `organization` is the task force that it became once agreed.

    `forces` says how many of each force take part. `contact` is who may be called about the proposal, with consent;
    it is forgotten when the squad ends or is not formed.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="squads")
    organization = models.OneToOneField(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="squad"
    )
    origin = models.CharField(max_length=8, choices=ORIGINS, default="resident")
    kind = models.CharField(max_length=60)
    name = models.CharField(max_length=100)
    topic = models.CharField(max_length=60)
    purpose = models.CharField(max_length=500)
    people = models.PositiveSmallIntegerField(null=True)
    forces = models.JSONField(default=dict)
    contact = EncryptedTextField()
    state = models.CharField(max_length=12, choices=SQUAD.choices, default=SQUAD.start)
    proposed_on = models.DateField()
    agreed_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    result = models.CharField(max_length=500, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("squad", "squad")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "name"], condition=Q(state__in=("proposed", "active")), name="squad_once"
            ),
            models.CheckConstraint(condition=~Q(state="active") | Q(organization__isnull=False), name="squad_active"),
            models.CheckConstraint(condition=~Q(state="ended") | ~Q(result=""), name="squad_ended_how"),
            models.CheckConstraint(condition=~Q(state="declined") | ~Q(reason=""), name="squad_declined_why"),
        ]
        indexes = [models.Index(fields=["-proposed_on", "-id"], name="squad_proposed")]

    def __str__(self) -> str:
        return self.name


class SquadNeed(models.Model):
    """Materials that a squad asked for, and what it was given."""

    id = models.BigAutoField(primary_key=True)
    squad = models.ForeignKey(Squad, on_delete=models.PROTECT, related_name="needs")
    what = models.CharField(max_length=200)
    asked_on = models.DateField()
    state = models.CharField(max_length=8, choices=NEEDS, default="asked")
    answer = models.CharField(max_length=300, blank=True)
    answered_on = models.DateField(null=True)

    class Meta:
        verbose_name = _("material that a squad asked for")
        constraints = [models.CheckConstraint(condition=Q(state="asked") | ~Q(answer=""), name="squad_need_answered")]

    def __str__(self) -> str:
        return self.what
