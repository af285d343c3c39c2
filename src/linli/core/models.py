"""Tables that every domain relies on: journal, seals, work items, idempotency keys, calendar days."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _


class Entry(models.Model):
    """One journal entry. Appended by operations, never changed: the database itself refuses."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=64)
    post_id = models.BigIntegerField(null=True)
    operation = models.CharField(max_length=64)
    subject_type = models.CharField(max_length=48, blank=True)
    subject_id = models.BigIntegerField(null=True)
    place_id = models.BigIntegerField(null=True)
    facts = models.JSONField(default=dict)
    private = models.BinaryField(null=True)
    count = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("journal entry")
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "id"], name="entry_subject"),
            BrinIndex(fields=["at"], name="entry_at"),
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.operation}"


class Seal(models.Model):
    """A link of the hash chain: the entries of one batch, hashed together with the link before."""

    id = models.BigAutoField(primary_key=True)
    sealed_at = models.DateTimeField()
    first_entry = models.BigIntegerField()
    last_entry = models.BigIntegerField(unique=True)
    ranges = models.JSONField(default=list)
    entries = models.PositiveIntegerField()
    digest = models.BinaryField()

    class Meta:
        verbose_name = _("journal seal")

    def __str__(self) -> str:
        return f"{self.first_entry}-{self.last_entry}"


class WorkItem(models.Model):
    """What a post or a body owes by a date. The one list that home pages, clocks and alerts read."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=48)
    subject_type = models.CharField(max_length=48)
    subject_id = models.BigIntegerField()
    title = models.CharField(max_length=200)
    place_id = models.BigIntegerField(null=True)
    post_id = models.BigIntegerField(null=True)
    organization_id = models.BigIntegerField(null=True)
    raised = models.DateTimeField()
    yellow_at = models.DateTimeField(null=True)
    due = models.DateTimeField(null=True)
    red_at = models.DateTimeField(null=True)
    level = models.PositiveSmallIntegerField(default=0)
    urgent = models.BooleanField(default=False)
    colour = models.CharField(max_length=8, blank=True, default="", db_default="")
    ended = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("work item")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_type", "subject_id", "post_id", "organization_id"],
                condition=models.Q(ended=None),
                nulls_distinct=False,
                name="work_item_once",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organization_id", "due", "id"],
                condition=models.Q(ended=None),
                name="work_item_organization",
            ),
            models.Index(fields=["post_id", "due", "id"], condition=models.Q(ended=None), name="work_item_post"),
            models.Index(fields=["subject_type", "subject_id"], name="work_item_subject"),
            models.Index(fields=["due", "id"], condition=models.Q(ended=None), name="work_item_due"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_type} {self.subject_id}"


class IdempotencyKey(models.Model):
    """What a client's key did the first time, so that asking again does nothing twice."""

    key = models.CharField(max_length=100)
    actor = models.CharField(max_length=64)
    input_hash = models.BinaryField()
    response = models.JSONField()
    created = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="idempotency_once")]

    def __str__(self) -> str:
        return self.key


class CalendarDay(models.Model):
    """A day whose work differs from its weekday: holidays and make-up days, everywhere or in one place."""

    day = models.DateField()
    place = models.CharField(max_length=12, blank=True)
    working = models.BooleanField()
    name = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("calendar day")
        constraints = [models.UniqueConstraint(fields=["day", "place"], name="calendar_day_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class FileRow(models.Model):
    """A stored file by its content; whoever refers to it decides who may open it."""

    sha256 = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    stored = models.DateTimeField()

    class Meta:
        verbose_name = _("file")

    def __str__(self) -> str:
        return self.name
