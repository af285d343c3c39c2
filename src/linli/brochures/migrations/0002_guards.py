"""An edition never changes: the database itself keeps its title, number, day and pages as they were issued."""

from django.db import migrations

GUARD = """
CREATE FUNCTION brochure_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.edition IS NOT NULL AND (NEW.place_id, NEW.title, NEW.edition, NEW.issued_on, NEW.issued_by, NEW.numbers)
        IS DISTINCT FROM (OLD.place_id, OLD.title, OLD.edition, OLD.issued_on, OLD.issued_by, OLD.numbers) THEN
        RAISE EXCEPTION 'brochure_stays: an edition does not change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER brochure_stays AFTER UPDATE ON brochures_brochure FOR EACH ROW EXECUTE FUNCTION brochure_guard();
CREATE FUNCTION brochure_page_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM FROM brochures_brochure WHERE id IN (OLD.brochure_id, NEW.brochure_id) AND edition IS NOT NULL;
    IF FOUND THEN
        RAISE EXCEPTION 'brochure_page_stays: an edition does not change' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER brochure_page_stays AFTER INSERT OR UPDATE OR DELETE ON brochures_brochurepage
    FOR EACH ROW EXECUTE FUNCTION brochure_page_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("brochures", "0001_tables")]

    operations = [migrations.RunSQL(GUARD)]
