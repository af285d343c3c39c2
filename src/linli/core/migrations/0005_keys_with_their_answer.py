"""A key is written together with what it answers; one without an answer says nothing and goes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0004_work_item_colour")]

    operations = [
        migrations.RunSQL("DELETE FROM core_idempotencykey WHERE response IS NULL", migrations.RunSQL.noop),
        migrations.RemoveField(model_name="idempotencykey", name="status"),
        migrations.AlterField(model_name="idempotencykey", name="response", field=models.JSONField()),
    ]
