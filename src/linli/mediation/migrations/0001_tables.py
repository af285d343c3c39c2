"""The tables of this app, made from its models."""

import django.db.models.deletion
from django.db import migrations, models

import linli.core.fields
import linli.core.tables


class Migration(migrations.Migration):
    replaces = [("mediation", "0001_mediations")]

    initial = True

    dependencies = [
        ("cases", "0001_tables"),
        ("organizations", "0001_tables"),
        ("territory", "0001_tables"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Mediation",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.CharField(max_length=64)),
                        ("kind", models.CharField(max_length=64)),
                        ("studio", models.CharField(blank=True, max_length=64)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("party", "a party asked"),
                                    ("patrol", "found on patrol"),
                                    ("case", "from a matter"),
                                    ("handed_over", "handed over by a body"),
                                ],
                                default="party",
                                max_length=12,
                            ),
                        ),
                        ("committee", models.CharField(blank=True, max_length=80)),
                        (
                            "facts",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="mediation.mediation.facts", null=True
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "asked for"),
                                    ("accepted", "accepted"),
                                    ("sessions", "in sessions"),
                                    ("agreed", "agreed, being fulfilled"),
                                    ("fulfilled", "agreed and fulfilled"),
                                    ("not_agreed", "not agreed"),
                                    ("not_accepted", "not accepted"),
                                    ("withdrawn", "ended by a party"),
                                ],
                                default="asked",
                                max_length=12,
                            ),
                        ),
                        (
                            "reason",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="mediation.mediation.reason", null=True
                            ),
                        ),
                        (
                            "referred",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("court", "court"),
                                    ("arbitration", "arbitration"),
                                    ("police", "police"),
                                    ("department", "department"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("referred_to", models.CharField(blank=True, max_length=80)),
                        ("received_on", models.DateField()),
                        ("accepted_on", models.DateField(null=True)),
                        ("due", models.DateField(null=True)),
                        ("ended_on", models.DateField(null=True)),
                        ("settled", models.BooleanField(null=True)),
                        ("visited_on", models.DateField(null=True)),
                        (
                            "visit",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="mediation.mediation.visit", null=True
                            ),
                        ),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "case",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mediations",
                                to="cases.case",
                            ),
                        ),
                        ("mediators", models.ManyToManyField(related_name="mediations", to="organizations.post")),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mediations",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "mediation",
                        "indexes": [
                            models.Index(fields=["place", "-received_on", "-id"], name="mediation_place"),
                            models.Index(fields=["-received_on", "-id"], name="mediation_received"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("place", "number"), name="mediation_number"),
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ("asked", "accepted", "sessions", "agreed"))),
                                fields=("case",),
                                name="mediation_case_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ("agreed", "fulfilled")), _negated=True),
                                    models.Q(("ended_on__isnull", False), ("settled", True)),
                                    _connector="OR",
                                ),
                                name="mediation_settled",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "not_agreed"), _negated=True),
                                    models.Q(("ended_on__isnull", False), ("settled", False)),
                                    _connector="OR",
                                ),
                                name="mediation_failed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MediationAgreement",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "form",
                            models.CharField(
                                choices=[("written", "written"), ("oral", "oral and recorded")],
                                default="written",
                                max_length=8,
                            ),
                        ),
                        ("reached_on", models.DateField()),
                        ("effective_on", models.DateField(null=True)),
                        (
                            "liability",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="mediation.mediationagreement.liability", null=True
                            ),
                        ),
                        (
                            "content",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="mediation.mediationagreement.content", null=True
                            ),
                        ),
                        ("amount_fen", models.BigIntegerField(default=0)),
                        (
                            "confirmation",
                            models.CharField(
                                choices=[
                                    ("open", "not yet asked for"),
                                    ("applied", "applied for together"),
                                    ("confirmed", "confirmed by the court"),
                                    ("not_wanted", "not wanted"),
                                ],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("confirm_by", models.DateField(null=True)),
                        ("applied_on", models.DateField(null=True)),
                        ("confirmed_on", models.DateField(null=True)),
                        ("fulfilled_on", models.DateField(null=True)),
                        ("in_time", models.BooleanField(null=True)),
                        ("dropped", models.BooleanField(default=False)),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        (
                            "mediation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="agreements",
                                to="mediation.mediation",
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
                        "verbose_name": "agreement",
                        "indexes": [models.Index(fields=["place", "reached_on"], name="mediation_agreement_place")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("dropped", False)),
                                fields=("mediation",),
                                name="mediation_agreement_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("effective_on", None),
                                    ("effective_on__gte", models.F("reached_on")),
                                    _connector="OR",
                                ),
                                name="mediation_agreement_effect",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Party",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        (
                            "name",
                            linli.core.fields.EncryptedTextField(blank=True, context="mediation.party.name", null=True),
                        ),
                        (
                            "phone",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="mediation.party.phone", null=True
                            ),
                        ),
                        ("phone_hash", models.BinaryField(max_length=32, null=True)),
                        ("user_id", models.BigIntegerField(null=True)),
                        ("consented", models.BooleanField(null=True)),
                        ("consented_on", models.DateField(null=True)),
                        (
                            "mediation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parties",
                                to="mediation.mediation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "party",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("user_id", None), _negated=True),
                                fields=["user_id"],
                                name="party_user",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("mediation", "position"), name="party_position"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("consented", None), ("consented_on", None)),
                                    models.Q(("consented__isnull", False), ("consented_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="party_consent",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MediationSession",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("on", models.DateField()),
                        ("starts", models.TimeField(null=True)),
                        ("venue", models.CharField(blank=True, max_length=80)),
                        ("held", models.BooleanField(default=False)),
                        ("parties_came", models.PositiveSmallIntegerField(null=True)),
                        (
                            "record",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="mediation.mediationsession.record", null=True
                            ),
                        ),
                        ("extra", models.JSONField(default=dict)),
                        (
                            "mediation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sessions",
                                to="mediation.mediation",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.place"
                            ),
                        ),
                        ("came", models.ManyToManyField(related_name="sessions", to="mediation.party")),
                    ],
                    options={
                        "verbose_name": "session",
                        "indexes": [models.Index(fields=["place", "on"], name="mediation_session_place")],
                    },
                ),
                migrations.CreateModel(
                    name="AgreementItem",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("position", models.PositiveSmallIntegerField()),
                        ("amount_fen", models.BigIntegerField(null=True)),
                        (
                            "act",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="mediation.agreementitem.act", null=True
                            ),
                        ),
                        ("due", models.DateField()),
                        ("fulfilled_on", models.DateField(null=True)),
                        (
                            "agreement",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="items",
                                to="mediation.mediationagreement",
                            ),
                        ),
                        (
                            "party",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="items", to="mediation.party"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "item",
                        "constraints": [
                            models.UniqueConstraint(fields=("agreement", "position"), name="agreement_item_position"),
                            models.CheckConstraint(
                                condition=models.Q(("amount_fen", None), ("amount_fen__gt", 0), _connector="OR"),
                                name="agreement_item_sum",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("amount_fen__isnull", False), ("act__isnull", False), _connector="OR"
                                ),
                                name="agreement_item_what",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
