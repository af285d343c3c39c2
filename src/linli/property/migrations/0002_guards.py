"""A compound has one mode at a time, and so one contract: the database itself refuses a second, whoever writes.

The id is compared as a range of one, so that no extension is needed.
"""

from django.db import migrations

GUARD = """
ALTER TABLE property_management ADD CONSTRAINT management_one_at_a_time EXCLUDE USING gist (
    int8range(compound_id, compound_id, '[]') WITH &&, daterange(since, last, '[]') WITH &&
) WHERE (NOT void);
"""


class Migration(migrations.Migration):
    dependencies = [("property", "0001_tables")]

    operations = [migrations.RunSQL(GUARD)]
