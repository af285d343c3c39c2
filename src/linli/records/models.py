"""What the spine itself stores: profile versions, import batches and where each record came from."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProfileVersion(models.Model):
    """One applied profile: immutable and dated; running matters keep the version they began with."""

    content = models.JSONField()
    digest = models.CharField(max_length=64)
    applied = models.DateTimeField()
    actor = models.CharField(max_length=64)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("profile version")

    def __str__(self) -> str:
        return f"{self.pk} {self.applied:%Y-%m-%d}"


class Upload(models.Model):
    """Files handed in together: previewed, drawn up a map for, then imported by the worker.

    The files lie in a folder of their own until they are imported. `checked` keeps what a run over every row
    without writing has found.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        CHECKING = "checking", _("being checked")
        RUNNING = "running", _("running")
        DONE = "done", pgettext_lazy("import", "done")
        FAILED = "failed", _("failed")

    actor = models.CharField(max_length=64)
    label = models.CharField(max_length=120, blank=True)
    created = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    as_of = models.DateField()
    files = ArrayField(models.CharField(max_length=200), default=list)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    fault = models.TextField(blank=True)
    checked = models.JSONField(default=list)

    class Meta:
        verbose_name = _("upload")

    def __str__(self) -> str:
        return "、".join(self.files)


class Batch(models.Model):
    """One import of one file: what it held, what became of it, and whether it was taken back."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", pgettext_lazy("import", "done")
        FAILED = "failed", _("failed")
        TAKEN_BACK = "taken_back", _("taken back")

    upload = models.ForeignKey(Upload, on_delete=models.SET_NULL, null=True, related_name="batches")
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    actor = models.CharField(max_length=64)
    started = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.RUNNING)
    as_of = models.DateField()
    record_types = ArrayField(models.CharField(max_length=48), default=list)
    maps = ArrayField(models.CharField(max_length=80), default=list)
    rows = models.PositiveIntegerField(default=0)
    done_rows = models.PositiveIntegerField(default=0)
    created = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    unchanged = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("import")

    def __str__(self) -> str:
        return self.file


class Origin(models.Model):
    """Where a record came from: the map, file, sheet and row, with a hash of the row's content.

    `row_key` finds the record again on the next import; `content` tells whether the row changed;
    `before` keeps what an import overwrote, so that it can be taken back.
    """

    id = models.BigAutoField(primary_key=True)
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="origins")
    record_type = models.CharField(max_length=48)
    record_id = models.BigIntegerField()
    map = models.CharField(max_length=80)
    row_key = models.BinaryField(max_length=16)
    content = models.BinaryField(max_length=16)
    sheet = models.CharField(max_length=80)
    row = models.PositiveIntegerField()
    before = models.JSONField(null=True)
    entry = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["map", "record_type", "row_key"], name="origin_once"),
        ]
        indexes = [models.Index(fields=["record_type", "record_id"], name="origin_record")]

    def __str__(self) -> str:
        return f"{self.sheet}:{self.row}"


class FigureDefinition(models.Model):
    """A figure that an administrator added in the browser; those of the profile live in the profile."""

    code = models.CharField(max_length=80, unique=True)
    definition = models.JSONField()
    actor = models.CharField(max_length=64)
    changed = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("figure")

    def __str__(self) -> str:
        return self.code
