"""The tables of this app, made from its models."""

import django.db.models.deletion
from django.db import migrations, models

import linli.core.fields
import linli.core.tables


class Migration(migrations.Migration):
    replaces = [
        ("api", "0001_keys"),
        ("api", "0002_key_counts"),
        ("api", "0003_webhooks"),
        ("api", "0004_changing_secrets"),
    ]

    initial = True

    dependencies = [
        ("territory", "0001_tables"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="ApiKey",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("key_hash", models.BinaryField(max_length=32, unique=True)),
                        ("label", models.CharField(max_length=80)),
                        ("owner", models.CharField(max_length=120)),
                        ("abilities", models.JSONField(default=list)),
                        ("until", models.DateField()),
                        ("created", models.DateTimeField()),
                        ("created_by", models.CharField(max_length=64)),
                        ("revoked", models.DateTimeField(null=True)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.place"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "API key",
                    },
                ),
                migrations.CreateModel(
                    name="KeyCount",
                    fields=[
                        (
                            "key",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="api.apikey",
                            ),
                        ),
                        ("minute", models.BigIntegerField()),
                        ("count", models.PositiveIntegerField()),
                    ],
                    options={
                        "verbose_name": "requests of an API key",
                    },
                ),
                migrations.CreateModel(
                    name="Webhook",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("name", models.CharField(max_length=80)),
                        ("address", models.CharField(max_length=500)),
                        (
                            "secret",
                            linli.core.fields.EncryptedTextField(blank=True, context="api.webhook.secret", null=True),
                        ),
                        (
                            "former",
                            linli.core.fields.EncryptedTextField(blank=True, context="api.webhook.secret", null=True),
                        ),
                        ("former_until", models.DateTimeField(null=True)),
                        ("wants", models.JSONField(default=list)),
                        ("home", models.CharField(max_length=200)),
                        ("created", models.DateTimeField()),
                        ("created_by", models.CharField(max_length=64)),
                        ("since", models.DateTimeField()),
                        ("seal", models.BigIntegerField(default=0)),
                        ("failing_since", models.DateTimeField(null=True)),
                        ("paused", models.DateTimeField(null=True)),
                        ("ended", models.DateTimeField(null=True)),
                        (
                            "place",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="territory.place"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "webhook",
                    },
                ),
                migrations.CreateModel(
                    name="WebhookDelivery",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("event", models.CharField(max_length=48)),
                        ("body", models.TextField()),
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
                        ("status", models.PositiveSmallIntegerField(null=True)),
                        ("error", models.CharField(blank=True, max_length=60)),
                        (
                            "webhook",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="deliveries", to="api.webhook"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "delivery to a webhook",
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state", "waiting")),
                                fields=["webhook", "due", "id"],
                                name="webhook_due",
                            ),
                            models.Index(fields=["webhook", "-id"], name="webhook_latest"),
                            models.Index(fields=["made"], name="webhook_delivery_made"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("webhook", "event"), name="webhook_event_once")
                        ],
                    },
                ),
            ],
        ),
    ]
