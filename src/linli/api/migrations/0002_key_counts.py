"""Requests of a key are counted for all server processes together, in a table that is never written to disk."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("api", "0001_keys")]

    operations = [
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
            options={"verbose_name": "requests of an API key"},
        ),
        migrations.RunSQL("ALTER TABLE api_keycount SET UNLOGGED", "ALTER TABLE api_keycount SET LOGGED"),
    ]
