"""The table of works at venues, made from its model."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import linli.core.tables


class Migration(migrations.Migration):
    dependencies = [
        ("territory", "0001_tables"),
        ("venues", "0002_guards"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="VenueWork",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "better",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=64), default=list, size=None
                            ),
                        ),
                        ("text", models.CharField(blank=True, max_length=160)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "planned"),
                                    ("under_way", "under way"),
                                    ("finished", "finished"),
                                    ("dropped", "dropped"),
                                ],
                                default="planned",
                                max_length=12,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("first", models.DateField()),
                        ("last", models.DateField()),
                        ("begun", models.DateField(null=True)),
                        ("ended", models.DateField(null=True)),
                        ("service_before", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                        ("office_before", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                        ("idle_before", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                        ("service_after", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                        ("office_after", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                        ("idle_after", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "closure",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="works",
                                to="venues.closure",
                            ),
                        ),
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="works",
                                to="territory.facility",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "works at a venue",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("last__gte", models.F("first"))), name="venue_work_span"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "dropped"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="venue_work_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "under_way"), _negated=True),
                                    models.Q(("begun__isnull", False), ("ended", None)),
                                    _connector="OR",
                                ),
                                name="venue_work_begun",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "finished"), _negated=True),
                                    models.Q(("begun__isnull", False), ("ended__gte", models.F("begun"))),
                                    _connector="OR",
                                ),
                                name="venue_work_ended",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
