"""No more book a time than there is room for: the database itself refuses it, whoever writes."""

from django.db import migrations

GUARD = """
CREATE FUNCTION appointment_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    room integer;
BEGIN
    SELECT capacity INTO room FROM services_appointmentslot WHERE id = NEW.slot_id FOR UPDATE;
    IF (SELECT count(*) FROM services_appointment WHERE slot_id = NEW.slot_id AND state = 'booked') > room THEN
        RAISE EXCEPTION 'appointment_fits: more have booked than there is room for' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER appointment_fits AFTER INSERT OR UPDATE ON services_appointment
    FOR EACH ROW WHEN (NEW.state = 'booked') EXECUTE FUNCTION appointment_guard();
CREATE FUNCTION appointment_slot_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT count(*) FROM services_appointment WHERE slot_id = NEW.id AND state = 'booked') > NEW.capacity THEN
        RAISE EXCEPTION 'appointment_fits: more have booked than there is room for' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER appointment_fits AFTER UPDATE OF capacity ON services_appointmentslot
    FOR EACH ROW EXECUTE FUNCTION appointment_slot_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("services", "0001_tables")]

    operations = [migrations.RunSQL(GUARD)]
