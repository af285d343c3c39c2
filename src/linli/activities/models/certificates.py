"""Certificates of service: what was attested, as it stood on the day of issue. They are issued, replaced and revoked,
never changed."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.core.fields import EncryptedTextField
from linli.core.owned import Owned

KEY = 64


class ServiceCertificate(models.Model):
    """A certificate of volunteer service (志愿服务记录与证明出具办法, Art. 14 to 17), free and true.

    `lines` hold what it says of each record: its id, day, name, content, recording unit and minutes. `name` is the
    volunteer's as it was. It lies at the `place` of its latest record, whose desk may revoke it. The check code on the
    paper is computed from all of this and is not kept. `asked` says how to issue it again: a period or chosen records.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=24, unique=True)
    person = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, related_name="service_certificates")
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="+")
    name = EncryptedTextField()
    since = models.DateField()
    until = models.DateField()
    minutes = models.PositiveIntegerField()
    units = ArrayField(models.CharField(max_length=160))
    record_ids = ArrayField(models.BigIntegerField())
    lines = models.JSONField()
    asked = models.JSONField(default=dict)
    issued = models.DateTimeField()
    issued_by = models.CharField(max_length=KEY)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")
    revoked = models.DateTimeField(null=True)
    revoked_by = models.CharField(max_length=KEY, blank=True)
    reason = EncryptedTextField()
    version = models.PositiveIntegerField(default=1)

    owned: ClassVar = (Owned("person", "number since until minutes units issued revoked reason"),)

    class Meta:
        verbose_name = pgettext_lazy("volunteer", "certificate")
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="service_certificate_period"),
            models.CheckConstraint(
                condition=Q(revoked=None) | (~Q(revoked_by="") & Q(reason__isnull=False)),
                name="service_certificate_revoked",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-id"], name="service_certificate_person"),
            models.Index(fields=["place", "-id"], name="service_certificate_place"),
        ]

    def __str__(self) -> str:
        return self.number
