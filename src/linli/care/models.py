"""Who agreed to which kinds of help, and each time that help was given. Nothing says why somebody needs it."""

from typing import ClassVar, Final

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.care.workflow import AGREED_BY, AGREEMENT, GIVING, GROUPS, MEANS, MODES
from linli.core.fields import EncryptedTextField
from linli.core.owned import Owned

KEY: Final = 64
NUMBER: Final = 32


class CareClient(models.Model):
    """Somebody who is cared for (SVC-03, SVC-04): the kinds of help agreed to, by whom, when and by what means.

    Who came from a ledger is known by number alone, until they agree. A child is cared for with the word of its
    guardian, who is named. Whoever asked by account is reached at `contact`. When it ends, the names and the account
    go; the number stays, so that persons are counted once.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=NUMBER, blank=True)
    group = models.CharField(max_length=8, choices=GROUPS)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="care_clients")
    name = EncryptedTextField()
    guardian = EncryptedTextField()
    contact = EncryptedTextField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    helps = models.JSONField(default=list)
    agreed_on = models.DateField(null=True)
    agreed_by = models.CharField(max_length=8, choices=AGREED_BY, blank=True)
    means = models.CharField(max_length=12, choices=MEANS, blank=True)
    state = models.CharField(max_length=8, choices=AGREEMENT.choices, default=AGREEMENT.start)
    since = models.DateField()
    until = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    owned: ClassVar = (Owned("user", "place__name name guardian contact helps agreed_on"),)

    class Meta:
        verbose_name = pgettext_lazy("care", "person cared for")
        constraints = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="care_client_number"),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(agreed_on__isnull=False, name__isnull=False), name="care_client_agreed"
            ),
            models.CheckConstraint(
                condition=~Q(state="active", group="child") | Q(guardian__isnull=False, agreed_by="guardian"),
                name="care_client_guardian",
            ),
            models.CheckConstraint(
                condition=Q(state="active")
                | Q(name__isnull=True, guardian__isnull=True, contact__isnull=True, user__isnull=True),
                name="care_client_nameless",
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="care_client_span"),
        ]
        indexes = [models.Index(fields=["place", "-id"], name="care_client_place")]

    def __str__(self) -> str:
        return self.number or f"№{self.pk}"


class CareService(models.Model):
    """One time of help: asked for and then given, or given straight away. `provider` is the body that gives it.

    Details of what was done stay with whoever did it; here stand the kind, the day and where.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=NUMBER, blank=True)
    client = models.ForeignKey(CareClient, on_delete=models.PROTECT, related_name="services")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="care_services")
    kind = models.CharField(max_length=64)
    mode = models.CharField(max_length=8, choices=MODES)
    on = models.DateField()
    provider = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="care_services"
    )
    state = models.CharField(max_length=12, choices=GIVING.choices, default="done")
    reason = models.CharField(max_length=200, blank=True)
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("care", "service of care")
        indexes = [
            models.Index(fields=["client", "-on", "-id"], name="care_service_client"),
            models.Index(fields=["place", "-on", "-id"], name="care_service_place"),
            models.Index(fields=["provider", "-on", "-id"], name="care_service_provider"),
            models.Index(fields=["number"], condition=~Q(number=""), name="care_service_number"),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.on} {self.kind}"
