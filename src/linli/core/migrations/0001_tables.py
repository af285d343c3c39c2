"""The tables of this app, made from its models."""

import django.contrib.postgres.indexes
from django.db import migrations, models

import linli.core.tables


class Migration(migrations.Migration):
    replaces = [
        ("core", "0001_initial"),
        ("core", "0002_procrastinate_without_notify"),
        ("core", "0003_seal_ranges"),
        ("core", "0004_work_item_colour"),
        ("core", "0005_keys_with_their_answer"),
    ]

    initial = True

    dependencies = []

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="FileRow",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("sha256", models.CharField(max_length=64, unique=True)),
                        ("name", models.CharField(max_length=200)),
                        ("media_type", models.CharField(max_length=100)),
                        ("size", models.PositiveBigIntegerField()),
                        ("stored", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "file",
                    },
                ),
                migrations.CreateModel(
                    name="Seal",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("sealed_at", models.DateTimeField()),
                        ("first_entry", models.BigIntegerField()),
                        ("last_entry", models.BigIntegerField(unique=True)),
                        ("ranges", models.JSONField(default=list)),
                        ("entries", models.PositiveIntegerField()),
                        ("digest", models.BinaryField()),
                    ],
                    options={
                        "verbose_name": "journal seal",
                    },
                ),
                migrations.CreateModel(
                    name="CalendarDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField()),
                        ("place", models.CharField(blank=True, max_length=12)),
                        ("working", models.BooleanField()),
                        ("name", models.CharField(blank=True, max_length=60)),
                    ],
                    options={
                        "verbose_name": "calendar day",
                        "constraints": [models.UniqueConstraint(fields=("day", "place"), name="calendar_day_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("actor", models.CharField(max_length=64)),
                        ("post_id", models.BigIntegerField(null=True)),
                        ("operation", models.CharField(max_length=64)),
                        ("subject_type", models.CharField(blank=True, max_length=48)),
                        ("subject_id", models.BigIntegerField(null=True)),
                        ("place_id", models.BigIntegerField(null=True)),
                        ("facts", models.JSONField(default=dict)),
                        ("private", models.BinaryField(null=True)),
                        ("count", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "journal entry",
                        "indexes": [
                            models.Index(fields=["subject_type", "subject_id", "id"], name="entry_subject"),
                            django.contrib.postgres.indexes.BrinIndex(fields=["at"], name="entry_at"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IdempotencyKey",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=100)),
                        ("actor", models.CharField(max_length=64)),
                        ("input_hash", models.BinaryField()),
                        ("response", models.JSONField()),
                        ("created", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [models.UniqueConstraint(fields=("actor", "key"), name="idempotency_once")],
                    },
                ),
                migrations.CreateModel(
                    name="WorkItem",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("kind", models.CharField(max_length=48)),
                        ("subject_type", models.CharField(max_length=48)),
                        ("subject_id", models.BigIntegerField()),
                        ("title", models.CharField(max_length=200)),
                        ("place_id", models.BigIntegerField(null=True)),
                        ("post_id", models.BigIntegerField(null=True)),
                        ("organization_id", models.BigIntegerField(null=True)),
                        ("raised", models.DateTimeField()),
                        ("yellow_at", models.DateTimeField(null=True)),
                        ("due", models.DateTimeField(null=True)),
                        ("red_at", models.DateTimeField(null=True)),
                        ("level", models.PositiveSmallIntegerField(default=0)),
                        ("urgent", models.BooleanField(default=False)),
                        ("colour", models.CharField(blank=True, db_default="", default="", max_length=8)),
                        ("ended", models.DateTimeField(null=True)),
                    ],
                    options={
                        "verbose_name": "work item",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended", None)),
                                fields=["organization_id", "due", "id"],
                                name="work_item_organization",
                            ),
                            models.Index(
                                condition=models.Q(("ended", None)),
                                fields=["post_id", "due", "id"],
                                name="work_item_post",
                            ),
                            models.Index(fields=["subject_type", "subject_id"], name="work_item_subject"),
                            models.Index(
                                condition=models.Q(("ended", None)), fields=["due", "id"], name="work_item_due"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended", None)),
                                fields=("kind", "subject_type", "subject_id", "post_id", "organization_id"),
                                name="work_item_once",
                                nulls_distinct=False,
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
