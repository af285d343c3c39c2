"""Contracts of management, and who manages each compound in which mode from when to when.

That a compound has one mode at a time, and so no two contracts, the database itself holds.
"""

from typing import Final

from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import pgettext_lazy

from linli.property.workflow import CONTRACT, MODELS, MODES

KEY: Final = 64
LABEL: Final = 160


class Contract(models.Model):
    """A contract of management (PRP-02, PRP-03): who manages, in which model, from the first to the last day.

    It covers the compounds of its `managements`. `last` is the last day as agreed, `ended` the last day if it ended
    early, for the `reason`. `phone` is that of the company's office, as the contract names it for residents.
    `place` is the smallest division that holds all its compounds.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=64, blank=True)
    model = models.CharField(max_length=24, choices=MODELS)
    company = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="property_contracts"
    )
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="property_contracts")
    phone = models.CharField(max_length=24, blank=True)
    since = models.DateField()
    last = models.DateField(null=True)
    ended = models.DateField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=12, choices=CONTRACT.choices, default=CONTRACT.start)
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("property", "property contract")
        constraints = [
            models.CheckConstraint(condition=Q(last=None) | Q(last__gte=F("since")), name="contract_span"),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") & Q(ended=None) | ~Q(reason=""), name="contract_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["number"], condition=~Q(number=""), name="contract_number"),
            models.Index(fields=["last"], condition=Q(state="active"), name="contract_active"),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.since} {self.model}"


class Management(models.Model):
    """How one compound is managed from a day to a day: by a contract, or without one as somebody said.

    What is said without a contract holds until something else begins. `manager` is the body that manages, `unit` its
    name where it is on no roster. `void` is what never came about. `until` is the first day on which it
    no longer holds.
    """

    id = models.BigAutoField(primary_key=True)
    compound = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="managements")
    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, null=True, related_name="managements")
    mode = models.CharField(max_length=24, choices=MODES)
    manager = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="managements"
    )
    unit = models.CharField(max_length=LABEL, blank=True)
    buildings = models.PositiveIntegerField(null=True)
    since = models.DateField()
    last = models.DateField(null=True)
    until = models.GeneratedField(
        expression=Func(F("last"), template="(%(expressions)s + 1)", output_field=models.DateField()),
        output_field=models.DateField(),
        db_persist=True,
    )
    void = models.BooleanField(default=False)
    said = models.DateTimeField()
    said_by = models.CharField(max_length=KEY)
    author = models.CharField(max_length=LABEL, blank=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("property", "management of a compound")
        constraints = [
            models.CheckConstraint(
                condition=Q(void=True) | Q(last=None) | Q(last__gte=F("since")), name="management_span"
            ),
        ]
        indexes = [models.Index(fields=["compound", "since"], name="management_compound")]

    def __str__(self) -> str:
        return f"{self.compound_id} {self.since} {self.mode}"
