"""The journal is only added to, and each entry notes its transaction, so that none is sealed too early."""

from django.db import migrations

# The database itself refuses to change or remove a journal entry or a seal.
JOURNAL = """
CREATE OR REPLACE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE OR REPLACE TRIGGER entry_no_change BEFORE UPDATE OR DELETE ON core_entry
    FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE OR REPLACE TRIGGER entry_no_truncate BEFORE TRUNCATE ON core_entry EXECUTE FUNCTION journal_refuse();
CREATE OR REPLACE TRIGGER seal_no_change BEFORE UPDATE OR DELETE ON core_seal
    FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE OR REPLACE TRIGGER seal_no_truncate BEFORE TRUNCATE ON core_seal EXECUTE FUNCTION journal_refuse();
"""
# NOTIFY holds a lock of the whole database at commit: workers poll (decision 0011).
NOTIFY = """
DROP TRIGGER IF EXISTS procrastinate_jobs_notify_queue_job_inserted_v1 ON procrastinate_jobs;
DROP TRIGGER IF EXISTS procrastinate_jobs_notify_queue_job_aborted_v1 ON procrastinate_jobs;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_tables"), ("procrastinate", "0041_post_retry_failed_job")]

    operations = [
        migrations.RunSQL(JOURNAL),
        migrations.RunSQL(
            "ALTER TABLE core_entry ADD COLUMN IF NOT EXISTS xid xid8 NOT NULL DEFAULT pg_current_xact_id()"
        ),
        migrations.RunSQL(NOTIFY),
    ]
