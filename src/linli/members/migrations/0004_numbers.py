"""Selections of new members, and how many members take part in which mode: numbers alone."""

import django.db.models.deletion
from django.db import migrations, models

import linli.core.tables


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0003_turn_outs_of_service"),
        ("organizations", "0002_lending"),
        ("territory", "0001_tables"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="MembershipRound",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("year", models.PositiveSmallIntegerField()),
                        ("quota", models.PositiveSmallIntegerField()),
                        ("criteria", models.CharField(blank=True, max_length=500)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "running"), ("decided", "decided"), ("dropped", "dropped")],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("considered", models.PositiveSmallIntegerField(null=True)),
                        ("chosen", models.PositiveSmallIntegerField(null=True)),
                        ("young", models.PositiveSmallIntegerField(null=True)),
                        ("educated", models.PositiveSmallIntegerField(null=True)),
                        ("decided_on", models.DateField(null=True)),
                        ("decided_by", models.CharField(blank=True, max_length=160)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("opened_on", models.DateField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="membership_rounds",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="membership_rounds",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "selection of new members",
                        "indexes": [models.Index(fields=["place", "-id"], name="membership_round_place")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("year__gte", 2000), ("year__lte", 2100)),
                                name="membership_round_year",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("chosen", None), ("chosen__lte", models.F("quota")), _connector="OR"
                                ),
                                name="membership_round_quota",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("considered", None),
                                    ("chosen", None),
                                    ("chosen__lte", models.F("considered")),
                                    _connector="OR",
                                ),
                                name="membership_round_considered",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("young", None), ("young__lte", models.F("chosen")), _connector="OR"
                                ),
                                name="membership_round_young",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("educated", None), ("educated__lte", models.F("chosen")), _connector="OR"
                                ),
                                name="membership_round_educated",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("chosen__isnull", False), ("decided_on__isnull", False), ("state", "decided")
                                    ),
                                    models.Q(
                                        models.Q(("state", "decided"), _negated=True),
                                        ("chosen", None),
                                        ("decided_on", None),
                                        ("educated", None),
                                        ("young", None),
                                    ),
                                    _connector="OR",
                                ),
                                name="membership_round_decided",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ParticipationCount",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("mode", models.CharField(max_length=64)),
                        ("number", models.PositiveIntegerField()),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participation_counts",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participation_counts",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "members by mode of taking part",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("place", "organization", "mode", "since"),
                                name="participation_count_once",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gt", models.F("since")), _connector="OR"),
                                name="participation_count_span",
                            ),
                        ],
                    },
                ),
            ]
        ),
    ]
