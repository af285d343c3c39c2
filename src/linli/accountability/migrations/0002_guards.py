"""What the database itself refuses: changing what was frozen or issued."""

from django.db import migrations

# The database itself refuses to change or remove what was frozen.
FROZEN = """
CREATE OR REPLACE FUNCTION frozen_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what was issued does not change' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE OR REPLACE TRIGGER frozen_no_change BEFORE UPDATE OR DELETE ON accountability_frozenfigure
    FOR EACH ROW EXECUTE FUNCTION frozen_refuse();
CREATE OR REPLACE TRIGGER frozen_no_truncate BEFORE TRUNCATE ON accountability_frozenfigure EXECUTE FUNCTION frozen_refuse();
CREATE OR REPLACE TRIGGER frozen_rows_no_change BEFORE UPDATE OR DELETE ON accountability_frozenrows
    FOR EACH ROW EXECUTE FUNCTION frozen_refuse();
CREATE OR REPLACE TRIGGER frozen_rows_no_truncate BEFORE TRUNCATE ON accountability_frozenrows EXECUTE FUNCTION frozen_refuse();
"""
# The database itself refuses to change or remove what was issued, and the versions from which it was.
ISSUED = """
CREATE OR REPLACE TRIGGER template_version_no_change BEFORE UPDATE OR DELETE ON accountability_templateversion
    FOR EACH ROW EXECUTE FUNCTION frozen_refuse();
CREATE OR REPLACE TRIGGER issued_report_no_change BEFORE UPDATE OR DELETE ON accountability_issuedreport
    FOR EACH ROW EXECUTE FUNCTION frozen_refuse();
CREATE OR REPLACE TRIGGER issued_figure_no_change BEFORE UPDATE OR DELETE ON accountability_issuedfigure
    FOR EACH ROW EXECUTE FUNCTION frozen_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("accountability", "0001_tables")]

    operations = [migrations.RunSQL(FROZEN), migrations.RunSQL(ISSUED)]
