"""The tables of this app, made from its models."""

import django.db.models.deletion
from django.db import migrations, models

import linli.core.tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0001_tables"),
        ("organizations", "0002_lending"),
        ("territory", "0002_facility_position"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="EventPlan",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("title", models.CharField(max_length=120)),
                        ("venue", models.CharField(max_length=120)),
                        ("on", models.DateField()),
                        ("starts", models.TimeField()),
                        ("ends", models.TimeField()),
                        ("visitors", models.PositiveIntegerField(null=True)),
                        ("contacts", models.CharField(max_length=500)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "being planned"),
                                    ("approved", "approved"),
                                    ("closed", "over"),
                                    ("dropped", "dropped"),
                                ],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        ("review", models.CharField(blank=True, max_length=500)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="event_plans",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "plan for an event",
                        "indexes": [models.Index(fields=["place", "-on", "-id"], name="event_plan_place")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends__gt", models.F("starts"))), name="event_plan_hours"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("closed", "dropped")), _negated=True),
                                    models.Q(("review", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="event_plan_review",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EventPost",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("title", models.CharField(max_length=120)),
                        ("many", models.PositiveSmallIntegerField()),
                        ("filled", models.PositiveSmallIntegerField(default=0)),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="event_posts",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="safety.eventplan"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "post of an event",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("filled__lte", models.F("many")), ("many__gte", 1)),
                                name="event_post_many",
                            ),
                            models.UniqueConstraint(fields=("plan", "title"), name="event_post_once"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InspectionRound",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("title", models.CharField(max_length=120)),
                        ("kind", models.CharField(max_length=64)),
                        ("since", models.DateField()),
                        ("until", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("running", "under way"),
                                    ("done", "all places gone through"),
                                    ("dropped", "dropped"),
                                ],
                                default="running",
                                max_length=12,
                            ),
                        ),
                        ("ended_on", models.DateField(null=True)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "office",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inspection_rounds",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="inspection_rounds",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "round of inspection",
                        "indexes": [models.Index(fields=["place", "-id"], name="inspection_round_place")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until__gte", models.F("since"))), name="inspection_round_span"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_on", None), ("state", "running")),
                                    models.Q(
                                        models.Q(("state", "running"), _negated=True), ("ended_on__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="inspection_round_ended",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PatrolShift",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("on", models.DateField()),
                        ("starts", models.TimeField(null=True)),
                        ("ends", models.TimeField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("planned", "planned"), ("reported", "walked"), ("cancelled", "cancelled")],
                                default="planned",
                                max_length=12,
                            ),
                        ),
                        ("committee", models.PositiveSmallIntegerField(null=True)),
                        ("grid", models.PositiveSmallIntegerField(null=True)),
                        ("property", models.PositiveSmallIntegerField(null=True)),
                        ("owners", models.PositiveSmallIntegerField(null=True)),
                        ("volunteers", models.PositiveSmallIntegerField(null=True)),
                        ("forces", models.PositiveSmallIntegerField(default=0)),
                        ("found", models.CharField(blank=True, max_length=500)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "lead",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="patrol_shifts",
                                to="organizations.post",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="patrol_shifts",
                                to="territory.place",
                            ),
                        ),
                        ("stops", models.ManyToManyField(related_name="patrol_routes", to="territory.place")),
                        (
                            "team",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="patrol_shifts",
                                to="organizations.organization",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "patrol",
                        "indexes": [models.Index(fields=["place", "-on", "-id"], name="patrol_shift_place")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "reported"), _negated=True),
                                    models.Q(
                                        ("committee__isnull", False),
                                        ("grid__isnull", False),
                                        ("owners__isnull", False),
                                        ("property__isnull", False),
                                        ("volunteers__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="patrol_shift_numbers",
                            ),
                            models.CheckConstraint(condition=models.Q(("forces__lte", 5)), name="patrol_shift_forces"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Hazard",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("kind", models.CharField(blank=True, max_length=64)),
                        ("item", models.CharField(blank=True, max_length=64)),
                        ("severity", models.CharField(max_length=64)),
                        ("text", models.CharField(max_length=500)),
                        ("found_on", models.DateField()),
                        ("due", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "being put right"),
                                    ("waiting", "waits for the re-check"),
                                    ("removed", "removed"),
                                    ("ended", "ended otherwise"),
                                ],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("removed_on", models.DateField(null=True)),
                        ("again", models.PositiveSmallIntegerField(default=0)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="hazard", to="cases.case"
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hazards",
                                to="territory.place",
                            ),
                        ),
                        (
                            "shift",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hazards",
                                to="safety.patrolshift",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="hazards",
                                to="safety.roundtarget",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "hazard of a place",
                        "indexes": [models.Index(fields=["place", "state", "-id"], name="hazard_place")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("target__isnull", False)),
                                fields=("target", "item"),
                                name="hazard_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("shift__isnull", False), ("target", None)),
                                    models.Q(("shift", None), ("target__isnull", False)),
                                    _connector="OR",
                                ),
                                name="hazard_found",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("removed_on__isnull", False), ("state", "removed")),
                                    models.Q(models.Q(("state", "removed"), _negated=True), ("removed_on", None)),
                                    _connector="OR",
                                ),
                                name="hazard_removed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Recheck",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("on", models.DateField()),
                        ("removed", models.BooleanField()),
                        ("note", models.CharField(blank=True, max_length=200)),
                        ("actor", models.CharField(max_length=64)),
                        (
                            "hazard",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="rechecks", to="safety.hazard"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "re-check",
                    },
                ),
                migrations.CreateModel(
                    name="RoundTarget",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("gone_on", models.DateField(null=True)),
                        (
                            "facility",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.facility",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="round_targets",
                                to="territory.place",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="targets",
                                to="safety.inspectionround",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "place of a round",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "place", "facility"), name="round_target_once", nulls_distinct=False
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoundMark",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("item", models.CharField(max_length=64)),
                        (
                            "result",
                            models.CharField(
                                choices=[("good", "in order"), ("hazard", "hazard"), ("absent", "not there")],
                                max_length=8,
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="marks",
                                to="safety.roundtarget",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "item of a place",
                        "constraints": [models.UniqueConstraint(fields=("target", "item"), name="round_mark_once")],
                    },
                ),
            ],
        ),
    ]
