"""Seals name the stretches of entries they cover; entries note their transaction, so that none is sealed too early."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("core", "0002_procrastinate_without_notify")]
    operations = [
        migrations.AddField("seal", "ranges", models.JSONField(default=list)),
        migrations.RunSQL(
            "ALTER TABLE core_entry ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id()",
            "ALTER TABLE core_entry DROP COLUMN xid",
        ),
    ]
