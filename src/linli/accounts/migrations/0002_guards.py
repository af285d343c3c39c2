"""Where tries and used codes are counted for all server processes. Unlogged: nothing is lost when a crash empties it."""

from django.db import migrations

COUNTED = """
CREATE UNLOGGED TABLE IF NOT EXISTS accounts_counted (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX IF NOT EXISTS accounts_counted_expires ON accounts_counted (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_tables")]

    operations = [migrations.RunSQL(COUNTED)]
