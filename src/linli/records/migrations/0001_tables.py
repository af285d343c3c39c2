"""The tables of this app, made from its models."""

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

import linli.core.tables


class Migration(migrations.Migration):
    replaces = [
        ("records", "0001_initial"),
        ("records", "0002_upload"),
        ("records", "0003_figure_sums"),
        ("records", "0004_sums_by_days"),
    ]

    initial = True

    dependencies = []

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="FigureDefinition",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=80, unique=True)),
                        ("definition", models.JSONField()),
                        ("actor", models.CharField(max_length=64)),
                        ("changed", models.DateTimeField()),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "figure",
                    },
                ),
                migrations.CreateModel(
                    name="ProfileVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("content", models.JSONField()),
                        ("digest", models.CharField(max_length=64)),
                        ("applied", models.DateTimeField()),
                        ("actor", models.CharField(max_length=64)),
                        ("note", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "verbose_name": "profile version",
                    },
                ),
                migrations.CreateModel(
                    name="SumSeries",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.BinaryField(max_length=16, unique=True)),
                        ("record_type", models.CharField(max_length=48)),
                        ("words", models.TextField()),
                    ],
                    options={
                        "verbose_name": "kept sums",
                    },
                ),
                migrations.CreateModel(
                    name="Upload",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("actor", models.CharField(max_length=64)),
                        ("label", models.CharField(blank=True, max_length=120)),
                        ("created", models.DateTimeField()),
                        ("finished", models.DateTimeField(null=True)),
                        ("as_of", models.DateField()),
                        (
                            "files",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=200), default=list, size=None
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("checking", "being checked"),
                                    ("running", "running"),
                                    ("done", "done"),
                                    ("failed", "failed"),
                                ],
                                default="waiting",
                                max_length=12,
                            ),
                        ),
                        ("fault", models.TextField(blank=True)),
                        ("checked", models.JSONField(default=list)),
                    ],
                    options={
                        "verbose_name": "upload",
                    },
                ),
                migrations.CreateModel(
                    name="SumCell",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "series_id",
                                "monthly",
                                "day",
                                "unit",
                                "days",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("monthly", models.BooleanField()),
                        ("day", models.DateField()),
                        ("unit", models.BigIntegerField()),
                        ("days", models.IntegerField(default=0)),
                        ("rows", models.IntegerField()),
                        ("measured", models.IntegerField()),
                        ("total", models.BigIntegerField()),
                        (
                            "series",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="cells",
                                to="records.sumseries",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "kept sum",
                    },
                ),
                migrations.CreateModel(
                    name="SumTouch",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("record_type", models.CharField(max_length=48)),
                        ("day", models.DateField()),
                        ("place_id", models.BigIntegerField()),
                        ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ],
                    options={
                        "verbose_name": "rows not in the sums yet",
                        "indexes": [models.Index(fields=["record_type", "day"], name="sum_touch_day")],
                    },
                ),
                migrations.CreateModel(
                    name="Batch",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("file", models.CharField(max_length=200)),
                        ("sha256", models.CharField(max_length=64)),
                        ("actor", models.CharField(max_length=64)),
                        ("started", models.DateTimeField()),
                        ("finished", models.DateTimeField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting"),
                                    ("running", "running"),
                                    ("done", "done"),
                                    ("failed", "failed"),
                                    ("taken_back", "taken back"),
                                ],
                                default="running",
                                max_length=12,
                            ),
                        ),
                        ("as_of", models.DateField()),
                        (
                            "record_types",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=48), default=list, size=None
                            ),
                        ),
                        (
                            "maps",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=80), default=list, size=None
                            ),
                        ),
                        ("rows", models.PositiveIntegerField(default=0)),
                        ("done_rows", models.PositiveIntegerField(default=0)),
                        ("created", models.PositiveIntegerField(default=0)),
                        ("updated", models.PositiveIntegerField(default=0)),
                        ("unchanged", models.PositiveIntegerField(default=0)),
                        ("report", models.JSONField(default=dict)),
                        (
                            "upload",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="batches",
                                to="records.upload",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "import",
                    },
                ),
                migrations.CreateModel(
                    name="Origin",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("record_type", models.CharField(max_length=48)),
                        ("record_id", models.BigIntegerField()),
                        ("map", models.CharField(max_length=80)),
                        ("row_key", models.BinaryField(max_length=16)),
                        ("content", models.BinaryField(max_length=16)),
                        ("sheet", models.CharField(max_length=80)),
                        ("row", models.PositiveIntegerField()),
                        ("before", models.JSONField(null=True)),
                        ("entry", models.BigIntegerField(null=True)),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="origins", to="records.batch"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [models.Index(fields=["record_type", "record_id"], name="origin_record")],
                        "constraints": [
                            models.UniqueConstraint(fields=("map", "record_type", "row_key"), name="origin_once")
                        ],
                    },
                ),
            ],
        ),
    ]
