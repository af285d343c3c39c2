"""Where tries and used codes are counted for all server processes. Unlogged: nothing is lost when a crash empties it."""

from django.db import migrations

MAKE = """
CREATE UNLOGGED TABLE accounts_counted (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX accounts_counted_expires ON accounts_counted (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_exports_logged")]

    operations = [migrations.RunSQL(MAKE, "DROP TABLE accounts_counted")]
