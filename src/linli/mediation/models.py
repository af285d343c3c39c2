"""Mediations with their parties, sessions, agreements and what was agreed. What people say in them is encrypted."""

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.core.fields import EncryptedTextField
from linli.mediation.workflow import CONFIRMATIONS, FORMS, MEDIATION, REFERRED, RUNNING, SETTLED, SOURCES

KEY: Final = 64


class Mediation(models.Model):
    """A dispute that a people's mediation committee mediates. `settled` is None until it has ended.

    `mediators` are posts, so that who takes one over also takes over its mediations. One from a ledger has none,
    and no parties.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="mediations")
    number = models.CharField(max_length=64)
    kind = models.CharField(max_length=64)
    studio = models.CharField(max_length=64, blank=True)
    source = models.CharField(max_length=12, choices=SOURCES, default="party")
    case = models.ForeignKey("cases.Case", on_delete=models.PROTECT, null=True, related_name="mediations")
    committee = models.CharField(max_length=80, blank=True)
    facts = EncryptedTextField()
    mediators = models.ManyToManyField("organizations.Post", related_name="mediations")
    state = models.CharField(max_length=12, choices=MEDIATION.choices, default=MEDIATION.start)
    reason = EncryptedTextField()
    referred = models.CharField(max_length=12, choices=REFERRED, blank=True)
    referred_to = models.CharField(max_length=80, blank=True)
    received_on = models.DateField()
    accepted_on = models.DateField(null=True)
    due = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    settled = models.BooleanField(null=True)
    visited_on = models.DateField(null=True)
    visit = EncryptedTextField()
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("mediation", "mediation")
        constraints = [
            models.UniqueConstraint(fields=["place", "number"], name="mediation_number"),
            models.UniqueConstraint(fields=["case"], condition=Q(state__in=RUNNING), name="mediation_case_once"),
            models.CheckConstraint(
                condition=~Q(state__in=SETTLED) | Q(settled=True, ended_on__isnull=False), name="mediation_settled"
            ),
            models.CheckConstraint(
                condition=~Q(state="not_agreed") | Q(settled=False, ended_on__isnull=False), name="mediation_failed"
            ),
        ]
        indexes = [
            models.Index(fields=["place", "-received_on", "-id"], name="mediation_place"),
            models.Index(fields=["-received_on", "-id"], name="mediation_received"),
        ]

    def __str__(self) -> str:
        return self.number


class Party(models.Model):
    """One who is in the dispute: name and phone encrypted. Without the consent of all there are no sessions."""

    id = models.BigAutoField(primary_key=True)
    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="parties")
    position = models.PositiveSmallIntegerField()
    name = EncryptedTextField()
    phone = EncryptedTextField()
    phone_hash = models.BinaryField(max_length=32, null=True)
    user_id = models.BigIntegerField(null=True)
    consented = models.BooleanField(null=True)
    consented_on = models.DateField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("mediation", "party")
        constraints = [
            models.UniqueConstraint(fields=["mediation", "position"], name="party_position"),
            models.CheckConstraint(
                condition=Q(consented=None, consented_on=None) | Q(consented__isnull=False, consented_on__isnull=False),
                name="party_consent",
            ),
        ]
        indexes = [models.Index(fields=["user_id"], condition=~Q(user_id=None), name="party_user")]

    def __str__(self) -> str:
        return f"{self.mediation_id} {self.position}"


class MediationSession(models.Model):
    """A session: fixed first, recorded once it was held; in a studio, where one was chosen (SVC-11)."""

    id = models.BigAutoField(primary_key=True)
    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="sessions")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    starts = models.TimeField(null=True)
    venue = models.CharField(max_length=80, blank=True)
    studio = models.ForeignKey("territory.Facility", on_delete=models.PROTECT, null=True, related_name="sessions")
    held = models.BooleanField(default=False)
    came = models.ManyToManyField(Party, related_name="sessions")
    parties_came = models.PositiveSmallIntegerField(null=True)
    record = EncryptedTextField()
    extra = models.JSONField(default=dict)

    class Meta:
        verbose_name = pgettext_lazy("mediation", "session")
        indexes = [models.Index(fields=["place", "on"], name="mediation_session_place")]

    def __str__(self) -> str:
        return f"{self.mediation_id} {self.on}"


class MediationAgreement(models.Model):
    """What the parties agreed. A written one is in effect once signed and stamped, an oral one when reached.

    One that was not fulfilled is `dropped` when the mediation is opened again.
    """

    id = models.BigAutoField(primary_key=True)
    mediation = models.ForeignKey(Mediation, on_delete=models.PROTECT, related_name="agreements")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    form = models.CharField(max_length=8, choices=FORMS, default="written")
    reached_on = models.DateField()
    effective_on = models.DateField(null=True)
    liability = EncryptedTextField()
    content = EncryptedTextField()
    amount_fen = models.BigIntegerField(default=0)
    confirmation = models.CharField(max_length=12, choices=CONFIRMATIONS, default="open")
    confirm_by = models.DateField(null=True)
    applied_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    fulfilled_on = models.DateField(null=True)
    in_time = models.BooleanField(null=True)
    dropped = models.BooleanField(default=False)
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)

    class Meta:
        verbose_name = pgettext_lazy("mediation", "agreement")
        constraints = [
            models.UniqueConstraint(fields=["mediation"], condition=Q(dropped=False), name="mediation_agreement_once"),
            models.CheckConstraint(
                condition=Q(effective_on=None) | Q(effective_on__gte=F("reached_on")), name="mediation_agreement_effect"
            ),
        ]
        indexes = [models.Index(fields=["place", "reached_on"], name="mediation_agreement_place")]

    def __str__(self) -> str:
        return f"{self.mediation_id} {self.reached_on}"


class AgreementItem(models.Model):
    """What one party owes by a day: a sum, or something to do."""

    id = models.BigAutoField(primary_key=True)
    agreement = models.ForeignKey(MediationAgreement, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="items")
    amount_fen = models.BigIntegerField(null=True)
    act = EncryptedTextField()
    due = models.DateField()
    fulfilled_on = models.DateField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("mediation", "item")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "position"], name="agreement_item_position"),
            models.CheckConstraint(condition=Q(amount_fen=None) | Q(amount_fen__gt=0), name="agreement_item_sum"),
            models.CheckConstraint(
                condition=Q(amount_fen__isnull=False) | Q(act__isnull=False), name="agreement_item_what"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.agreement_id} {self.position}"
