"""The tables of this app, made from its models."""

import django.db.models.deletion
from django.db import migrations, models

import linli.core.fields
import linli.core.tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0001_tables"),
        ("organizations", "0002_lending"),
        ("territory", "0001_tables"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="ServiceItem",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_items",
                                to="territory.place",
                            ),
                        ),
                        ("label", models.CharField(max_length=80)),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_items",
                                to="organizations.organization",
                            ),
                        ),
                        ("office", models.CharField(blank=True, max_length=160)),
                        ("conditions", models.CharField(blank=True, max_length=500)),
                        ("papers", models.CharField(blank=True, max_length=1000)),
                        ("days", models.PositiveIntegerField(null=True)),
                        ("fee", models.CharField(blank=True, max_length=120)),
                        ("where", models.CharField(blank=True, max_length=160)),
                        ("basis", models.CharField(blank=True, max_length=300)),
                        ("by_proxy", models.BooleanField(default=False)),
                        ("since", models.DateField(null=True)),
                        ("until", models.DateField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "not published"),
                                    ("published", "published"),
                                    ("withdrawn", "taken back"),
                                ],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "service item",
                        "constraints": [
                            models.UniqueConstraint(fields=("place", "label"), name="service_item_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="service_item_span",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceRequest",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.CharField(max_length=32, unique=True)),
                        ("code_hash", models.BinaryField(max_length=32)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_requests",
                                to="territory.place",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="requests",
                                to="services.serviceitem",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_requests",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "door",
                            models.CharField(
                                choices=[
                                    ("window", "at the window"),
                                    ("phone", "by telephone"),
                                    ("visit", "at home"),
                                    ("online", "on the page"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "name",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="services.servicerequest.name", null=True
                            ),
                        ),
                        (
                            "phone",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="services.servicerequest.phone", null=True
                            ),
                        ),
                        ("phone_hash", models.BinaryField(max_length=32, null=True)),
                        ("seen", models.JSONField(default=list)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "asked for"),
                                    ("taken", "taken in"),
                                    ("in_hand", "in hand"),
                                    ("waiting", "waiting for papers"),
                                    ("done", "granted, to be handed over"),
                                    ("refused", "refused, to be told"),
                                    ("handed", "handed over"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="asked",
                                max_length=12,
                            ),
                        ),
                        ("asked", models.DateTimeField()),
                        ("taken", models.DateTimeField(null=True)),
                        ("due", models.DateTimeField(null=True)),
                        ("waiting_since", models.DateTimeField(null=True)),
                        ("decided", models.DateTimeField(null=True)),
                        (
                            "outcome",
                            models.CharField(
                                blank=True, choices=[("granted", "granted"), ("refused", "refused")], max_length=12
                            ),
                        ),
                        (
                            "result",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="services.servicerequest.result", null=True
                            ),
                        ),
                        ("ended", models.DateTimeField(null=True)),
                        ("solved", models.BooleanField(null=True)),
                        ("satisfied", models.PositiveSmallIntegerField(null=True)),
                        (
                            "remark",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="services.servicerequest.remark", null=True
                            ),
                        ),
                        ("rated", models.DateTimeField(null=True)),
                        ("forgotten", models.DateField(null=True)),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "service request",
                        "indexes": [
                            models.Index(fields=["place", "-id"], name="service_request_place"),
                            models.Index(fields=["organization", "-id"], name="service_request_body"),
                            models.Index(
                                condition=models.Q(("forgotten", None)), fields=["ended"], name="service_request_ended"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("satisfied", None), ("satisfied__range", (1, 5)), _connector="OR"),
                                name="service_request_one_to_five",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["done", "refused", "handed"]), _negated=True),
                                    models.Q(("outcome", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="service_request_outcome",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RequestStep",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "request",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="passed",
                                to="services.servicerequest",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("verb", models.CharField(max_length=16)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "asked for"),
                                    ("taken", "taken in"),
                                    ("in_hand", "in hand"),
                                    ("waiting", "waiting for papers"),
                                    ("done", "granted, to be handed over"),
                                    ("refused", "refused, to be told"),
                                    ("handed", "handed over"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "words",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="services.requeststep.words", null=True
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step",
                        "indexes": [models.Index(fields=["request", "id"], name="service_step_request")],
                    },
                ),
                migrations.CreateModel(
                    name="Proxy",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "request",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proxy",
                                to="services.servicerequest",
                            ),
                        ),
                        (
                            "agent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proxies",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "how",
                            models.CharField(
                                choices=[("paper", "on signed paper"), ("page", "on the page")], max_length=8
                            ),
                        ),
                        ("until", models.DateField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("asked", "asked for"), ("given", "in force"), ("ended", "ended")],
                                default="asked",
                                max_length=8,
                            ),
                        ),
                        ("given_on", models.DateField(null=True)),
                        ("ended_on", models.DateField(null=True)),
                        (
                            "why",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("done", "the matter is done"),
                                    ("withdrawn", "withdrawn by the resident"),
                                    ("expired", "its last day is over"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "proxy",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "ended"), _negated=True),
                                fields=["until"],
                                name="proxy_until",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "given"), _negated=True),
                                    models.Q(("agent", None), _negated=True),
                                    _connector="OR",
                                ),
                                name="proxy_has_agent",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_on__isnull", False), ("state", "ended")),
                                    models.Q(models.Q(("state", "ended"), _negated=True), ("ended_on", None)),
                                    _connector="OR",
                                ),
                                name="proxy_ended_on",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProxyCopy",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "proxy",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="copies", to="services.proxy"
                            ),
                        ),
                        ("name", models.CharField(max_length=80)),
                        (
                            "file",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="core.filerow",
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("deleted_on", models.DateField(null=True)),
                    ],
                    options={
                        "verbose_name": "copy of a paper",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("deleted_on__isnull", False), ("file", None)),
                                    models.Q(("deleted_on", None), ("file__isnull", False)),
                                    _connector="OR",
                                ),
                                name="proxy_copy_deleted",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AppointmentSlot",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointment_slots",
                                to="territory.place",
                            ),
                        ),
                        ("kind", models.CharField(max_length=64)),
                        ("where", models.CharField(blank=True, max_length=160)),
                        ("starts", models.DateTimeField()),
                        ("ends", models.DateTimeField()),
                        ("capacity", models.PositiveIntegerField()),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "can be booked"), ("cancelled", "does not take place")],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("came", models.PositiveIntegerField(null=True)),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "verbose_name": "time for appointments",
                        "indexes": [models.Index(fields=["place", "starts"], name="appointment_slot_place")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "open")),
                                fields=("place", "kind", "starts"),
                                name="appointment_slot_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ends__gt", models.F("starts"))), name="appointment_slot_span"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("capacity__gt", 0)), name="appointment_slot_capacity"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "open"), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                                name="appointment_slot_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Appointment",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "slot",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appointments",
                                to="services.appointmentslot",
                            ),
                        ),
                        (
                            "name",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="services.appointment.name", null=True
                            ),
                        ),
                        (
                            "phone",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="services.appointment.phone", null=True
                            ),
                        ),
                        ("phone_hash", models.BinaryField(max_length=32, null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[("booked", "booked"), ("cancelled", "cancelled")],
                                default="booked",
                                max_length=12,
                            ),
                        ),
                        ("booked", models.DateTimeField()),
                        ("cancelled", models.DateTimeField(null=True)),
                        ("forgotten", models.DateField(null=True)),
                    ],
                    options={
                        "verbose_name": "appointment",
                        "indexes": [models.Index(fields=["slot", "state"], name="appointment_slot_state")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "booked")),
                                fields=("slot", "phone_hash"),
                                name="appointment_once",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
