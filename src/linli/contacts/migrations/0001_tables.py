"""The tables of this app, made from its models."""

import django.db.models.deletion
from django.db import migrations, models

import linli.core.tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_tables"),
        ("organizations", "0002_lending"),
        ("territory", "0001_tables"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Visit",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.CharField(blank=True, max_length=64)),
                        ("visitor", models.CharField(blank=True, max_length=60)),
                        ("tier", models.CharField(blank=True, max_length=64)),
                        ("on", models.DateField()),
                        ("subject", models.CharField(max_length=300)),
                        (
                            "state",
                            models.CharField(
                                choices=[("planned", "planned"), ("made", "made"), ("dropped", "did not take place")],
                                default="made",
                                max_length=12,
                            ),
                        ),
                        ("recorded", models.DateTimeField()),
                        ("recorded_by", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="visits", to="territory.place"
                            ),
                        ),
                        (
                            "together",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="joined",
                                to="contacts.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "visit",
                        "indexes": [
                            models.Index(fields=["place", "-on", "-id"], name="visit_place_on"),
                            models.Index(fields=["on", "id"], name="visit_on"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("organization__isnull", False), ("person", None)),
                                    models.Q(("organization", None), ("person__isnull", False)),
                                    _connector="OR",
                                ),
                                name="visit_one_of",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("number", ""), models.Q(("state", "dropped"), _negated=True)),
                                fields=("person", "place", "on"),
                                name="visit_person_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("number", ""), models.Q(("state", "dropped"), _negated=True)),
                                fields=("organization", "place", "on"),
                                name="visit_body_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactMatter",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "voiced",
                            models.CharField(
                                choices=[("resident", "residents"), ("visitor", "the visitor")],
                                default="resident",
                                max_length=12,
                            ),
                        ),
                        ("raised_on", models.DateField()),
                        ("solved_on", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contact_matter",
                                to="cases.case",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.place"
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="matters",
                                to="contacts.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "matter of a contact",
                        "indexes": [models.Index(fields=["solved_on"], name="contact_matter_solved")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("organization__isnull", False), ("person", None)),
                                    models.Q(("organization", None), ("person__isnull", False)),
                                    _connector="OR",
                                ),
                                name="contact_matter_one_of",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("street", "street"),
                                    ("community", "community"),
                                    ("grid", "grid"),
                                    ("building", "building"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("tier", models.CharField(max_length=64)),
                        ("title", models.CharField(blank=True, max_length=80)),
                        ("duties", models.CharField(blank=True, max_length=300)),
                        ("liaison", models.CharField(blank=True, max_length=60)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "assigned contact",
                        "indexes": [
                            models.Index(condition=models.Q(("until", None)), fields=["tier"], name="contact_held")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("organization__isnull", False), ("person", None)),
                                    models.Q(("organization", None), ("person__isnull", False)),
                                    _connector="OR",
                                ),
                                name="contact_one_of",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="contact_span",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("person", "place"),
                                name="contact_person_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("organization", "place"),
                                name="contact_body_once",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
