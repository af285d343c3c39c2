"""The tables of this app, made from its models."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import linli.core.fields
import linli.core.tables


class Migration(migrations.Migration):
    replaces = [("messaging", "0001_initial"), ("messaging", "0002_channels")]

    initial = True

    dependencies = [
        ("accounts", "0001_tables"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="Preference",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("channel", models.CharField(max_length=24)),
                        (
                            "address",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="messaging.preference.address", null=True
                            ),
                        ),
                        (
                            "pace",
                            models.CharField(
                                choices=[
                                    ("digest", "one summary each working day"),
                                    ("each", "each message by day"),
                                    ("emergency", "emergencies only"),
                                ],
                                default="digest",
                                max_length=12,
                            ),
                        ),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="preference",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "way to be told",
                    },
                ),
                migrations.CreateModel(
                    name="Delivery",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("key", models.CharField(max_length=80, unique=True)),
                        ("channel", models.CharField(max_length=24)),
                        (
                            "address",
                            linli.core.fields.EncryptedTextField(
                                blank=True, context="messaging.delivery.address", null=True
                            ),
                        ),
                        ("text", models.CharField(max_length=300)),
                        (
                            "state",
                            models.CharField(
                                choices=[("waiting", "waiting"), ("sent", "sent"), ("failed", "failed for good")],
                                default="waiting",
                                max_length=8,
                            ),
                        ),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("made", models.DateTimeField()),
                        ("due", models.DateTimeField()),
                        ("sent", models.DateTimeField(null=True)),
                        ("error", models.CharField(blank=True, max_length=200)),
                        (
                            "user",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "delivery",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "failed")), fields=["-id"], name="delivery_failed"
                            ),
                            models.Index(fields=["made"], name="delivery_made"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Message",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("kind", models.CharField(max_length=48)),
                        ("title", models.CharField(blank=True, max_length=200)),
                        ("body", models.TextField(blank=True)),
                        ("facts", models.JSONField(default=dict)),
                        ("link", models.CharField(blank=True, max_length=200)),
                        (
                            "urgency",
                            models.CharField(
                                choices=[
                                    ("quiet", "in the inbox only"),
                                    ("normal", "by day"),
                                    ("emergency", "at once"),
                                ],
                                default="normal",
                                max_length=12,
                            ),
                        ),
                        ("subject_type", models.CharField(blank=True, max_length=48)),
                        ("subject_id", models.BigIntegerField(null=True)),
                        ("key", models.CharField(blank=True, max_length=80)),
                        ("at", models.DateTimeField()),
                        ("read", models.DateTimeField(null=True)),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="messages",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "message",
                        "indexes": [
                            models.Index(fields=["user", "-id"], name="message_inbox"),
                            models.Index(
                                condition=models.Q(("read", None)), fields=["user", "-id"], name="message_unread"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("key", ""), _negated=True),
                                fields=("user", "key"),
                                name="message_once",
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
