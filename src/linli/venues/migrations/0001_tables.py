"""The tables of this app, made from its models."""

import django.db.models.deletion
from django.db import migrations, models

import linli.core.tables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("organizations", "0002_lending"),
        ("territory", "0001_tables"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Opening",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("hours", models.JSONField(default=list)),
                        ("holidays", models.BooleanField(default=False)),
                        (
                            "access",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "not known"),
                                    ("yes", "step-free"),
                                    ("partly", "partly step-free"),
                                    ("no", "not step-free"),
                                ],
                                max_length=8,
                            ),
                        ),
                        ("services", models.CharField(blank=True, max_length=300)),
                        ("rules", models.CharField(blank=True, max_length=1000)),
                        ("phone", models.CharField(blank=True, max_length=24)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "facility",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="opening",
                                to="territory.facility",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "opening of a venue",
                    },
                ),
                migrations.CreateModel(
                    name="Room",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=80)),
                        ("area_m2", models.DecimalField(decimal_places=2, max_digits=10)),
                        (
                            "use",
                            models.CharField(
                                choices=[("service", "service"), ("office", "office"), ("idle", "idle")],
                                default="service",
                                max_length=8,
                            ),
                        ),
                        ("capacity", models.PositiveIntegerField(null=True)),
                        ("accessible", models.BooleanField(default=False)),
                        (
                            "booked_by",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "not booked"),
                                    ("residents", "residents and bodies"),
                                    ("bodies", "bodies only"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("buffer", models.PositiveIntegerField(default=0)),
                        ("longest", models.PositiveIntegerField(default=240)),
                        ("notice", models.PositiveIntegerField(default=0)),
                        ("ahead", models.PositiveIntegerField(default=60)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rooms",
                                to="territory.facility",
                            ),
                        ),
                        (
                            "part_of",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="parts",
                                to="venues.room",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "room",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)), fields=("facility", "name"), name="room_once"
                            ),
                            models.CheckConstraint(condition=models.Q(("area_m2__gt", 0)), name="room_area"),
                            models.CheckConstraint(
                                condition=models.Q(("part_of", models.F("id")), _negated=True), name="room_part"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("until", None), ("until__gte", models.F("since")), _connector="OR"),
                                name="room_span",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClearingItem",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "kind",
                            models.CharField(
                                choices=[("desk", "desk"), ("plate", "plate"), ("notice", "wall notice")], max_length=8
                            ),
                        ),
                        ("text", models.CharField(max_length=160)),
                        (
                            "state",
                            models.CharField(
                                choices=[("listed", "to be looked at"), ("kept", "kept"), ("removed", "removed")],
                                default="listed",
                                max_length=8,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("listed", models.DateField()),
                        ("decided", models.DateField(null=True)),
                        ("freed_m2", models.DecimalField(decimal_places=2, max_digits=10, null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="clearing",
                                to="territory.facility",
                            ),
                        ),
                        (
                            "room",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="cleared",
                                to="venues.room",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "desk, plate or notice",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "listed"), models.Q(("reason", ""), _negated=True), _connector="OR"
                                ),
                                name="clearing_item_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state", "removed"), ("freed_m2", None), _connector="OR"),
                                name="clearing_item_freed",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoomBooking",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("starts", models.DateTimeField()),
                        ("ends", models.DateTimeField()),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("held", "held"),
                                    ("booked", "booked"),
                                    ("used", "taken place"),
                                    ("returned", "given back"),
                                    ("cancelled", "cancelled by the house"),
                                    ("lapsed", "not confirmed in time"),
                                ],
                                default="held",
                                max_length=12,
                            ),
                        ),
                        ("purpose", models.CharField(blank=True, max_length=120)),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("left_out", models.JSONField(default=list)),
                        ("asked", models.DateTimeField()),
                        ("asked_by", models.CharField(max_length=64)),
                        ("expires", models.DateTimeField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="room_bookings",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "room",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="bookings", to="venues.room"
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="others",
                                to="venues.roombooking",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="room_bookings",
                                to="accounts.user",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "booking of a room",
                        "indexes": [
                            models.Index(fields=["room", "starts"], name="room_booking_room"),
                            models.Index(
                                condition=models.Q(("user__isnull", False)),
                                fields=["user", "-starts"],
                                name="room_booking_user",
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ["held", "booked"])),
                                fields=["ends"],
                                name="room_booking_open",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("ends__gt", models.F("starts"))), name="room_booking_span"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "cancelled"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="room_booking_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "held"), _negated=True),
                                    ("expires__isnull", False),
                                    _connector="OR",
                                ),
                                name="room_booking_expires",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Occupied",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("since", models.DateTimeField()),
                        ("until", models.DateTimeField()),
                        ("held", models.BooleanField(default=True)),
                        (
                            "room",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="occupied", to="venues.room"
                            ),
                        ),
                        (
                            "booking",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="occupied",
                                to="venues.roombooking",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "occupied room",
                        "constraints": [
                            models.UniqueConstraint(fields=("booking", "room"), name="occupied_once"),
                            models.CheckConstraint(
                                condition=models.Q(("until__gt", models.F("since"))), name="occupied_span"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SupplyItem",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=80)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("tools", "tools"),
                                    ("medicine", "emergency medicine"),
                                    ("water", "drinking water"),
                                    ("power", "charging"),
                                    ("other", "other things"),
                                ],
                                default="other",
                                max_length=12,
                            ),
                        ),
                        ("amount", models.PositiveIntegerField(default=0)),
                        ("least", models.PositiveIntegerField(default=0)),
                        ("unit", models.CharField(blank=True, max_length=12)),
                        ("expires", models.DateField(null=True)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="supplies",
                                to="territory.facility",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "supply",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("until", None)), fields=("facility", "name"), name="supply_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UsePlan",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("text", models.CharField(max_length=200)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "proposed"),
                                    ("approved", "approved"),
                                    ("in_use", "in use"),
                                    ("refused", "refused"),
                                    ("ended", "ended"),
                                ],
                                default="proposed",
                                max_length=12,
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=200)),
                        ("proposed", models.DateField()),
                        ("proposed_by", models.CharField(max_length=64)),
                        ("decided", models.DateField(null=True)),
                        ("since", models.DateField(null=True)),
                        ("until", models.DateField(null=True)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "room",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="plans", to="venues.room"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "planned use",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state__in", ["proposed", "approved", "in_use"])),
                                fields=("room",),
                                name="use_plan_one",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="use_plan_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Closure",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("since", models.DateField()),
                        ("last", models.DateField()),
                        ("reason", models.CharField(max_length=200)),
                        ("void", models.BooleanField(default=False)),
                        (
                            "facility",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="closures",
                                to="territory.facility",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "closed days",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("last__gte", models.F("since"))), name="closure_span"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True), name="closure_reason"
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
