"""The tables of this app, made from its models."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

import linli.core.tables


class Migration(migrations.Migration):
    replaces = [("publishing", "0001_publications"), ("publishing", "0002_policy_documents")]

    initial = True

    dependencies = [
        ("core", "0001_tables"),
        ("organizations", "0001_tables"),
        ("territory", "0001_tables"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="PolicyDocument",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.CharField(blank=True, max_length=60)),
                        ("prefix", models.CharField(blank=True, max_length=40)),
                        ("year", models.PositiveSmallIntegerField(null=True)),
                        ("serial", models.PositiveIntegerField(null=True)),
                        ("title", models.CharField(max_length=200)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("policy", "policy"),
                                    ("plan", "plan"),
                                    ("notice", "notice"),
                                    ("rule", "rule or measure"),
                                    ("checklist", "checklist"),
                                    ("convention", "convention"),
                                ],
                                max_length=16,
                            ),
                        ),
                        ("issuer", models.CharField(max_length=120)),
                        ("issued", models.DateField()),
                        ("since", models.DateField()),
                        ("valid_until", models.DateField(null=True)),
                        ("until", models.DateField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("in_force", "in force"),
                                    ("expired", "run out"),
                                    ("replaced", "replaced"),
                                    ("repealed", "repealed"),
                                ],
                                default="in_force",
                                max_length=12,
                            ),
                        ),
                        ("repealed_on", models.DateField(null=True)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("keywords", models.CharField(blank=True, max_length=200)),
                        ("summary", models.TextField(blank=True)),
                        ("public", models.BooleanField(default=False)),
                        ("search", django.contrib.postgres.search.SearchVectorField(null=True)),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="policy_documents",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="policy_documents",
                                to="territory.place",
                            ),
                        ),
                        (
                            "replaced_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaces",
                                to="publishing.policydocument",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "policy document",
                        "indexes": [
                            django.contrib.postgres.indexes.GinIndex(fields=["search"], name="policy_document_search"),
                            models.Index(fields=["-issued", "-id"], name="policy_document_issued"),
                            models.Index(fields=["place", "-issued"], name="policy_document_place"),
                            models.Index(
                                condition=models.Q(("state", "in_force")),
                                fields=["valid_until"],
                                name="policy_document_ends",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("organization__isnull", False), models.Q(("number", ""), _negated=True)
                                ),
                                fields=("organization", "number"),
                                name="policy_document_number",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("organization", None), models.Q(("number", ""), _negated=True)),
                                fields=("issuer", "number"),
                                name="policy_document_number_elsewhere",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_until", None), ("valid_until__gte", models.F("since")), _connector="OR"
                                ),
                                name="policy_document_validity",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "repealed"), _negated=True),
                                    models.Q(("repealed_on__isnull", False), models.Q(("reason", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="policy_document_repealed_why",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("replaced_by__isnull", False), ("state", "replaced")),
                                    models.Q(
                                        models.Q(("state", "replaced"), _negated=True), ("replaced_by__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="policy_document_replaced_by",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PolicyFile",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=200)),
                        ("text", models.TextField(blank=True)),
                        ("at", models.DateTimeField()),
                        ("actor", models.CharField(max_length=64)),
                        ("taken_out", models.DateTimeField(null=True)),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="publishing.policydocument",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.filerow"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attachment",
                    },
                ),
                migrations.CreateModel(
                    name="Publication",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("item", models.CharField(blank=True, max_length=60)),
                        ("title", models.CharField(max_length=120)),
                        ("text", models.TextField(blank=True)),
                        ("since", models.DateField(null=True)),
                        ("until", models.DateField(null=True)),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("everybody", "everybody"),
                                    ("residents", "residents of the community who have signed in"),
                                ],
                                default="everybody",
                                max_length=12,
                            ),
                        ),
                        ("figures", models.JSONField(default=list)),
                        ("posted", models.DateTimeField()),
                        ("posted_on", models.DateField()),
                        ("up_until", models.DateField()),
                        ("posted_by", models.CharField(max_length=64)),
                        ("author", models.CharField(blank=True, max_length=120)),
                        ("corrected", models.DateTimeField(null=True)),
                        ("withdrawn", models.DateTimeField(null=True)),
                        ("withdrawn_by", models.CharField(blank=True, max_length=64)),
                        ("withdrawn_reason", models.CharField(blank=True, max_length=500)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="publications",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "publication",
                        "indexes": [models.Index(fields=["place", "posted_on"], name="publication_place")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("up_until__gte", models.F("posted_on"))), name="publication_stays"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("since", None), ("until", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="publication_period",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("withdrawn", None),
                                    models.Q(("withdrawn_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="publication_withdrawn_why",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(
                                    ("since__isnull", False),
                                    ("until__isnull", False),
                                    ("withdrawn", None),
                                    models.Q(("item", ""), _negated=True),
                                ),
                                fields=("item", "place", "since", "until"),
                                name="publication_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormerVersion",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.PositiveIntegerField()),
                        ("title", models.CharField(max_length=120)),
                        ("text", models.TextField(blank=True)),
                        ("since", models.DateField(null=True)),
                        ("until", models.DateField(null=True)),
                        (
                            "audience",
                            models.CharField(
                                choices=[
                                    ("everybody", "everybody"),
                                    ("residents", "residents of the community who have signed in"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("figures", models.JSONField(default=list)),
                        ("up_until", models.DateField()),
                        ("replaced", models.DateTimeField()),
                        ("replaced_by", models.CharField(max_length=64)),
                        ("reason", models.CharField(max_length=500)),
                        (
                            "publication",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="former",
                                to="publishing.publication",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "former version",
                        "constraints": [
                            models.UniqueConstraint(fields=("publication", "number"), name="former_version_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DisclosureDue",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("item", models.CharField(max_length=60)),
                        ("since", models.DateField()),
                        ("until", models.DateField()),
                        ("due", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "not yet due"),
                                    ("missing", "overdue"),
                                    ("in_time", "in time"),
                                    ("late", "late"),
                                    ("dropped", "no longer owed"),
                                ],
                                default="waiting",
                                max_length=12,
                            ),
                        ),
                        ("posted_on", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="disclosures_due",
                                to="territory.place",
                            ),
                        ),
                        (
                            "publication",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="meets",
                                to="publishing.publication",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "what must be made public",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ("waiting", "missing"))),
                                fields=["due"],
                                name="disclosure_open",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("item", "place", "until"), name="disclosure_due_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("posted_on__isnull", False), ("state__in", ("in_time", "late"))),
                                    models.Q(
                                        models.Q(("state__in", ("in_time", "late")), _negated=True), ("posted_on", None)
                                    ),
                                    _connector="OR",
                                ),
                                name="disclosure_due_posted",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PublicationFile",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=200)),
                        ("at", models.DateTimeField()),
                        ("actor", models.CharField(max_length=64)),
                        ("taken_out", models.DateTimeField(null=True)),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.filerow"
                            ),
                        ),
                        (
                            "publication",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="publishing.publication",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attachment",
                    },
                ),
                migrations.CreateModel(
                    name="PublicationQuestion",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("text", models.CharField(max_length=500)),
                        ("asked", models.DateTimeField()),
                        ("due", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "waiting for an answer"),
                                    ("answered", "answered in public"),
                                    ("private", "answered to the asker alone"),
                                ],
                                default="waiting",
                                max_length=12,
                            ),
                        ),
                        ("answer", models.TextField(blank=True)),
                        ("answered", models.DateTimeField(null=True)),
                        ("answered_by", models.CharField(blank=True, max_length=64)),
                        ("private_reason", models.CharField(blank=True, max_length=500)),
                        ("in_time", models.BooleanField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.place"
                            ),
                        ),
                        (
                            "publication",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="questions",
                                to="publishing.publication",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "question",
                        "indexes": [models.Index(fields=["place", "state"], name="question_place")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("answered", None), ("state", "waiting")),
                                    models.Q(
                                        models.Q(("state", "waiting"), _negated=True), ("answered__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="question_answered",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "private"), _negated=True),
                                    models.Q(("private_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="question_private_why",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
