"""The tables of this app, made from its models."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

import linli.core.fields
import linli.core.tables


class Migration(migrations.Migration):
    replaces = [
        ("cases", "0001_initial"),
        ("cases", "0002_life_of_matters"),
        ("cases", "0003_saved_filters"),
        ("cases", "0004_public_summary"),
        ("cases", "0005_public_tasks"),
        ("cases", "0006_reporters_forgotten"),
        ("cases", "0007_originals_of_photos"),
        ("cases", "0008_own_indexes_of_matters"),
        ("cases", "0009_received_with_place"),
        ("cases", "0010_open_matters"),
        ("cases", "0011_days_of_sums"),
        ("cases", "0012_received_with_closed"),
        ("cases", "0013_reporters_few"),
    ]

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
                    name="Case",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.CharField(max_length=32)),
                        ("code_hash", models.BinaryField(max_length=32, null=True)),
                        ("register_number", models.CharField(blank=True, max_length=64)),
                        ("source", models.CharField(max_length=32)),
                        ("door", models.CharField(default="desk", max_length=16)),
                        ("kind", models.CharField(default="problem", max_length=24)),
                        ("category", models.CharField(blank=True, max_length=64)),
                        ("urgency", models.CharField(default="normal", max_length=12)),
                        ("in_scope", models.BooleanField(default=True)),
                        ("confidential", models.BooleanField(default=False)),
                        ("text", models.TextField(blank=True)),
                        ("address", models.CharField(blank=True, max_length=200)),
                        ("lng", models.FloatField(null=True)),
                        ("lat", models.FloatField(null=True)),
                        ("state", models.CharField(default="received", max_length=20)),
                        ("outcome", models.CharField(blank=True, max_length=20)),
                        ("lead_name", models.CharField(blank=True, max_length=160)),
                        ("received_on", models.DateField()),
                        ("received", models.DateTimeField(null=True)),
                        ("accepted", models.DateTimeField(null=True)),
                        ("contacted", models.DateTimeField(null=True)),
                        ("dispatched", models.DateField(null=True)),
                        ("taken", models.DateTimeField(null=True)),
                        ("done", models.DateTimeField(null=True)),
                        ("verified", models.DateTimeField(null=True)),
                        ("closed_on", models.DateField(null=True)),
                        ("closed", models.DateTimeField(null=True)),
                        ("due", models.DateTimeField(null=True)),
                        ("given_due", models.DateTimeField(null=True)),
                        ("deferred_until", models.DateField(null=True)),
                        ("returns", models.PositiveSmallIntegerField(default=0)),
                        ("reopened", models.PositiveSmallIntegerField(default=0)),
                        ("done_by", models.CharField(blank=True, max_length=64)),
                        ("on_the_spot", models.BooleanField(default=False)),
                        ("imported", models.BooleanField(default=False)),
                        ("result", models.TextField(blank=True)),
                        ("public_reason", models.CharField(blank=True, max_length=300)),
                        ("why", models.CharField(blank=True, max_length=300)),
                        ("profile_version", models.BigIntegerField(null=True)),
                        ("search", django.contrib.postgres.search.SearchVectorField(null=True)),
                        ("contact_due", models.DateTimeField(null=True)),
                        ("paused_since", models.DateTimeField(null=True)),
                        ("paused_minutes", models.PositiveIntegerField(default=0)),
                        ("extensions", models.PositiveSmallIntegerField(default=0)),
                        ("sampled", models.BooleanField(default=False)),
                        ("verification", models.CharField(blank=True, max_length=16)),
                        ("supervised", models.BooleanField(default=False)),
                        ("result_mark", models.BigIntegerField(null=True)),
                        ("answer_repeated", models.BooleanField(default=False)),
                        ("planned_end", models.DateField(null=True)),
                        ("helped", models.PositiveIntegerField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "complained_of",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="complaints",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "desk",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="desk_cases",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "grid",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grid_cases",
                                to="territory.place",
                            ),
                        ),
                        (
                            "handler",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "lead",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "merged_into",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="merged",
                                to="cases.case",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cases",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "matter",
                        "indexes": [
                            models.Index(
                                fields=["received_on", "id"], include=("place", "closed_on"), name="case_received"
                            ),
                            models.Index(
                                condition=models.Q(("closed_on", None), _negated=True),
                                fields=["closed_on"],
                                name="case_closed",
                            ),
                            models.Index(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        (
                                            "received",
                                            "accepted",
                                            "scope_proposed",
                                            "dispatched",
                                            "taken",
                                            "with_arbiter",
                                            "deferred",
                                            "done",
                                            "verified",
                                        ),
                                    ),
                                    models.Q(("imported", True), ("state", "done"), _negated=True),
                                ),
                                fields=["received_on", "id"],
                                name="case_open",
                            ),
                            models.Index(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        (
                                            "received",
                                            "accepted",
                                            "scope_proposed",
                                            "dispatched",
                                            "taken",
                                            "with_arbiter",
                                            "deferred",
                                            "done",
                                            "verified",
                                        ),
                                    ),
                                    models.Q(("imported", True), ("state", "done"), _negated=True),
                                ),
                                fields=["due", "id"],
                                include=("place", "grid"),
                                name="case_open_due",
                            ),
                            models.Index(fields=["lead", "state", "id"], name="case_lead_state"),
                            models.Index(fields=["place", "id"], name="case_place"),
                            models.Index(fields=["grid", "id"], name="case_grid"),
                            models.Index(fields=["state", "id"], name="case_state"),
                            models.Index(fields=["register_number"], name="case_register_number"),
                            django.contrib.postgres.indexes.GinIndex(fields=["search"], name="case_search"),
                            models.Index(
                                condition=models.Q(("result_mark", None), _negated=True),
                                fields=["result_mark"],
                                name="case_result_mark",
                            ),
                            models.Index(
                                condition=models.Q(("handler", None), _negated=True),
                                fields=["handler"],
                                name="case_handler",
                            ),
                            models.Index(
                                condition=models.Q(("merged_into", None), _negated=True),
                                fields=["merged_into"],
                                name="case_merged_into",
                            ),
                            models.Index(
                                condition=models.Q(("desk", None), _negated=True), fields=["desk"], name="case_desk"
                            ),
                            models.Index(
                                condition=models.Q(("complained_of", None), _negated=True),
                                fields=["complained_of"],
                                name="case_complained_of",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("number",), name="case_number_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed_on", None), ("closed_on__gte", models.F("received_on")), _connector="OR"
                                ),
                                name="case_closed_after_received",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Attachment",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("actor", models.CharField(max_length=64)),
                        ("stage", models.CharField(default="report", max_length=12)),
                        ("cleared", models.BooleanField(default=False)),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="core.filerow"
                            ),
                        ),
                        (
                            "original",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.filerow",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="attachments", to="cases.case"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "attachment",
                    },
                ),
                migrations.CreateModel(
                    name="Note",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("actor", models.CharField(max_length=64)),
                        ("author", models.CharField(max_length=120)),
                        ("public", models.BooleanField(default=False)),
                        ("text", models.TextField()),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="notes", to="cases.case"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "note",
                        "indexes": [models.Index(fields=["case", "id"], name="note_case")],
                    },
                ),
                migrations.CreateModel(
                    name="PublicSummary",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("text", models.CharField(max_length=500)),
                        ("published", models.DateTimeField()),
                        ("published_by", models.CharField(max_length=64)),
                        ("withdrawn", models.DateTimeField(null=True)),
                        (
                            "case",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="summary", to="cases.case"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "public summary",
                    },
                ),
                migrations.CreateModel(
                    name="Reporter",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "name",
                            linli.core.fields.EncryptedTextField(blank=True, context="cases.reporter.name", null=True),
                        ),
                        (
                            "phone",
                            linli.core.fields.EncryptedTextField(blank=True, context="cases.reporter.phone", null=True),
                        ),
                        ("phone_hash", models.BinaryField(max_length=32, null=True)),
                        ("user_id", models.BigIntegerField(null=True)),
                        (
                            "behalf_of",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="cases.reporter.behalf_of", null=True
                            ),
                        ),
                        ("callback", models.BooleanField(default=False)),
                        ("hidden", models.BooleanField(default=False)),
                        ("taken_by", models.CharField(blank=True, max_length=64)),
                        ("forgotten", models.DateField(null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="reporters", to="cases.case"
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                db_index=False,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "reporter",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("phone_hash", None), _negated=True),
                                fields=["phone_hash"],
                                name="reporter_phone_hash",
                            ),
                            models.Index(
                                condition=models.Q(("person", None), _negated=True),
                                fields=["person"],
                                name="reporter_person",
                            ),
                            models.Index(
                                condition=models.Q(("user_id", None), _negated=True),
                                fields=["user_id"],
                                name="reporter_user_id",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Rating",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("channel", models.CharField(max_length=12)),
                        ("asked", models.DateTimeField()),
                        ("asked_by", models.CharField(max_length=64)),
                        ("token_hash", models.BinaryField(max_length=32, null=True, unique=True)),
                        ("answered", models.DateTimeField(null=True)),
                        ("reached", models.BooleanField(null=True)),
                        ("solved", models.BooleanField(null=True)),
                        ("satisfied", models.PositiveSmallIntegerField(null=True)),
                        ("remark", models.TextField(blank=True)),
                        ("recorded_by", models.CharField(blank=True, max_length=64)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="ratings", to="cases.case"
                            ),
                        ),
                        (
                            "reporter",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ratings",
                                to="cases.reporter",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "rating",
                        "indexes": [
                            models.Index(fields=["asked"], name="rating_asked"),
                            models.Index(
                                condition=models.Q(("answered", None), _negated=True),
                                fields=["answered"],
                                name="rating_answered",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answered", None), ("reached", None)),
                                fields=("case", "reporter"),
                                name="rating_one_open",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("satisfied", None), ("satisfied__range", (1, 5)), _connector="OR"),
                                name="rating_one_to_five",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SavedFilter",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("user_id", models.BigIntegerField()),
                        ("name", models.CharField(max_length=40)),
                        ("query", models.CharField(max_length=500)),
                    ],
                    options={
                        "verbose_name": "saved filter",
                        "constraints": [models.UniqueConstraint(fields=("user_id", "name"), name="saved_filter_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Whistle",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.CharField(blank=True, max_length=64)),
                        ("kind", models.CharField(default="routine", max_length=12)),
                        ("text", models.TextField(blank=True)),
                        ("departments", models.JSONField(default=list)),
                        ("received", models.DateField()),
                        ("reported", models.DateField(null=True)),
                        ("closed", models.DateField(null=True)),
                        ("called", models.DateTimeField(null=True)),
                        ("report_due", models.DateTimeField(null=True)),
                        ("state", models.CharField(default="called", max_length=16)),
                        ("result", models.TextField(blank=True)),
                        ("outcome", models.CharField(blank=True, max_length=20)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "called_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="whistles",
                                to="cases.case",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="whistles",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "whistle",
                        "indexes": [models.Index(fields=["received", "id"], name="whistle_received")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(
                                    models.Q(("state", "done"), _negated=True), models.Q(("case", None), _negated=True)
                                ),
                                fields=("case",),
                                name="whistle_one_open",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Help",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("task", models.CharField(blank=True, max_length=200)),
                        ("asked", models.DateTimeField()),
                        ("due", models.DateTimeField(null=True)),
                        ("reported", models.DateTimeField(null=True)),
                        ("done", models.DateTimeField(null=True)),
                        ("result", models.TextField(blank=True)),
                        ("rating", models.PositiveSmallIntegerField(null=True)),
                        ("rating_of_caller", models.PositiveSmallIntegerField(null=True)),
                        (
                            "case",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="helps", to="cases.case"
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="helps",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "whistle",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="calls",
                                to="cases.whistle",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "help",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("case", "organization", "whistle"), name="help_once", nulls_distinct=False
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
