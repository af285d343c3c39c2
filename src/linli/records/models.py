"""What the spine itself stores: profile versions, import batches, where each record came from, and sums of figures."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
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


class SumSeries(models.Model):
    """The sums of one leaf of a figure: they are there, for all days and places, as soon as this row is."""

    key = models.BinaryField(max_length=16, unique=True)
    record_type = models.CharField(max_length=48)
    words = models.TextField()

    class Meta:
        verbose_name = _("kept sums")

    def __str__(self) -> str:
        return self.words


class SumCell(models.Model):
    """What a leaf comes to on a day at a unit, or in a month (by its first day), which is the sum of its days.

    `rows` counts all rows, `measured` those with a value, `total` adds the values up. A unit is a community, or a
    place that lies in none. `days` is how many each row took, where rows are told by that, else 0.
    """

    pk = models.CompositePrimaryKey("series_id", "monthly", "day", "unit", "days")
    series = models.ForeignKey(
        SumSeries, on_delete=models.CASCADE, related_name="cells", db_index=False, db_constraint=False
    )
    monthly = models.BooleanField()
    day = models.DateField()
    unit = models.BigIntegerField()
    days = models.IntegerField(default=0)
    rows = models.IntegerField()
    measured = models.IntegerField()
    total = models.BigIntegerField()

    class Meta:
        verbose_name = _("kept sum")

    def __str__(self) -> str:
        return f"{self.series_id} {self.day} {self.unit}"


class SumTouch(models.Model):
    """That rows of a type on a day at a place were written since the sums were brought up to date. Triggers write it.

    The place is the row's own: to which unit it belongs is told when it is read.
    """

    id = models.BigAutoField(primary_key=True)
    record_type = models.CharField(max_length=48)
    day = models.DateField()
    place_id = models.BigIntegerField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("rows not in the sums yet")
        indexes = [models.Index(fields=["record_type", "day"], name="sum_touch_day")]

    def __str__(self) -> str:
        return f"{self.record_type} {self.day} {self.place_id}"
