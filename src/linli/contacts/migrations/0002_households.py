"""Of households that were visited their number is kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("contacts", "0001_tables"),
    ]

    operations = [
        migrations.AddField(
            model_name="visit",
            name="households",
            field=models.PositiveSmallIntegerField(null=True),
        ),
    ]
