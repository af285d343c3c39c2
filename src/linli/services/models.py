"""Matters that people come to an office for, requests, who acts as a proxy, and appointments. Who asks is encrypted."""

import re
from dataclasses import dataclass
from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import pgettext_lazy

from linli.core.fields import EncryptedTextField
from linli.core.owned import Owned
from linli.services.workflow import (
    APPOINTMENT_STATES,
    DOORS,
    ENDS,
    FORMS,
    HOWS,
    ITEM_STATES,
    OUTCOMES,
    PROXY_STATES,
    REQUEST,
    SLOT_STATES,
)

KEY: Final = 64
_SIGNS: Final = {"original": ("原件", "original"), "copy": ("复印件", "copy")}
_SIGNED: Final = re.compile(r"\s*[(（]\s*(原件|复印件|original|copy)\s*[)）]\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that is needed, and whether the original, a copy or either of them will do."""

    name: str
    form: str

    @property
    def form_named(self) -> str:
        """What the form is called."""
        return str(dict(FORMS)[self.form])


def papers_in(text: str) -> list[Paper]:
    """The papers that a list names, one a line or between semicolons: “户口簿（原件）；照片”."""
    found = []
    for part in re.split(r"[\n;；]+", text):
        sign = _SIGNED.search(part)
        name = (part[: sign.start()] if sign else part).strip()
        word = sign.group(1).lower() if sign else ""
        if name:
            found.append(Paper(name, next((form for form, words in _SIGNS.items() if word in words), "")))
    return found


class ServiceItem(models.Model):
    """A matter that people come to an office for (SVC-01): who may ask, what to bring, how long it takes.

    It holds for its place and all that lies in it. `organization` is the body whose back office handles it; where it
    names none, the desk that takes it does. `papers` are lines as `papers_in` reads them; `days` are working days.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="service_items")
    label = models.CharField(max_length=80)
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="service_items"
    )
    office = models.CharField(max_length=160, blank=True)
    conditions = models.CharField(max_length=500, blank=True)
    papers = models.CharField(max_length=1000, blank=True)
    days = models.PositiveIntegerField(null=True)
    fee = models.CharField(max_length=120, blank=True)
    where = models.CharField(max_length=160, blank=True)
    basis = models.CharField(max_length=300, blank=True)
    by_proxy = models.BooleanField(default=False)
    since = models.DateField(null=True)
    until = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=ITEM_STATES, default="draft")
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("service item", "service item")
        constraints = [
            models.UniqueConstraint(fields=["place", "label"], name="service_item_once"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")), name="service_item_span"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def needed(self) -> list[Paper]:
        """The papers that are needed."""
        return papers_in(self.papers)


class ServiceRequest(models.Model):
    """What somebody asks an office for, under one number (SVC-01).

    `place` is whose desk keeps it, `organization` the body that handles it. `seen` names the papers that were shown.
    `due` runs in working time from `taken`, and stands still while papers are waited for. What the resident says of
    it is `solved`, `satisfied` and `remark`; nobody who handled it can write them.
    """

    id = models.BigAutoField(primary_key=True)
    number = models.CharField(max_length=32, unique=True)
    code_hash = models.BinaryField(max_length=32)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="service_requests")
    item = models.ForeignKey(ServiceItem, on_delete=models.PROTECT, related_name="requests")
    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, null=True, related_name="service_requests"
    )
    door = models.CharField(max_length=8, choices=DOORS)
    name = EncryptedTextField()
    phone = EncryptedTextField()
    phone_hash = models.BinaryField(max_length=32, null=True)
    seen = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=REQUEST.choices, default=REQUEST.start)
    asked = models.DateTimeField()
    taken = models.DateTimeField(null=True)
    due = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    decided = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, choices=OUTCOMES, blank=True)
    result = EncryptedTextField()
    ended = models.DateTimeField(null=True)
    solved = models.BooleanField(null=True)
    satisfied = models.PositiveSmallIntegerField(null=True)
    remark = EncryptedTextField()
    rated = models.DateTimeField(null=True)
    forgotten = models.DateField(null=True)
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("service request", "service request")
        constraints = [
            models.CheckConstraint(
                condition=Q(satisfied=None) | Q(satisfied__range=(1, 5)), name="service_request_one_to_five"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "refused", "handed"]) | ~Q(outcome=""), name="service_request_outcome"
            ),
        ]
        indexes = [
            models.Index(fields=["place", "-id"], name="service_request_place"),
            models.Index(fields=["organization", "-id"], name="service_request_body"),
            models.Index(fields=["ended"], condition=Q(forgotten=None), name="service_request_ended"),
        ]

    def __str__(self) -> str:
        return self.number


class RequestStep(models.Model):
    """One step that a request went, or a word to the resident: what its page shows. It names nobody."""

    id = models.BigAutoField(primary_key=True)
    request = models.ForeignKey(ServiceRequest, on_delete=models.PROTECT, related_name="passed")
    at = models.DateTimeField()
    verb = models.CharField(max_length=16)
    state = models.CharField(max_length=12, choices=REQUEST.choices)
    words = EncryptedTextField()

    class Meta:
        verbose_name = pgettext_lazy("service request", "step")
        indexes = [models.Index(fields=["request", "id"], name="service_step_request")]

    def __str__(self) -> str:
        return f"{self.request_id} {self.verb}"


class Proxy(models.Model):
    """That a resident lets the community act for them in one matter, until a day (SVC-02).

    `agent` is who acts; none where it was only asked for. It ends with the matter, with the day after `until`, or
    when the resident takes it back; then nobody acts by it any more, and the copies of papers are deleted.
    """

    id = models.BigAutoField(primary_key=True)
    request = models.OneToOneField(ServiceRequest, on_delete=models.PROTECT, related_name="proxy")
    agent = models.ForeignKey("organizations.Person", on_delete=models.PROTECT, null=True, related_name="proxies")
    how = models.CharField(max_length=8, choices=HOWS)
    until = models.DateField()
    state = models.CharField(max_length=8, choices=PROXY_STATES, default="asked")
    given_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    why = models.CharField(max_length=12, choices=ENDS, blank=True)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    owned: ClassVar = (Owned("agent", "request__number how until state given_on"),)

    class Meta:
        verbose_name = pgettext_lazy("proxy", "proxy")
        constraints = [
            models.CheckConstraint(condition=~Q(state="given") | ~Q(agent=None), name="proxy_has_agent"),
            models.CheckConstraint(
                condition=Q(state="ended", ended_on__isnull=False) | ~Q(state="ended") & Q(ended_on=None),
                name="proxy_ended_on",
            ),
        ]
        indexes = [models.Index(fields=["until"], condition=~Q(state="ended"), name="proxy_until")]

    def __str__(self) -> str:
        return str(self.request_id)


class ProxyCopy(models.Model):
    """A copy of a paper, kept while a proxy needs it. Deleted, its row stays without the file."""

    id = models.BigAutoField(primary_key=True)
    proxy = models.ForeignKey(Proxy, on_delete=models.PROTECT, related_name="copies")
    name = models.CharField(max_length=80)
    file = models.ForeignKey("core.FileRow", on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    deleted_on = models.DateField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("proxy", "copy of a paper")
        constraints = [
            models.CheckConstraint(
                condition=Q(file=None, deleted_on__isnull=False) | Q(file__isnull=False, deleted_on=None),
                name="proxy_copy_deleted",
            )
        ]

    def __str__(self) -> str:
        return self.name


class AppointmentSlot(models.Model):
    """A time for which so many people can book: the desk, a legal adviser, a free clinic (SVC-07, SVC-09).

    That no more book than `capacity`, the database itself holds. `came` is how many came: a number, no names.
    """

    id = models.BigAutoField(primary_key=True)
    place = models.ForeignKey("territory.Place", on_delete=models.PROTECT, related_name="appointment_slots")
    kind = models.CharField(max_length=64)
    where = models.CharField(max_length=160, blank=True)
    starts = models.DateTimeField()
    ends = models.DateTimeField()
    capacity = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=SLOT_STATES, default="open")
    reason = models.CharField(max_length=200, blank=True)
    came = models.PositiveIntegerField(null=True)
    recorded = models.DateTimeField()
    recorder = models.CharField(max_length=KEY)
    extra = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = pgettext_lazy("appointment", "time for appointments")
        constraints = [
            models.UniqueConstraint(
                fields=["place", "kind", "starts"], condition=Q(state="open"), name="appointment_slot_once"
            ),
            models.CheckConstraint(condition=Q(ends__gt=F("starts")), name="appointment_slot_span"),
            models.CheckConstraint(condition=Q(capacity__gt=0), name="appointment_slot_capacity"),
            models.CheckConstraint(condition=Q(state="open") | ~Q(reason=""), name="appointment_slot_reason"),
        ]
        indexes = [models.Index(fields=["place", "starts"], name="appointment_slot_place")]

    def __str__(self) -> str:
        return f"{self.kind} {self.starts:%Y-%m-%d %H:%M}"


class Appointment(models.Model):
    """That somebody comes at a time. What for is not asked; the name and phone go some days after it."""

    id = models.BigAutoField(primary_key=True)
    slot = models.ForeignKey(AppointmentSlot, on_delete=models.PROTECT, related_name="appointments")
    name = EncryptedTextField()
    phone = EncryptedTextField()
    phone_hash = models.BinaryField(max_length=32, null=True)
    state = models.CharField(max_length=12, choices=APPOINTMENT_STATES, default="booked")
    booked = models.DateTimeField()
    cancelled = models.DateTimeField(null=True)
    forgotten = models.DateField(null=True)

    class Meta:
        verbose_name = pgettext_lazy("appointment", "appointment")
        constraints = [
            models.UniqueConstraint(fields=["slot", "phone_hash"], condition=Q(state="booked"), name="appointment_once")
        ]
        indexes = [models.Index(fields=["slot", "state"], name="appointment_slot_state")]

    def __str__(self) -> str:
        return str(self.slot_id)
