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
                    name="Member",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.CharField(blank=True, max_length=40)),
                        ("name", models.CharField(max_length=60)),
                        ("unit", models.CharField(blank=True, max_length=160)),
                        ("skills", models.JSONField(default=list)),
                        ("since", models.DateField(null=True)),
                        ("left", models.DateField(null=True)),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="serving_members",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "person",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="serving_member",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="serving_members",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "member who serves",
                        "indexes": [models.Index(fields=["place", "-id"], name="serving_member_place")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("number", ""), _negated=True),
                                fields=("number",),
                                name="serving_member_number_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("left", None),
                                    models.Q(("number", ""), ("organization", None), ("person", None), ("unit", "")),
                                    _connector="OR",
                                ),
                                name="serving_member_left",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DualRegistration",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("unit", "unit where it stands"), ("member", "member where they live")],
                                max_length=8,
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=160)),
                        ("offers", models.CharField(blank=True, max_length=200)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dual_registrations",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="dual_registrations",
                                to="territory.place",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="registrations",
                                to="members.member",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "dual registration",
                        "indexes": [models.Index(fields=["place", "kind", "-id"], name="dual_registration_place")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)), fields=("member",), name="dual_registration_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "unit"), ("until", None)),
                                fields=("organization", "place"),
                                name="dual_registration_unit_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="dual_registration_span",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "unit"), ("member", None)),
                                    models.Q(("kind", "member"), ("member__isnull", False)),
                                    _connector="OR",
                                ),
                                name="dual_registration_kind",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Pairing",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("household", models.CharField(blank=True, max_length=40)),
                        ("consented_on", models.DateField(null=True)),
                        ("declined_on", models.DateField(null=True)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        ("visits", models.PositiveIntegerField(default=0)),
                        ("last_visit", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pairings",
                                to="members.member",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="pairings",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "pairing with a household",
                        "indexes": [models.Index(fields=["place", "-id"], name="pairing_place")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None), models.Q(("household", ""), _negated=True)),
                                fields=("member", "household"),
                                name="pairing_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="pairing_span",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("declined_on", None),
                                    models.Q(("consented_on", None), ("household", ""), ("visits", 0)),
                                    _connector="OR",
                                ),
                                name="pairing_declined",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("household", ""), _connector="OR"),
                                name="pairing_over",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ResponsibilityPost",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "type",
                            models.CharField(
                                choices=[("area", "responsibility area"), ("post", "model post")], max_length=8
                            ),
                        ),
                        ("title", models.CharField(max_length=120)),
                        ("name", models.CharField(max_length=60)),
                        ("duties", models.CharField(blank=True, max_length=200)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        ("done", models.CharField(blank=True, max_length=200)),
                        ("done_on", models.DateField(null=True)),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="responsibility_posts",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "responsibility area or model post",
                        "indexes": [models.Index(fields=["place", "-id"], name="responsibility_post_place")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="responsibility_post_span",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TurnOut",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("on", models.DateField()),
                        ("kind", models.CharField(max_length=64)),
                        ("hours", models.DecimalField(decimal_places=2, max_digits=5, null=True)),
                        ("note", models.CharField(blank=True, max_length=200)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("told", "to be confirmed"),
                                    ("confirmed", "confirmed"),
                                    ("refused", "not confirmed"),
                                ],
                                default="told",
                                max_length=12,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("answerer", models.CharField(blank=True, max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="turn_outs",
                                to="members.member",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="turn_outs",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "turn-out",
                        "indexes": [
                            models.Index(fields=["member", "on"], name="turn_out_member"),
                            models.Index(fields=["place", "-id"], name="turn_out_place"),
                            models.Index(condition=models.Q(("state", "told")), fields=["place"], name="turn_out_told"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("hours", None), models.Q(("hours__gt", 0), ("hours__lte", 24)), _connector="OR"
                                ),
                                name="turn_out_hours",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="turn_out_reason",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
