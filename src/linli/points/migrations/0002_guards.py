"""What was posted does not change, and the entries of a transfer sum to zero."""

from django.db import migrations

# The database itself refuses to change what was posted, and entries that do not sum to zero.
GUARD = """
CREATE OR REPLACE FUNCTION points_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was posted does not change' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE OR REPLACE TRIGGER points_transfer_no_change BEFORE UPDATE OR DELETE ON points_transfer
    FOR EACH ROW EXECUTE FUNCTION points_refuse();
CREATE OR REPLACE TRIGGER points_transfer_no_truncate BEFORE TRUNCATE ON points_transfer EXECUTE FUNCTION points_refuse();
CREATE OR REPLACE TRIGGER points_entry_no_change BEFORE UPDATE OR DELETE ON points_entry
    FOR EACH ROW EXECUTE FUNCTION points_refuse();
CREATE OR REPLACE TRIGGER points_entry_no_truncate BEFORE TRUNCATE ON points_entry EXECUTE FUNCTION points_refuse();
CREATE OR REPLACE FUNCTION points_sums() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM written GROUP BY transfer_id HAVING sum(amount) <> 0) THEN
        RAISE EXCEPTION 'the entries of a transfer sum to zero' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER points_entry_sums AFTER INSERT ON points_entry
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION points_sums();
"""


class Migration(migrations.Migration):
    dependencies = [("points", "0001_tables")]

    operations = [migrations.RunSQL(GUARD)]
