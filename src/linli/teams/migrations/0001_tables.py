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
                    name="TaskTeam",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("kind", models.CharField(max_length=40)),
                        ("name", models.CharField(max_length=100)),
                        ("task", models.CharField(max_length=300)),
                        ("begins_on", models.DateField()),
                        ("planned_end", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("active", "at work"), ("dissolved", "dissolved")],
                                default="active",
                                max_length=12,
                            ),
                        ),
                        ("ended_on", models.DateField(null=True)),
                        ("outcome", models.CharField(blank=True, max_length=300)),
                        ("formed", models.DateTimeField()),
                        ("formed_by", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "lead",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="teams_led",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "organization",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="task_team",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="task_teams",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "team",
                        "indexes": [
                            models.Index(fields=["place", "-id"], name="task_team_place"),
                            models.Index(
                                condition=models.Q(("state", "active")), fields=["planned_end"], name="task_team_open"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "active")), fields=("place", "name"), name="task_team_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("task", ""), _negated=True), name="task_team_task"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("planned_end__gte", models.F("begins_on"))), name="task_team_span"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_on", None), ("state", "active")),
                                    models.Q(
                                        ("ended_on__isnull", False),
                                        ("state", "dissolved"),
                                        models.Q(("outcome", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="task_team_ended_how",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TeamCall",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("what", models.CharField(max_length=300)),
                        ("venue", models.CharField(max_length=100)),
                        ("at", models.DateTimeField()),
                        ("made", models.DateTimeField()),
                        ("made_by", models.CharField(max_length=64)),
                        ("coming", models.PositiveIntegerField(null=True)),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="calls", to="teams.taskteam"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "call of a team",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("coming", None)), fields=["at"], name="team_call_uncounted"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TeamMatter",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("since", models.DateField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="task_teams", to="cases.case"
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="matters", to="teams.taskteam"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "matter of a team",
                        "constraints": [models.UniqueConstraint(fields=("team", "case"), name="team_matter_once")],
                    },
                ),
                migrations.CreateModel(
                    name="TeamMember",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("name", models.CharField(blank=True, max_length=60)),
                        ("capacity", models.CharField(max_length=40)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        ("stayed", models.BooleanField(default=False)),
                        ("extra", models.JSONField(default=dict)),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="team_members",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="members", to="teams.taskteam"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "team member",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)), fields=("team", "person"), name="team_member_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("name", ""), models.Q(("person", None), ("until", None)), _connector="OR"
                                ),
                                name="team_member_name_only_while_in",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CallAnswer",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("coming", models.BooleanField()),
                        (
                            "call",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="answers", to="teams.teamcall"
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="teams.teammember",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "answer to a call",
                        "constraints": [models.UniqueConstraint(fields=("call", "member"), name="call_answer_once")],
                    },
                ),
                migrations.CreateModel(
                    name="TeamResult",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("on", models.DateField()),
                        ("what", models.CharField(max_length=300)),
                        ("number", models.PositiveIntegerField(null=True)),
                        ("written", models.DateTimeField()),
                        ("written_by", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="results", to="teams.taskteam"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "result of a team",
                    },
                ),
            ],
        ),
    ]
