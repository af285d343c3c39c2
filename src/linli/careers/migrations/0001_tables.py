"""The tables of this app, made from its models."""

import django.contrib.postgres.fields
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
                    name="PayGrade",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("title", models.CharField(max_length=64)),
                        ("rung", models.CharField(blank=True, max_length=64)),
                        ("base", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pay_grades",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pay grade",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)), fields=("place", "title"), name="pay_grade_once"
                            ),
                            models.CheckConstraint(condition=models.Q(("base__gt", 0)), name="pay_grade_base"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PayStatement",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("month", models.DateField()),
                        ("credential_level", models.CharField(blank=True, max_length=64)),
                        ("education_level", models.CharField(blank=True, max_length=64)),
                        ("base", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        ("performance", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        ("tenure", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        ("pension", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        ("accident", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        ("collective", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        ("housing", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        ("credential", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        ("education", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        ("paid_on", models.DateField(null=True)),
                        ("written", models.DateTimeField()),
                        ("written_by", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "grade",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="statements",
                                to="careers.paygrade",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pay_statements",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pay_statements",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pay statement",
                        "indexes": [models.Index(fields=["place", "-month"], name="pay_statement_place")],
                        "constraints": [
                            models.UniqueConstraint(fields=("person", "month"), name="pay_statement_once"),
                            models.CheckConstraint(condition=models.Q(("month__day", 1)), name="pay_statement_month"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("accident__gte", 0),
                                    ("base__gte", 0),
                                    ("pension__gte", 0),
                                    ("performance__gte", 0),
                                    ("tenure__gte", 0),
                                    ("collective__gte", 0),
                                    ("credential__gte", 0),
                                    ("education__gte", 0),
                                    ("housing__gte", 0),
                                ),
                                name="pay_statement_amounts",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReserveCandidate",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "target",
                            models.CharField(
                                choices=[("secretary", "community secretary"), ("committee", "other committee posts")],
                                max_length=12,
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("nominated", "nominated"),
                                    ("held", "in reserve"),
                                    ("refused", "not approved"),
                                    ("appointed", "appointed"),
                                    ("left", "left the reserve"),
                                ],
                                default="nominated",
                                max_length=12,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("nominated", models.DateTimeField()),
                        ("nominated_by", models.CharField(max_length=64)),
                        ("since", models.DateField(null=True)),
                        ("until", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reserves",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reserves",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reserve candidate",
                        "indexes": [models.Index(fields=["place", "target"], name="reserve_candidate_place")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["nominated", "held"])),
                                fields=("person", "place", "target"),
                                name="reserve_candidate_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="reserve_candidate_span",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "held"), _negated=True), ("until", None), _connector="OR"
                                ),
                                name="reserve_candidate_held",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecruitmentRound",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("title", models.CharField(max_length=120)),
                        ("rung", models.CharField(max_length=64)),
                        ("posts", models.PositiveIntegerField()),
                        (
                            "criteria",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=64), default=list, size=None
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("closed", "closed")], default="open", max_length=12
                            ),
                        ),
                        ("opened_on", models.DateField()),
                        ("closed_on", models.DateField(null=True)),
                        ("applicants", models.PositiveIntegerField(null=True)),
                        ("chosen", models.PositiveIntegerField(null=True)),
                        ("opened_by", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="recruitment_rounds",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "recruitment round",
                        "indexes": [models.Index(fields=["place", "-id"], name="recruitment_round_place")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("chosen", None),
                                    models.Q(
                                        ("chosen__lte", models.F("applicants")), ("chosen__lte", models.F("posts"))
                                    ),
                                    _connector="OR",
                                ),
                                name="recruitment_round_chosen",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_on", None), ("closed_on__gte", models.F("opened_on")), _connector="OR"
                                ),
                                name="round_span",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Promotion",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("from_rung", models.CharField(max_length=64)),
                        ("to_rung", models.CharField(max_length=64)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("running", "steps being taken"),
                                    ("appointed", "appointed"),
                                    ("dropped", "ended without appointment"),
                                ],
                                default="running",
                                max_length=12,
                            ),
                        ),
                        ("steps", models.JSONField(default=dict)),
                        ("begun_on", models.DateField()),
                        ("appointed_on", models.DateField(null=True)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("begun_by", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="promotions",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="promotions",
                                to="territory.place",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="promotions",
                                to="careers.recruitmentround",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "promotion",
                        "indexes": [
                            models.Index(fields=["place", "-id"], name="promotion_place"),
                            models.Index(fields=["person", "state"], name="promotion_person"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "running")), fields=("person",), name="promotion_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "appointed"), _negated=True),
                                    ("appointed_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="promotion_appointed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("from_rung", models.F("to_rung")), _negated=True),
                                name="promotion_up",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StaffingPlan",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("posts", models.PositiveIntegerField()),
                        (
                            "factors",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=64), default=list, size=None
                            ),
                        ),
                        ("basis", models.CharField(blank=True, max_length=200)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="staffing_plans",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "staffing plan",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)), fields=("place",), name="staffing_plan_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="staffing_plan_span",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TalentEntry",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("category", models.CharField(max_length=64)),
                        ("skills", models.CharField(blank=True, max_length=200)),
                        ("consent", models.BooleanField(default=True)),
                        ("consent_on", models.DateField()),
                        ("recorded_by", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="talents",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="talents",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "talent",
                        "indexes": [models.Index(fields=["place", "category"], name="talent_entry_place")],
                        "constraints": [
                            models.UniqueConstraint(fields=("person", "place", "category"), name="talent_entry_once"),
                            models.CheckConstraint(condition=models.Q(("consent", True)), name="talent_entry_consent"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AllowanceRule",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("kind", models.CharField(max_length=64)),
                        ("condition", models.CharField(max_length=64)),
                        ("amount", models.DecimalField(decimal_places=2, default=0, max_digits=12)),
                        ("since", models.DateField()),
                        ("extra", models.JSONField(default=dict)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="allowance_rules",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "allowance rule",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("place", "kind", "condition", "since"), name="allowance_rule_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("amount__gt", 0), ("kind__in", ("credential", "education"))),
                                name="allowance_rule_kind",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
