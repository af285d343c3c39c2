"""The tables of this app, made from its models."""

import django.db.models.deletion
from django.db import migrations, models

import linli.core.tables


class Migration(migrations.Migration):
    replaces = [
        ("territory", "0001_initial"),
        ("territory", "0002_revision"),
        ("territory", "0003_checklist"),
        ("territory", "0004_redrawing_and_hub"),
    ]

    initial = True

    dependencies = []

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Revision",
                    fields=[
                        ("id", models.PositiveSmallIntegerField(primary_key=True, serialize=False)),
                        ("stamp", models.BigIntegerField()),
                    ],
                    options={
                        "verbose_name": "revision of the territory",
                    },
                ),
                migrations.CreateModel(
                    name="Place",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("division", "division"),
                                    ("compound", "compound"),
                                    ("building", "building"),
                                    ("grid", "grid"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("level", models.CharField(blank=True, max_length=24)),
                        ("kind", models.CharField(blank=True, max_length=64)),
                        ("code", models.CharField(blank=True, max_length=40)),
                        ("name", models.CharField(max_length=120)),
                        ("path", models.CharField(db_index=True, max_length=200)),
                        ("grid_path", models.CharField(blank=True, db_index=True, max_length=200)),
                        ("households", models.PositiveIntegerField(null=True)),
                        ("residents", models.PositiveIntegerField(null=True)),
                        ("buildings", models.PositiveIntegerField(null=True)),
                        ("area_m2", models.DecimalField(decimal_places=2, max_digits=16, null=True)),
                        ("address", models.CharField(blank=True, max_length=200)),
                        ("since", models.DateField(null=True)),
                        ("until", models.DateField(null=True)),
                        ("placeholder", models.BooleanField(default=False)),
                        ("lng", models.FloatField(null=True)),
                        ("lat", models.FloatField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "community",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.place",
                            ),
                        ),
                        (
                            "compound",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.place",
                            ),
                        ),
                        (
                            "county",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.place",
                            ),
                        ),
                        (
                            "crosses",
                            models.ManyToManyField(blank=True, related_name="crossed_by", to="territory.place"),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="territory.place",
                            ),
                        ),
                        (
                            "street",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.place",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.place",
                            ),
                        ),
                        (
                            "upper",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lower",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "place",
                        "indexes": [models.Index(fields=["type", "level"], name="place_type_level")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("code", ""), _negated=True),
                                fields=("type", "code"),
                                name="place_code_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="place_span",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HubService",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        (
                            "hub",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="serves", to="territory.place"
                            ),
                        ),
                        (
                            "served",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="served_by",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hub service",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)), fields=("served",), name="hub_service_one_hub"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="hub_service_span",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("hub", models.F("served")), _negated=True), name="hub_service_other"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Facility",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=120)),
                        ("kind", models.CharField(blank=True, max_length=64)),
                        ("area_m2", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                        ("state", models.CharField(blank=True, max_length=24)),
                        ("address", models.CharField(blank=True, max_length=200)),
                        ("since", models.DateField(null=True)),
                        ("until", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="facilities",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "facility",
                    },
                ),
                migrations.CreateModel(
                    name="ChecklistEntry",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("item", models.CharField(max_length=64)),
                        ("day", models.DateField()),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="checklist",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "checklist entry",
                        "constraints": [models.UniqueConstraint(fields=("place", "item"), name="checklist_entry_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Boundary",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("geometry", models.JSONField()),
                        ("source_crs", models.CharField(default="wgs84", max_length=12)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="boundaries",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "boundary",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)), fields=("place",), name="boundary_one_current"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Redrawing",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("file", models.CharField(max_length=200)),
                        ("content", models.BinaryField()),
                        ("digest", models.CharField(max_length=64)),
                        ("day", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting for its day"),
                                    ("applied", "in force"),
                                    ("failed", "no longer fits"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="waiting",
                                max_length=12,
                            ),
                        ),
                        ("places", models.JSONField(default=list)),
                        ("remarks", models.JSONField(default=list)),
                        ("post_id", models.BigIntegerField(null=True)),
                        ("planned", models.DateTimeField()),
                    ],
                    options={
                        "verbose_name": "planned boundaries",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")), fields=["day"], name="redrawing_waiting"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "waiting")),
                                fields=("digest", "day"),
                                name="redrawing_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Statistic",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("series", models.CharField(max_length=48)),
                        ("value", models.DecimalField(decimal_places=4, max_digits=20)),
                        ("unit", models.CharField(blank=True, max_length=16)),
                        ("stock", models.BooleanField(default=True)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        ("source", models.CharField(blank=True, max_length=120)),
                        ("extra", models.JSONField(default=dict)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statistics",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "statistic",
                        "indexes": [models.Index(fields=["series", "since"], name="statistic_series")],
                        "constraints": [
                            models.UniqueConstraint(fields=("series", "place", "since"), name="statistic_once")
                        ],
                    },
                ),
            ],
        ),
    ]
