"""The tables of this app, made from its models."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import linli.core.fields
import linli.core.tables


class Migration(migrations.Migration):
    replaces = [("orders", "0001_orders")]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
        ("activities", "0001_tables"),
        ("cases", "0001_tables"),
        ("organizations", "0001_tables"),
        ("territory", "0001_tables"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="ServiceMenuItem",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("label", models.CharField(max_length=60)),
                        ("category", models.CharField(blank=True, max_length=64)),
                        ("text", models.CharField(blank=True, max_length=300)),
                        ("provider", models.CharField(blank=True, max_length=160)),
                        ("needs", models.CharField(blank=True, max_length=200)),
                        ("minutes", models.PositiveIntegerField(null=True)),
                        ("for_credit", models.BooleanField(default=False)),
                        ("capacity", models.PositiveIntegerField(null=True)),
                        (
                            "per",
                            models.CharField(
                                choices=[("day", "a day"), ("week", "a week")], default="week", max_length=8
                            ),
                        ),
                        ("since", models.DateField(null=True)),
                        ("until", models.DateField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "not published"),
                                    ("published", "on the menu"),
                                    ("withdrawn", "taken off the menu"),
                                ],
                                default="draft",
                                max_length=12,
                            ),
                        ),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "organization",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_menu",
                                to="organizations.organization",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_menu",
                                to="territory.place",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "item of the menu",
                        "constraints": [
                            models.UniqueConstraint(fields=("place", "label"), name="service_menu_item_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until", None), ("since", None), ("until__gte", models.F("since")), _connector="OR"
                                ),
                                name="service_menu_item_span",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceOrder",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("number", models.CharField(max_length=64)),
                        ("way", models.CharField(blank=True, max_length=64)),
                        ("steps", models.JSONField(default=list)),
                        (
                            "door",
                            models.CharField(
                                choices=[
                                    ("online", "on the phone's page"),
                                    ("phone", "by telephone"),
                                    ("window", "at the window"),
                                    ("visit", "on a visit"),
                                ],
                                default="online",
                                max_length=8,
                            ),
                        ),
                        ("category", models.CharField(blank=True, max_length=64)),
                        ("text", models.CharField(blank=True, max_length=500)),
                        ("suits", models.CharField(blank=True, max_length=120)),
                        ("wanted_on", models.DateField(null=True)),
                        (
                            "wanted_time",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("weekday_morning", "weekday mornings"),
                                    ("weekday_afternoon", "weekday afternoons"),
                                    ("weekday_evening", "weekday evenings"),
                                    ("weekend_morning", "weekend mornings"),
                                    ("weekend_afternoon", "weekend afternoons"),
                                    ("weekend_evening", "weekend evenings"),
                                ],
                                max_length=24,
                            ),
                        ),
                        (
                            "asker_name",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="orders.serviceorder.asker_name", null=True
                            ),
                        ),
                        (
                            "phone",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="orders.serviceorder.phone", null=True
                            ),
                        ),
                        ("phone_hash", models.BinaryField(max_length=32, null=True)),
                        (
                            "address",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="orders.serviceorder.address", null=True
                            ),
                        ),
                        ("hold_id", models.BigIntegerField(null=True)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "asked for"),
                                    ("supplied", "supply found"),
                                    ("dispatched", "dispatched"),
                                    ("accepted", "accepted"),
                                    ("done", "done"),
                                    ("calling", "rated low, to be called back"),
                                    ("rated", "rated"),
                                    ("called", "called back"),
                                    ("declined", "cannot be offered"),
                                    ("not_done", "could not be done"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="asked",
                                max_length=12,
                            ),
                        ),
                        ("asked_on", models.DateField()),
                        ("asked", models.DateTimeField(null=True)),
                        ("supplied_on", models.DateField(null=True)),
                        ("supply", models.CharField(blank=True, max_length=200)),
                        ("dispatched_on", models.DateField(null=True)),
                        ("dispatcher", models.CharField(blank=True, max_length=64)),
                        ("accepted_on", models.DateField(null=True)),
                        (
                            "taken_as",
                            models.CharField(
                                blank=True,
                                choices=[("volunteer", "volunteer"), ("member", "Party member")],
                                max_length=12,
                            ),
                        ),
                        ("due", models.DateTimeField(null=True)),
                        ("done_on", models.DateField(null=True)),
                        ("minutes", models.PositiveIntegerField(null=True)),
                        ("confirmed_on", models.DateField(null=True)),
                        (
                            "rating",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("5", "very satisfied"),
                                    ("4", "satisfied"),
                                    ("3", "fair"),
                                    ("2", "dissatisfied"),
                                    ("1", "very dissatisfied"),
                                ],
                                max_length=1,
                            ),
                        ),
                        ("rated_on", models.DateField(null=True)),
                        (
                            "words",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="orders.serviceorder.words", null=True
                            ),
                        ),
                        ("called_on", models.DateField(null=True)),
                        (
                            "call",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("fine", "all is well"),
                                    ("not_fine", "not content"),
                                    ("not_reached", "not reached"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "call_note",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="orders.serviceorder.call_note", null=True
                            ),
                        ),
                        ("reopened", models.PositiveSmallIntegerField(default=0)),
                        ("ended_on", models.DateField(null=True)),
                        (
                            "reason",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="orders.serviceorder.reason", null=True
                            ),
                        ),
                        ("recorded", models.DateTimeField()),
                        ("recorder", models.CharField(max_length=64)),
                        ("extra", models.JSONField(default=dict)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "asker_user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_orders",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "case",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_orders",
                                to="cases.case",
                            ),
                        ),
                        (
                            "item",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="orders",
                                to="orders.servicemenuitem",
                            ),
                        ),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_orders",
                                to="territory.place",
                            ),
                        ),
                        (
                            "service_record",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="service_order",
                                to="activities.servicerecord",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "service order",
                        "indexes": [
                            models.Index(fields=["place", "-asked_on", "-id"], name="service_order_place"),
                            models.Index(fields=["-asked_on", "-id"], name="service_order_asked"),
                            models.Index(
                                condition=models.Q(("asker_user", None), _negated=True),
                                fields=["asker_user", "-id"],
                                name="service_order_asker",
                            ),
                            models.Index(
                                condition=models.Q(("item", None), _negated=True),
                                fields=["item", "wanted_on"],
                                name="service_order_capacity",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("place", "number"), name="service_order_number"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("done_on", None), ("done_on__gte", models.F("asked_on")), _connector="OR"
                                ),
                                name="service_order_done",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("rating", ""), ("rating__in", ["1", "2", "3", "4", "5"]), _connector="OR"
                                ),
                                name="service_order_rating",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrderStep",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("verb", models.CharField(max_length=16)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("asked", "asked for"),
                                    ("supplied", "supply found"),
                                    ("dispatched", "dispatched"),
                                    ("accepted", "accepted"),
                                    ("done", "done"),
                                    ("calling", "rated low, to be called back"),
                                    ("rated", "rated"),
                                    ("called", "called back"),
                                    ("declined", "cannot be offered"),
                                    ("not_done", "could not be done"),
                                    ("cancelled", "cancelled"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="passed",
                                to="orders.serviceorder",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "step",
                        "indexes": [models.Index(fields=["order", "id"], name="order_step_order")],
                    },
                ),
                migrations.CreateModel(
                    name="OrderOffer",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        (
                            "taken_as",
                            models.CharField(
                                choices=[("volunteer", "volunteer"), ("member", "Party member")], max_length=12
                            ),
                        ),
                        (
                            "answer",
                            models.CharField(
                                choices=[
                                    ("open", "not answered yet"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("handed_on", "handed on"),
                                    ("lapsed", "no longer needed"),
                                ],
                                default="open",
                                max_length=12,
                            ),
                        ),
                        ("offered", models.DateTimeField()),
                        ("answered", models.DateTimeField(null=True)),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="order_offers",
                                to="organizations.person",
                            ),
                        ),
                        (
                            "order",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="offers",
                                to="orders.serviceorder",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "offer",
                        "indexes": [models.Index(fields=["person", "answer", "-id"], name="order_offer_person")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("answer", "accepted")),
                                fields=("order",),
                                name="order_offer_one_taker",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("answer__in", ["open", "accepted"])),
                                fields=("order", "person"),
                                name="order_offer_once",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
