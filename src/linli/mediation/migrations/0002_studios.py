"""A session names the studio in which it is held."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("mediation", "0001_tables"),
        ("territory", "0002_facility_position"),
    ]

    operations = [
        migrations.AddField(
            model_name="mediationsession",
            name="studio",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="sessions",
                to="territory.facility",
            ),
        ),
    ]
