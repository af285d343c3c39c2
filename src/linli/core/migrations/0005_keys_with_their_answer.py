"""A key is written together with what it answers."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Every key that was ever committed has its answer."""

    dependencies = [("core", "0004_work_item_colour")]

    operations = [
        migrations.RemoveField(model_name="idempotencykey", name="status"),
        migrations.AlterField(model_name="idempotencykey", name="response", field=models.JSONField()),
    ]
