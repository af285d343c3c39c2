"""The tables of this app, made from its models."""

import django.db.models.deletion
from django.db import migrations, models

import linli.core.tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organizations", "0002_lending"),
        ("territory", "0001_tables"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Contract",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.CharField(blank=True, max_length=64)),
                        (
                            "model",
                            models.CharField(
                                choices=[
                                    ("professional", "professional company"),
                                    ("bundled", "bundled contract"),
                                    ("large_supports_small", "large supports small"),
                                    ("self_run", "run by the residents"),
                                ],
                                max_length=24,
                            ),
                        ),
                        ("phone", models.CharField(blank=True, max_length=24)),
                        ("since", models.DateField()),
                        ("last", models.DateField(null=True)),
                        ("ended", models.DateField(null=True)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("active", "in force"),
                                    ("expired", "expired"),
                                    ("ended", "ended early"),
                                    ("withdrawn", "withdrawn before it began"),
                                ],
                                default="active",
                                max_length=12,
                            ),
                        ),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "company",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="property_contracts",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="property_contracts",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "property contract",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("number", ""), _negated=True),
                                fields=["number"],
                                name="contract_number",
                            ),
                            models.Index(
                                condition=models.Q(("state", "active")), fields=["last"], name="contract_active"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("last", None), ("last__gte", models.F("since")), _connector="OR"),
                                name="contract_span",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(models.Q(("state", "withdrawn"), _negated=True), ("ended", None)),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="contract_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Management",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "mode",
                            models.CharField(
                                choices=[
                                    ("professional", "professional company"),
                                    ("bundled", "bundled contract"),
                                    ("large_supports_small", "large supports small"),
                                    ("self_run", "run by the residents"),
                                    ("unit_run", "run by its unit"),
                                    ("unmanaged", "unmanaged"),
                                ],
                                max_length=24,
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=160)),
                        ("buildings", models.PositiveIntegerField(null=True)),
                        ("since", models.DateField()),
                        ("last", models.DateField(null=True)),
                        (
                            "until",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Func(
                                    models.F("last"), output_field=models.DateField(), template="(%(expressions)s + 1)"
                                ),
                                output_field=models.DateField(),
                            ),
                        ),
                        ("void", models.BooleanField(default=False)),
                        ("said", models.DateTimeField()),
                        ("said_by", models.CharField(max_length=64)),
                        ("author", models.CharField(blank=True, max_length=160)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "compound",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="managements",
                                to="territory.place",
                            ),
                        ),
                        (
                            "contract",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="managements",
                                to="property.contract",
                            ),
                        ),
                        (
                            "manager",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="managements",
                                to="organizations.organization",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "management of a compound",
                        "indexes": [models.Index(fields=["compound", "since"], name="management_compound")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("void", True), ("last", None), ("last__gte", models.F("since")), _connector="OR"
                                ),
                                name="management_span",
                            )
                        ],
                    },
                ),
            ]
        )
    ]
