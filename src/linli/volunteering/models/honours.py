"""Honours of volunteers, projects and teams, and the objections that the public raised before they were awarded."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.core.fields import EncryptedTextField
from linli.core.owned import Owned
from linli.volunteering.workflow import HONOURS, RECIPIENTS

KEY: Final = 64


class Honour(models.Model):
    """An honour on its way or awarded (ASM-07). One from a ledger was awarded, and nobody's account stands behind it.

    `name` is the recipient's; people's is shown to the public in full only if they `consented`. `star` is the level of
    one conferred by attested hours, which were `minutes` at nomination. `document` is what announced the award.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=64)
    recipient = models.CharField(max_length=12, choices=RECIPIENTS)
    name = models.CharField(max_length=160)
    consented = models.BooleanField(default=False)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="honours")
    person = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, null=True, related_name="honours")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="honours"
    )
    project = models.ForeignKey(
        "volunteering.ServiceProject", on_delete=models.PROTECT, null=True, related_name="honours"
    )
    ground = models.CharField(max_length=1000, blank=True)
    star = models.CharField(max_length=24, blank=True)
    minutes = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=12, choices=HONOURS.choices, default=HONOURS.start)
    reason = EncryptedTextField()
    nominated_on = models.DateField(null=True)
    nominated_by = models.CharField(max_length=KEY, blank=True)
    reviewed_by = models.CharField(max_length=KEY, blank=True)
    notice_from = models.DateField(null=True)
    notice_until = models.DateField(null=True)
    awarded_on = models.DateField(null=True)
    awarded_by = models.CharField(max_length=160, blank=True)
    document = models.CharField(max_length=160, blank=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    owned: ClassVar = (Owned("person", "kind name ground state nominated_on awarded_on reason"),)

    class Meta:
        verbose_name = pgettext_lazy("honour", "honour")
        constraints = [
            models.CheckConstraint(condition=~Q(state="awarded") | ~Q(awarded_on=None), name="honour_awarded"),
            models.CheckConstraint(
                condition=Q(notice_from=None, notice_until=None) | Q(notice_until__gt=F("notice_from")),
                name="honour_notice",
            ),
        ]
        indexes = [
            models.Index(fields=["place", "-id"], name="honour_place"),
            models.Index(fields=["state", "-id"], name="honour_state"),
            models.Index(fields=["person"], condition=~Q(person=None), name="honour_person"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class HonourObjection(models.Model):
    """What somebody said against an honour during its public notice. Who said it is asked for only to answer them."""

    id = models.BigAutoField(primary_key=True)
    honour = models.ForeignKey(Honour, on_delete=models.PROTECT, related_name="objections")
    text = EncryptedTextField()
    contact = EncryptedTextField()
    received = models.DateTimeField()
    upheld = models.BooleanField(null=True)
    answer = EncryptedTextField()
    answered = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=KEY, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("honour", "objection")
        constraints = [
            models.CheckConstraint(
                condition=Q(upheld=None, answered=None) | Q(upheld__isnull=False, answered__isnull=False),
                name="honour_objection_answered",
            )
        ]
        indexes = [models.Index(fields=["honour"], name="honour_objection_honour")]

    def __str__(self) -> str:
        return f"{self.honour_id} {self.pk}"
