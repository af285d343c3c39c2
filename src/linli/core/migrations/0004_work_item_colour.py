"""A work item may bear a colour of its own, whatever its time says: that of an alert."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0003_seal_ranges")]

    operations = [
        migrations.AddField(
            model_name="workitem",
            name="colour",
            field=models.CharField(blank=True, db_default="", default="", max_length=8),
        ),
    ]
