"""No more of an offer is held than there is: the database itself refuses it, whoever writes."""

from django.db import migrations

# What is given back is counted at each instant at which something held begins, what is used up in all.
GUARD = """
CREATE FUNCTION booking_held(offer bigint, lending text, since timestamptz, until timestamptz)
RETURNS numeric LANGUAGE sql STABLE AS $$
    WITH held AS (
        SELECT amount, starts, ends FROM bookings_booking
        WHERE offer_id = offer AND (state IN ('asked', 'approved') OR lending = 'used' AND state = 'used')
    )
    SELECT coalesce(CASE WHEN lending = 'used' THEN (SELECT sum(amount) FROM held) ELSE (
        SELECT max((SELECT sum(h.amount) FROM held h WHERE h.starts <= at AND h.ends > at))
        FROM (SELECT greatest(starts, since) AS at FROM held WHERE starts < until AND ends > since) AS instants
    ) END, 0)
$$;
CREATE FUNCTION booking_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    o record;
BEGIN
    SELECT lending, amount INTO o FROM organizations_resourceoffer WHERE id = NEW.offer_id FOR UPDATE;
    IF booking_held(NEW.offer_id, o.lending, NEW.starts, NEW.ends) > coalesce(o.amount, 0) THEN
        RAISE EXCEPTION 'booking_fits: more is booked than there is' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER booking_fits AFTER INSERT OR UPDATE ON bookings_booking
    FOR EACH ROW WHEN (NEW.state IN ('asked', 'approved')) EXECUTE FUNCTION booking_guard();
CREATE FUNCTION booking_offer_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF booking_held(NEW.id, NEW.lending, '-infinity', 'infinity') > coalesce(NEW.amount, 0) OR EXISTS (
        SELECT FROM bookings_booking WHERE offer_id = NEW.id AND state IN ('asked', 'approved')
        AND ends > NEW.until::timestamp AT TIME ZONE 'Asia/Shanghai'
    ) THEN
        RAISE EXCEPTION 'booking_fits: more is booked than there is' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER booking_fits AFTER UPDATE OF lending, amount, until ON organizations_resourceoffer
    FOR EACH ROW EXECUTE FUNCTION booking_offer_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("bookings", "0001_tables")]

    operations = [migrations.RunSQL(GUARD)]
