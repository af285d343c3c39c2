"""Nobody is sent to two places at once: the database itself refuses it, whoever writes."""

from django.db import migrations

GUARD = """
CREATE FUNCTION secondment_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM organizations_person WHERE id = NEW.person_id FOR UPDATE;
    IF EXISTS (
        SELECT FROM secondments_secondment WHERE person_id = NEW.person_id AND id <> NEW.id
        AND daterange(since, until) && daterange(NEW.since, NEW.until)
    ) THEN
        RAISE EXCEPTION 'secondment_one_at_a_time: this person is sent elsewhere at that time'
            USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER secondment_one_at_a_time AFTER INSERT OR UPDATE OF person_id, since, until ON secondments_secondment
    FOR EACH ROW EXECUTE FUNCTION secondment_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("secondments", "0001_tables")]

    operations = [migrations.RunSQL(GUARD)]
