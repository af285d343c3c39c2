"""The tables of this app, made from its models."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

import linli.core.fields
import linli.core.tables


class Migration(migrations.Migration):
    replaces = [("volunteering", "0001_volunteers"), ("volunteering", "0002_honours")]

    initial = True

    dependencies = [
        ("activities", "0001_tables"),
        ("organizations", "0001_tables"),
        ("territory", "0001_tables"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="ServiceProject",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.CharField(max_length=40, unique=True)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("incubated", "project of the incubator"),
                                    ("brand", "brand"),
                                    ("micro", "micro-project to claim"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
                        ("aim", models.CharField(blank=True, max_length=1000)),
                        (
                            "stage",
                            models.CharField(
                                choices=[
                                    ("idea", "idea"),
                                    ("incubating", "incubating"),
                                    ("graduated", "graduated"),
                                    ("open", "open to claims"),
                                    ("claimed", "claimed"),
                                    ("delivered", "delivered, to be confirmed"),
                                    ("confirmed", "confirmed"),
                                    ("closed", "closed"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("proposed_on", models.DateField()),
                        ("graduated_on", models.DateField(null=True)),
                        ("ended_on", models.DateField(null=True)),
                        ("due", models.DateField(null=True)),
                        ("result", models.CharField(blank=True, max_length=1000)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "activities",
                            models.ManyToManyField(related_name="service_projects", to="activities.activity"),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_projects",
                                to="territory.place",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_projects",
                                to="organizations.organization",
                            ),
                        ),
                        ("teams", models.ManyToManyField(related_name="brands", to="organizations.organization")),
                    ],
                    options={
                        "verbose_name": "volunteer project",
                        "indexes": [
                            models.Index(
                                models.F("place"),
                                models.OrderBy(models.F("id"), descending=True),
                                name="service_project_place",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("stage__in", ("idea", "incubating")), _negated=True),
                                    ("kind", "incubated"),
                                    _connector="OR",
                                ),
                                name="service_project_incubator",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("stage__in", ("open", "claimed", "delivered", "confirmed")), _negated=True
                                    ),
                                    ("kind", "micro"),
                                    _connector="OR",
                                ),
                                name="service_project_micro",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProjectReview",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("support", "take into the incubator"),
                                    ("improve", "improve first"),
                                    ("graduate", "graduate"),
                                    ("close", "close"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("words", models.CharField(max_length=1000)),
                        ("panel", models.CharField(max_length=200)),
                        ("on", models.DateField()),
                        ("stage", models.CharField(max_length=12)),
                        ("recorder", models.CharField(max_length=64)),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="volunteering.serviceproject",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "review",
                    },
                ),
                migrations.CreateModel(
                    name="Honour",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.CharField(blank=True, max_length=40)),
                        ("kind", models.CharField(max_length=64)),
                        (
                            "recipient",
                            models.CharField(
                                choices=[
                                    ("person", "person"),
                                    ("project", "project"),
                                    ("team", "team"),
                                    ("household", "household"),
                                    ("merchant", "merchant"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("name", models.CharField(max_length=160)),
                        ("consented", models.BooleanField(default=False)),
                        ("ground", models.CharField(blank=True, max_length=1000)),
                        ("star", models.CharField(blank=True, max_length=24)),
                        ("minutes", models.PositiveIntegerField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("nominated", "nominated"),
                                    ("notice", "in public notice"),
                                    ("awarded", "awarded"),
                                    ("declined", "not taken further"),
                                    ("dropped", "not awarded after an objection"),
                                    ("withdrawn", "nomination withdrawn"),
                                    ("taken_back", "taken back"),
                                ],
                                default="nominated",
                                max_length=12,
                            ),
                        ),
                        (
                            "reason",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="volunteering.honour.reason", null=True
                            ),
                        ),
                        ("nominated_on", models.DateField(null=True)),
                        ("nominated_by", models.CharField(blank=True, max_length=64)),
                        ("reviewed_by", models.CharField(blank=True, max_length=64)),
                        ("notice_from", models.DateField(null=True)),
                        ("notice_until", models.DateField(null=True)),
                        ("awarded_on", models.DateField(null=True)),
                        ("awarded_by", models.CharField(blank=True, max_length=160)),
                        ("document", models.CharField(blank=True, max_length=160)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="honours",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="honours",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="honours",
                                to="territory.place",
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="honours",
                                to="volunteering.serviceproject",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "honour",
                        "indexes": [
                            models.Index(fields=["place", "-id"], name="honour_place"),
                            models.Index(fields=["state", "-id"], name="honour_state"),
                            models.Index(
                                condition=models.Q(("person", None), _negated=True),
                                fields=["person"],
                                name="honour_person",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "awarded"), _negated=True),
                                    models.Q(("awarded_on", None), _negated=True),
                                    _connector="OR",
                                ),
                                name="honour_awarded",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("notice_from", None), ("notice_until", None)),
                                    ("notice_until__gt", models.F("notice_from")),
                                    _connector="OR",
                                ),
                                name="honour_notice",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupportRecord",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("kind", models.CharField(max_length=40)),
                        ("what", models.CharField(max_length=300)),
                        ("on", models.DateField()),
                        ("amount_fen", models.BigIntegerField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="support",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="support",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "support",
                        "indexes": [
                            models.Index(
                                models.F("place"),
                                models.OrderBy(models.F("on"), descending=True),
                                models.OrderBy(models.F("id"), descending=True),
                                name="support_record_place",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount_fen", None), ("amount_fen__gt", 0), _connector="OR"),
                                name="support_record_amount",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Volunteer",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.CharField(max_length=40, unique=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("registered", "registered"), ("paused", "paused"), ("ended", "ended")],
                                default="registered",
                                max_length=12,
                            ),
                        ),
                        ("registered_on", models.DateField()),
                        ("ended_on", models.DateField(null=True)),
                        (
                            "sex",
                            models.CharField(
                                blank=True, choices=[("female", "female"), ("male", "male")], max_length=8
                            ),
                        ),
                        (
                            "born",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="volunteering.volunteer.born", null=True
                            ),
                        ),
                        ("phone_hash", models.BinaryField(max_length=32, null=True)),
                        (
                            "skills",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40), default=list, size=None
                            ),
                        ),
                        (
                            "services",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40), default=list, size=None
                            ),
                        ),
                        (
                            "times",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40), default=list, size=None
                            ),
                        ),
                        ("guardian", models.BooleanField(default=False)),
                        (
                            "consent",
                            models.CharField(
                                choices=[
                                    ("self", "given by the person here"),
                                    ("paper", "given on paper"),
                                    ("ledger", "given to whoever kept the ledger"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("search", django.contrib.postgres.search.SearchVectorField()),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "community",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="territory.place",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="volunteers",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="volunteers",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "volunteer",
                        "indexes": [
                            models.Index(
                                models.F("place"),
                                models.OrderBy(models.F("id"), descending=True),
                                name="volunteer_place",
                            ),
                            models.Index(models.F("community"), models.F("state"), name="volunteer_community"),
                            models.Index(
                                condition=models.Q(("phone_hash", None), _negated=True),
                                fields=["phone_hash"],
                                name="volunteer_phone",
                            ),
                            django.contrib.postgres.indexes.GinIndex(fields=["search"], name="volunteer_search"),
                            django.contrib.postgres.indexes.GinIndex(fields=["skills"], name="volunteer_skills"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("registered", "paused"))),
                                fields=("person",),
                                name="volunteer_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "ended"), _negated=True),
                                    ("ended_on__isnull", False),
                                    ("consent", "ledger"),
                                    _connector="OR",
                                ),
                                name="volunteer_ended",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TeamMembership",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "asked to join"),
                                    ("member", "member"),
                                    ("declined", "not taken in"),
                                    ("left", "left"),
                                ],
                                default="asked",
                                max_length=12,
                            ),
                        ),
                        ("lead", models.BooleanField(default=False)),
                        ("asked_on", models.DateField()),
                        ("since", models.DateField(null=True)),
                        ("until", models.DateField(null=True)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.place"
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="volunteers",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "volunteer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="teams",
                                to="volunteering.volunteer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "team membership",
                        "indexes": [
                            models.Index(
                                models.F("team"),
                                models.F("state"),
                                models.OrderBy(models.F("id"), descending=True),
                                name="team_membership_team",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("asked", "member"))),
                                fields=("team", "volunteer"),
                                name="team_membership_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="team_membership_span",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("lead", False), ("state", "member"), _connector="OR"),
                                name="team_membership_lead",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProjectClaim",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("lead", models.BooleanField(default=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("claimed", "claimed"),
                                    ("delivered", "delivered"),
                                    ("confirmed", "confirmed"),
                                    ("released", "given back"),
                                ],
                                default="claimed",
                                max_length=12,
                            ),
                        ),
                        ("claimed_on", models.DateField()),
                        ("delivered_on", models.DateField(null=True)),
                        ("confirmed_on", models.DateField(null=True)),
                        ("words", models.CharField(blank=True, max_length=1000)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="project_claims",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.place"
                            ),
                        ),
                        (
                            "project",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="claims",
                                to="volunteering.serviceproject",
                            ),
                        ),
                        (
                            "volunteer",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="project_claims",
                                to="volunteering.volunteer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "claim",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("lead", True), ("state__in", ("claimed", "delivered"))),
                                fields=("project",),
                                name="project_claim_one_lead",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("claimed", "delivered"))),
                                fields=("project", "volunteer"),
                                name="project_claim_volunteer_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("claimed", "delivered"))),
                                fields=("project", "organization"),
                                name="project_claim_body_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("organization__isnull", False), ("volunteer", None)),
                                    models.Q(("organization", None), ("volunteer__isnull", False)),
                                    _connector="OR",
                                ),
                                name="project_claim_whose",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="VolunteerPost",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.CharField(max_length=40, unique=True)),
                        ("name", models.CharField(max_length=80)),
                        ("tasks", models.CharField(blank=True, max_length=1000)),
                        (
                            "skills",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40), default=list, size=None
                            ),
                        ),
                        ("seats", models.PositiveSmallIntegerField(default=1)),
                        ("term_months", models.PositiveSmallIntegerField(default=12)),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("closed", "closed")], default="open", max_length=8
                            ),
                        ),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="volunteer_posts",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "volunteer post",
                        "indexes": [
                            models.Index(
                                models.F("place"),
                                models.OrderBy(models.F("id"), descending=True),
                                name="volunteer_post_place",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="volunteer_post_span",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PostAssignment",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "asked for"),
                                    ("assigned", "assigned"),
                                    ("declined", "not assigned"),
                                    ("ended", "ended"),
                                ],
                                default="asked",
                                max_length=12,
                            ),
                        ),
                        ("asked_on", models.DateField()),
                        ("since", models.DateField(null=True)),
                        ("ends", models.DateField(null=True)),
                        ("until", models.DateField(null=True)),
                        (
                            "volunteer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="volunteer_posts",
                                to="volunteering.volunteer",
                            ),
                        ),
                        (
                            "post",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="volunteering.volunteerpost",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "assignment",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("asked", "assigned"))),
                                fields=("post", "volunteer"),
                                name="post_assignment_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HonourObjection",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "text",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="volunteering.honourobjection.text", null=True
                            ),
                        ),
                        (
                            "contact",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="volunteering.honourobjection.contact", null=True
                            ),
                        ),
                        ("received", models.DateTimeField()),
                        ("upheld", models.BooleanField(null=True)),
                        (
                            "answer",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="volunteering.honourobjection.answer", null=True
                            ),
                        ),
                        ("answered", models.DateTimeField(null=True)),
                        ("answered_by", models.CharField(blank=True, max_length=64)),
                        (
                            "honour",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="objections",
                                to="volunteering.honour",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "objection",
                        "indexes": [models.Index(fields=["honour"], name="honour_objection_honour")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered", None), ("upheld", None)),
                                    models.Q(("answered__isnull", False), ("upheld__isnull", False)),
                                    _connector="OR",
                                ),
                                name="honour_objection_answered",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportedIn",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reported_in",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.place"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reporting in",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)), fields=("person",), name="reported_in_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="reported_in_span",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
