"""Volunteers and the teams they belong to. Who they are stands with the person; an identity number is never kept."""

from datetime import date
from typing import ClassVar, Final

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.core.fields import EncryptedTextField
from linli.core.owned import Owned
from linli.volunteering.workflow import CONSENTS, MEMBERSHIPS, SEXES, STANDING, VOLUNTEERS

WORD: Final = 40


class Volunteer(models.Model):
    """Somebody who registered to serve (志愿服务记录与证明出具办法, Art. 5), but for the identity number.

    `place` is where they live: a community, or a grid or compound in one, or a street; `community` repeats it.
    `skills` and `services` are codes of the profile, `times` of workflow.TIMES. `phone_hash` finds a number that the
    person behind need not have proved. `guardian` says that a guardian consented, for somebody under eighteen.
    A person is registered once at a time. What is personal goes when they ask, or some years after the end.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=WORD, unique=True)
    person = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, related_name="volunteers")
    state = models.CharField(max_length=12, choices=VOLUNTEERS.choices, default=VOLUNTEERS.start)
    registered_on = models.DateField()
    ended_on = models.DateField(null=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="volunteers", db_index=False)
    community = models.ForeignKey(
        "territory.Place", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    sex = models.CharField(max_length=8, choices=SEXES, blank=True)
    born = EncryptedTextField()
    phone_hash = models.BinaryField(max_length=32, null=True)
    skills = ArrayField(models.CharField(max_length=WORD), default=list)
    services = ArrayField(models.CharField(max_length=WORD), default=list)
    times = ArrayField(models.CharField(max_length=WORD), default=list)
    guardian = models.BooleanField(default=False)
    consent = models.CharField(max_length=8, choices=CONSENTS)
    search = SearchVectorField()
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=64)
    version = models.PositiveIntegerField(default=1)

    owned: ClassVar = (Owned("person", "number state registered_on ended_on sex born skills services times guardian"),)

    class Meta:
        verbose_name = pgettext_lazy("volunteering", "volunteer")
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(state__in=STANDING), name="volunteer_once"),
            models.CheckConstraint(
                condition=~Q(state="ended") | Q(ended_on__isnull=False) | Q(consent="ledger"), name="volunteer_ended"
            ),
        ]
        indexes = [
            models.Index(F("place"), F("id").desc(), name="volunteer_place"),
            models.Index(F("community"), F("state"), name="volunteer_community"),
            models.Index(fields=["phone_hash"], condition=~Q(phone_hash=None), name="volunteer_phone"),
            GinIndex(fields=["search"], name="volunteer_search"),
            GinIndex(fields=["skills"], name="volunteer_skills"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def birth_date(self) -> date | None:
        """The day of birth, where it was said."""
        return date.fromisoformat(self.born) if self.born else None


class TeamMembership(models.Model):
    """That a volunteer asked for a team, belongs to it, or left it. `lead` may take others in, and speaks for it."""

    id = models.BigAutoField(primary_key=True)
    team = models.ForeignKey("organizations.Organization", on_delete=models.PROTECT, related_name="volunteers")
    volunteer = models.ForeignKey(Volunteer, on_delete=models.PROTECT, related_name="teams")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=MEMBERSHIPS, default="asked")
    lead = models.BooleanField(default=False)
    asked_on = models.DateField()
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("volunteering", "team membership")
        constraints = [
            models.UniqueConstraint(
                fields=["team", "volunteer"], condition=Q(state__in=("asked", "member")), name="team_membership_once"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")), name="team_membership_span"
            ),
            models.CheckConstraint(condition=Q(lead=False) | Q(state="member"), name="team_membership_lead"),
        ]
        indexes = [models.Index(F("team"), F("state"), F("id").desc(), name="team_membership_team")]

    def __str__(self) -> str:
        return f"{self.team_id} {self.volunteer_id}"
