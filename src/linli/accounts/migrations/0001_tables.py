"""The tables of this app, made from its models."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import linli.core.tables


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_paper_codes"),
        ("accounts", "0003_exports_logged"),
        ("accounts", "0004_counted"),
    ]

    initial = True

    dependencies = [
        ("organizations", "0001_tables"),
    ]

    operations = [
        linli.core.tables.CreateTables(
            tables=[
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        ("username", models.CharField(max_length=80, unique=True)),
                        ("phone_hash", models.BinaryField(max_length=32, null=True, unique=True)),
                        ("email", models.EmailField(blank=True, max_length=254)),
                        ("display_name", models.CharField(blank=True, max_length=60)),
                        ("language", models.CharField(default="zh-hans", max_length=10)),
                        ("elder_mode", models.BooleanField(default=False)),
                        ("is_active", models.BooleanField(default=True)),
                        ("must_change_password", models.BooleanField(default=False)),
                        ("joined", models.DateTimeField()),
                        (
                            "person",
                            models.OneToOneField(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="account",
                                to="organizations.person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "account",
                    },
                ),
                migrations.CreateModel(
                    name="Look",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("actor", models.CharField(max_length=64)),
                        ("subject_type", models.CharField(max_length=48)),
                        ("subject_id", models.BigIntegerField(null=True)),
                        ("field", models.CharField(max_length=80)),
                        ("reason", models.CharField(max_length=200)),
                        ("rows", models.PositiveIntegerField(null=True)),
                    ],
                    options={
                        "verbose_name": "look",
                        "indexes": [models.Index(fields=["subject_type", "subject_id"], name="look_subject")],
                    },
                ),
                migrations.CreateModel(
                    name="PaperCode",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("code_hash", models.BinaryField(max_length=32)),
                        ("made", models.DateTimeField()),
                        ("expires", models.DateTimeField()),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        (
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="paper_code",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "paper code",
                    },
                ),
            ],
        ),
    ]
