"""No room is taken twice at a time, and no hall while its half is taken: the database itself refuses it.

The id is compared as a range of one, so that no extension is needed.
"""

from django.db import migrations

GUARD = """
ALTER TABLE venues_occupied ADD CONSTRAINT room_taken_once EXCLUDE USING gist (
    int8range(room_id, room_id, '[]') WITH &&, tstzrange(since, until) WITH &&
) WHERE (held);
"""


class Migration(migrations.Migration):
    dependencies = [("venues", "0001_tables")]

    operations = [migrations.RunSQL(GUARD)]
