"""What one person did as a volunteer: recorded by whoever organised it, attested once, corrected with a trace."""

from decimal import Decimal
from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Cast
from django.utils.translation import pgettext_lazy

from linli.activities.workflow import ASKED, SERVICE_STATES
from linli.core.fields import EncryptedTextField
from linli.core.owned import Owned

# As ledgers write them.
HOURS: Final = models.DecimalField(max_digits=8, decimal_places=2)


class ServiceRecord(models.Model):
    """One person's service at one time (志愿服务记录与证明出具办法, Art. 7 and 11).

    `minutes` is the time actually served. `source_type` and `source_id` say what it comes from: an activity, an order,
    or a ledger, then with its `number`. `organization` recorded it, `responsible` answered for the work there. What is
    attested never changes: a correction is a new record that names the one which it `corrects`. `reason` says why
    it was not attested or was corrected.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=40, blank=True)
    person = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, related_name="service_records")
    source_type = models.CharField(max_length=24)
    source_id = models.BigIntegerField(null=True)
    day = models.DateField()
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="service_records")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="service_records"
    )
    name = models.CharField(max_length=160)
    content = models.CharField(max_length=300, blank=True)
    responsible = models.CharField(max_length=60, blank=True)
    minutes = models.PositiveIntegerField()
    hours = models.GeneratedField(
        expression=Cast(F("minutes"), HOURS) / Value(Decimal(60), HOURS), output_field=HOURS, db_persist=True
    )
    state = models.CharField(max_length=12, choices=SERVICE_STATES)
    attested_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="service_attested"
    )
    attested = models.DateTimeField(null=True)
    corrects = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="corrected_by")
    reason = models.CharField(max_length=300, blank=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    owned: ClassVar = (Owned("person", "number day content place__name minutes hours state attested reason"),)

    class Meta:
        verbose_name = pgettext_lazy("volunteer", "service record")
        constraints = [
            models.UniqueConstraint(
                fields=["source_type", "source_id", "person"],
                condition=~Q(source_id=None) & Q(corrects=None),
                name="service_record_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="attested") | ~Q(attested=None) | Q(source_type="ledger"),
                name="service_record_attested",
            ),
        ]
        indexes = [
            models.Index(F("person"), F("day").desc(), F("id").desc(), name="service_record_person_day"),
            models.Index(F("place"), F("day"), name="service_record_place_day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class CorrectionAsk(models.Model):
    """That a volunteer asked for a correction of a record (Art. 13): to how many minutes, why, and the answer."""

    id = models.BigAutoField(primary_key=True)
    record = models.ForeignKey(ServiceRecord, on_delete=models.PROTECT, related_name="asks")
    minutes = models.PositiveIntegerField()
    reason = EncryptedTextField()
    asked = models.DateTimeField()
    state = models.CharField(max_length=8, choices=ASKED)
    answer = models.CharField(max_length=300, blank=True)
    answered = models.DateTimeField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("volunteer", "correction asked for")
        constraints = [
            models.UniqueConstraint(fields=["record"], condition=Q(state="open"), name="correction_ask_once")
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.state}"
