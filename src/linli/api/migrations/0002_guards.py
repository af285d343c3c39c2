"""Uses of keys are counted without a log: nothing is lost when a crash empties it."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("api", "0001_tables")]

    operations = [migrations.RunSQL("ALTER TABLE api_keycount SET UNLOGGED")]
