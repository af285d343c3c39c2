"""The tables of this app, made from its models."""

import django.db.models.deletion
from django.db import migrations, models

import linli.core.tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("territory", "0002_facility_position"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="StreetNetwork",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("version", models.PositiveIntegerField()),
                        ("file", models.CharField(max_length=200)),
                        ("source", models.CharField(max_length=200)),
                        ("day", models.DateField()),
                        ("system", models.CharField(max_length=12)),
                        ("digest", models.CharField(max_length=64)),
                        ("graph", models.BinaryField()),
                        ("junctions", models.PositiveIntegerField()),
                        ("stretches", models.PositiveIntegerField()),
                        ("kilometres", models.DecimalField(decimal_places=1, max_digits=10)),
                        ("parts", models.PositiveIntegerField()),
                        ("islands", models.JSONField(default=list)),
                        ("brought", models.DateTimeField()),
                        ("ended", models.DateTimeField(null=True)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="street_networks",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "streets",
                        "constraints": [
                            models.UniqueConstraint(fields=("place", "version"), name="street_network_version"),
                            models.UniqueConstraint(
                                condition=models.Q(("ended", None)), fields=("place",), name="street_network_current"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Circle",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("minutes", models.PositiveSmallIntegerField()),
                        ("km_per_hour", models.DecimalField(decimal_places=2, max_digits=4)),
                        ("homes", models.PositiveIntegerField()),
                        ("households", models.PositiveIntegerField()),
                        ("facilities", models.PositiveIntegerField()),
                        ("sites", models.JSONField(default=list)),
                        ("remarks", models.JSONField(default=dict)),
                        ("inputs", models.CharField(max_length=64)),
                        ("computed", models.DateTimeField()),
                        (
                            "network",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="circles",
                                to="circles.streetnetwork",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "computation of circles",
                        "indexes": [models.Index(fields=["network", "-id"], name="circle_latest")],
                    },
                ),
                migrations.CreateModel(
                    name="Reach",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("kind", models.CharField(max_length=48)),
                        (
                            "group",
                            models.CharField(
                                choices=[("basic", "basic"), ("quality", "for a better life")], max_length=8
                            ),
                        ),
                        ("households", models.PositiveIntegerField()),
                        ("near", models.PositiveIntegerField()),
                        ("reached", models.BooleanField()),
                        ("minutes", models.DecimalField(decimal_places=1, max_digits=8, null=True)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reaches",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "what is within a walk",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)), fields=("place", "kind"), name="reach_current"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("near__lte", models.F("households"))), name="reach_near"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gt", models.F("since")), _connector="OR"),
                                name="reach_span",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
