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
                    name="Contest",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("title", models.CharField(max_length=160)),
                        ("kind", models.CharField(max_length=64)),
                        ("organizer", models.CharField(blank=True, max_length=160)),
                        ("on", models.DateField()),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contests",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "contest",
                    },
                ),
                migrations.CreateModel(
                    name="Mentoring",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "mentee",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mentored_by",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "mentor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mentorings",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mentorings",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mentoring",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)), fields=("mentor", "mentee"), name="mentoring_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("mentor", models.F("mentee")), _negated=True),
                                name="mentoring_of_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="mentoring_span",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MentoringSession",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("on", models.DateField()),
                        ("topic", models.CharField(max_length=200)),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        (
                            "mentoring",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="workforce.mentoring",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mentoring_sessions",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "session of mentor and mentee",
                        "indexes": [models.Index(fields=["mentoring", "-on"], name="mentoring_session_on")],
                    },
                ),
                migrations.CreateModel(
                    name="TrainingSession",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.CharField(max_length=40)),
                        ("title", models.CharField(max_length=160)),
                        ("programme", models.CharField(blank=True, max_length=64)),
                        ("channel", models.CharField(blank=True, max_length=64)),
                        ("mode", models.CharField(blank=True, max_length=64)),
                        ("batch", models.CharField(blank=True, max_length=40)),
                        ("organizer", models.CharField(blank=True, max_length=160)),
                        ("since", models.DateField()),
                        ("until", models.DateField()),
                        ("venue", models.CharField(blank=True, max_length=160)),
                        ("posts", models.JSONField(default=list)),
                        ("capacity", models.PositiveIntegerField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("planned", "planned"), ("held", "held"), ("cancelled", "cancelled")],
                                default="planned",
                                max_length=12,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="training_sessions",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "training session",
                        "indexes": [models.Index(fields=["-since", "-id"], name="training_session_since")],
                        "constraints": [
                            models.UniqueConstraint(fields=("place", "number"), name="training_session_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(("until__gte", models.F("since"))), name="training_session_span"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "cancelled"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="training_session_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TrainingAttendance",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("day", models.DateField()),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("named", "named"),
                                    ("came", "came"),
                                    ("excused", "excused"),
                                    ("absent", "did not come"),
                                ],
                                default="named",
                                max_length=12,
                            ),
                        ),
                        ("category", models.CharField(blank=True, max_length=64)),
                        ("unit", models.CharField(blank=True, max_length=160)),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="trainings",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="training_attendances",
                                to="territory.place",
                            ),
                        ),
                        (
                            "session",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="attendances",
                                to="workforce.trainingsession",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attendance at training",
                        "indexes": [
                            models.Index(fields=["person", "day"], name="training_attendance_person"),
                            models.Index(fields=["place", "day"], name="training_attendance_place"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("session", "person"), name="training_attendance_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContestEntry",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("title", models.CharField(blank=True, max_length=160)),
                        ("award", models.CharField(blank=True, max_length=60)),
                        ("day", models.DateField()),
                        ("extra", models.JSONField(default=dict)),
                        (
                            "contest",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="entries",
                                to="workforce.contest",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contest_entries",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contest_entries",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "entry of a contest",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("person__isnull", False), ("title", "")),
                                fields=("contest", "person"),
                                name="contest_entry_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("person__isnull", False), models.Q(("title", ""), _negated=True), _connector="OR"
                                ),
                                name="contest_entry_of_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Credential",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("kind", models.CharField(max_length=64)),
                        ("number", models.CharField(max_length=64)),
                        ("issued", models.DateField()),
                        ("expires", models.DateField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("entered", "to be verified"),
                                    ("verified", "verified"),
                                    ("refused", "refused"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="entered",
                                max_length=12,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("entered", models.DateTimeField()),
                        ("entered_by", models.CharField(max_length=64)),
                        ("decided", models.DateTimeField(null=True)),
                        ("decided_by", models.CharField(blank=True, max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="credentials",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="credentials",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "credential",
                        "indexes": [models.Index(fields=["person", "state"], name="credential_person")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["entered", "verified"])),
                                fields=("number",),
                                name="credential_number_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("expires", None), ("expires__gte", models.F("issued")), _connector="OR"
                                ),
                                name="credential_expires_after_issue",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "verified"), _negated=True),
                                    models.Q(("decided_by", models.F("entered_by")), _negated=True),
                                    ("decided", None),
                                    _connector="OR",
                                ),
                                name="credential_verified_by_another",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="credential_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InformationItem",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.CharField(max_length=64)),
                        ("title", models.CharField(max_length=200)),
                        ("level", models.CharField(max_length=64)),
                        ("platform", models.CharField(max_length=64)),
                        ("pushed_on", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "draft"), ("pushed", "pushed")], default="pushed", max_length=12
                            ),
                        ),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="information_items",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "study item",
                        "indexes": [models.Index(fields=["pushed_on"], name="information_item_pushed")],
                    },
                ),
            ],
        ),
    ]
