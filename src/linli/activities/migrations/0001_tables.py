"""The tables of this app, made from its models."""

from decimal import Decimal

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

import linli.core.fields
import linli.core.tables


class Migration(migrations.Migration):
    replaces = [
        ("activities", "0001_activities"),
        ("activities", "0002_service_records"),
        ("activities", "0003_service_certificates"),
        ("activities", "0004_programmes_and_sign_ups"),
        ("activities", "0005_hours"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("organizations", "0001_tables"),
        ("territory", "0001_tables"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="ActivityProgramme",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("title", models.CharField(max_length=120)),
                        (
                            "line",
                            models.CharField(
                                choices=[
                                    ("volunteering", "volunteering"),
                                    ("care", "care"),
                                    ("outreach", "outreach"),
                                    ("culture", "culture"),
                                    ("training", "training"),
                                ],
                                default="volunteering",
                                max_length=16,
                            ),
                        ),
                        ("kind", models.CharField(blank=True, max_length=64)),
                        ("theme", models.CharField(blank=True, max_length=120)),
                        (
                            "rhythm",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "when there is need"),
                                    ("week", "every week"),
                                    ("month", "every month"),
                                    ("quarter", "every quarter"),
                                    ("days", "every so many days"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("every_days", models.PositiveSmallIntegerField(null=True)),
                        ("starts", models.TimeField(null=True)),
                        ("minutes", models.PositiveSmallIntegerField(default=120)),
                        ("venue", models.CharField(blank=True, max_length=160)),
                        ("about", models.CharField(blank=True, max_length=500)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="activity_programmes",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="activity_programmes",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "programme",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)),
                                fields=("place", "title"),
                                name="activity_programme_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="activity_programme_span",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("rhythm", "days"), ("every_days__gte", 1)),
                                    models.Q(models.Q(("rhythm", "days"), _negated=True), ("every_days", None)),
                                    _connector="OR",
                                ),
                                name="activity_programme_rhythm",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Activity",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "line",
                            models.CharField(
                                choices=[
                                    ("volunteering", "volunteering"),
                                    ("care", "care"),
                                    ("outreach", "outreach"),
                                    ("culture", "culture"),
                                    ("training", "training"),
                                ],
                                default="volunteering",
                                max_length=16,
                            ),
                        ),
                        ("number", models.CharField(blank=True, max_length=40)),
                        ("kind", models.CharField(blank=True, max_length=64)),
                        ("theme", models.CharField(blank=True, max_length=120)),
                        ("day", models.DateField()),
                        ("team", models.CharField(blank=True, max_length=160)),
                        ("content", models.CharField(blank=True, max_length=300)),
                        ("about", models.CharField(blank=True, max_length=1000)),
                        ("venue", models.CharField(blank=True, max_length=160)),
                        ("joinable", models.BooleanField(default=False)),
                        (
                            "audience",
                            models.CharField(
                                choices=[("all", "everybody"), ("team", "members of the team")],
                                default="all",
                                max_length=8,
                            ),
                        ),
                        ("skills", models.CharField(blank=True, max_length=160)),
                        ("minimum_age", models.PositiveSmallIntegerField(null=True)),
                        ("dangerous", models.BooleanField(default=False)),
                        ("insurance", models.CharField(blank=True, max_length=160)),
                        ("volunteers", models.PositiveIntegerField(null=True)),
                        ("served", models.PositiveIntegerField(null=True)),
                        ("attended", models.PositiveIntegerField(null=True)),
                        ("hours", models.DecimalField(decimal_places=2, max_digits=6, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("planned", "planned"), ("held", "held"), ("cancelled", "called off")],
                                max_length=12,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "leader",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="activities_led",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="activities",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="activities",
                                to="territory.place",
                            ),
                        ),
                        (
                            "training",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="prepares",
                                to="activities.activity",
                            ),
                        ),
                        (
                            "programme",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="activities",
                                to="activities.activityprogramme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "activity",
                        "indexes": [
                            models.Index(fields=["place", "day"], name="activity_place_day"),
                            models.Index(fields=["-day", "-id"], name="activity_day"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("hours", None), ("hours__gte", 0), _connector="OR"),
                                name="activity_hours",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("dangerous", False), models.Q(("insurance", ""), _negated=True), _connector="OR"
                                ),
                                name="activity_dangerous_insured",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ActivityShift",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("name", models.CharField(blank=True, max_length=60)),
                        ("starts", models.TimeField()),
                        ("ends", models.TimeField()),
                        ("capacity", models.PositiveIntegerField()),
                        (
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shifts",
                                to="activities.activity",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "shift",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends__gt", models.F("starts"))), name="activity_shift_span"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("capacity__gte", 1)), name="activity_shift_capacity"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceCertificate",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.CharField(max_length=24, unique=True)),
                        (
                            "name",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="activities.servicecertificate.name", null=True
                            ),
                        ),
                        ("since", models.DateField()),
                        ("until", models.DateField()),
                        ("minutes", models.PositiveIntegerField()),
                        (
                            "units",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=160), size=None
                            ),
                        ),
                        (
                            "record_ids",
                            django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None),
                        ),
                        ("lines", models.JSONField()),
                        ("asked", models.JSONField(default=dict)),
                        ("issued", models.DateTimeField()),
                        ("issued_by", models.CharField(max_length=64)),
                        ("revoked", models.DateTimeField(null=True)),
                        ("revoked_by", models.CharField(blank=True, max_length=64)),
                        (
                            "reason",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="activities.servicecertificate.reason", null=True
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_certificates",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.place"
                            ),
                        ),
                        (
                            "replaces",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replaced_by",
                                to="activities.servicecertificate",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "certificate",
                        "indexes": [
                            models.Index(fields=["person", "-id"], name="service_certificate_person"),
                            models.Index(fields=["place", "-id"], name="service_certificate_place"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until__gte", models.F("since"))), name="service_certificate_period"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("revoked", None),
                                    models.Q(models.Q(("revoked_by", ""), _negated=True), ("reason__isnull", False)),
                                    _connector="OR",
                                ),
                                name="service_certificate_revoked",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceRecord",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.CharField(blank=True, max_length=40)),
                        ("source_type", models.CharField(max_length=24)),
                        ("source_id", models.BigIntegerField(null=True)),
                        ("day", models.DateField()),
                        ("name", models.CharField(max_length=160)),
                        ("content", models.CharField(blank=True, max_length=300)),
                        ("responsible", models.CharField(blank=True, max_length=60)),
                        ("minutes", models.PositiveIntegerField()),
                        (
                            "hours",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.db.models.expressions.CombinedExpression(
                                    django.db.models.functions.comparison.Cast(
                                        models.F("minutes"), models.DecimalField(decimal_places=2, max_digits=8)
                                    ),
                                    "/",
                                    models.Value(Decimal("60"), models.DecimalField(decimal_places=2, max_digits=8)),
                                ),
                                output_field=models.DecimalField(decimal_places=2, max_digits=8),
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "to be attested"),
                                    ("attested", "attested"),
                                    ("refused", "not attested"),
                                    ("withdrawn", "corrected"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("attested", models.DateTimeField(null=True)),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "attested_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_attested",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "corrects",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="corrected_by",
                                to="activities.servicerecord",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_records",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_records",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_records",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "service record",
                        "indexes": [
                            models.Index(
                                models.F("person"),
                                models.OrderBy(models.F("day"), descending=True),
                                models.OrderBy(models.F("id"), descending=True),
                                name="service_record_person_day",
                            ),
                            models.Index(models.F("place"), models.F("day"), name="service_record_place_day"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(models.Q(("source_id", None), _negated=True), ("corrects", None)),
                                fields=("source_type", "source_id", "person"),
                                name="service_record_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "attested"), _negated=True),
                                    models.Q(("attested", None), _negated=True),
                                    ("source_type", "ledger"),
                                    _connector="OR",
                                ),
                                name="service_record_attested",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CorrectionAsk",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("minutes", models.PositiveIntegerField()),
                        (
                            "reason",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="activities.correctionask.reason", null=True
                            ),
                        ),
                        ("asked", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "asked for"), ("granted", "corrected"), ("declined", "declined")],
                                max_length=8,
                            ),
                        ),
                        ("answer", models.CharField(blank=True, max_length=300)),
                        ("answered", models.DateTimeField(null=True)),
                        (
                            "record",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="asks",
                                to="activities.servicerecord",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "correction asked for",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")), fields=("record",), name="correction_ask_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignUp",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("signed", "has a place"),
                                    ("waiting", "on the waiting list"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("on_behalf", models.BooleanField(default=False)),
                        ("at", models.DateTimeField()),
                        ("came", models.BooleanField(null=True)),
                        ("came_at", models.DateTimeField(null=True)),
                        (
                            "way",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("code", "by the code on the spot"),
                                    ("list", "from the list"),
                                    ("hand", "by hand"),
                                    ("late", "later, with a reason"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("paid_duty", models.BooleanField(default=False)),
                        (
                            "activity",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sign_ups",
                                to="activities.activity",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sign_ups",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "shift",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="sign_ups",
                                to="activities.activityshift",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sign-up",
                        "indexes": [
                            models.Index(fields=["shift", "state", "id"], name="sign_up_shift"),
                            models.Index(
                                models.F("person"),
                                models.OrderBy(models.F("id"), descending=True),
                                name="sign_up_person",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "withdrawn"), _negated=True),
                                fields=("shift", "person"),
                                name="sign_up_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("way", "late"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="sign_up_late_why",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
