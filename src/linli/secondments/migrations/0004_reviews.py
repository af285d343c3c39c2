"""Reviews of those who serve."""

import django.db.models.deletion
from django.db import migrations, models

import linli.core.tables


class Migration(migrations.Migration):
    dependencies = [
        ("secondments", "0003_duties"),
        ("territory", "0001_tables"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="SecondmentReview",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("on", models.DateField()),
                        ("period", models.CharField(blank=True, max_length=8)),
                        ("own", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                        ("residents", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                        ("bodies", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                        ("grade", models.CharField(blank=True, max_length=64)),
                        ("note", models.TextField(blank=True)),
                        ("action", models.TextField(blank=True)),
                        ("answer", models.TextField(blank=True)),
                        ("answered", models.DateTimeField(null=True)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("written", "written by the office"),
                                    ("ledger", "from a ledger"),
                                    ("round", "result of a round of assessment"),
                                ],
                                default="written",
                                max_length=8,
                            ),
                        ),
                        ("written", models.DateTimeField()),
                        ("written_by", models.CharField(max_length=64)),
                        ("corrections", models.JSONField(default=list)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="secondment_reviews",
                                to="territory.place",
                            ),
                        ),
                        (
                            "secondment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="secondments.secondment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "review",
                        "indexes": [models.Index(fields=["place", "on"], name="secondment_review_place")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("period", ""), _negated=True),
                                fields=("secondment", "period"),
                                name="secondment_review_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("own", None), models.Q(("own__gte", 0), ("own__lte", 100)), _connector="OR"
                                ),
                                name="secondment_review_own",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("residents", None),
                                    models.Q(("residents__gte", 0), ("residents__lte", 100)),
                                    _connector="OR",
                                ),
                                name="secondment_review_residents",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("bodies", None),
                                    models.Q(("bodies__gte", 0), ("bodies__lte", 100)),
                                    _connector="OR",
                                ),
                                name="secondment_review_bodies",
                            ),
                        ],
                    },
                )
            ]
        ),
    ]
