"""What the database itself holds of votes and of accounts of the courtyard."""

from django.db import migrations

# What everybody was told does not change: a poll from its opening on, its electorate, its count. Marks and ballots are
# only added, while the poll is open; a secret ballot is emptied once it is counted, and a mark of a secret paper
# ballot may be taken back until then.
POLLS = """
CREATE OR REPLACE FUNCTION poll_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a poll is fixed from its opening on' USING ERRCODE = 'integrity_constraint_violation';
END $$;

CREATE OR REPLACE FUNCTION poll_terms(p deliberation_poll) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT (to_jsonb(p) - ARRAY['state', 'reason', 'held', 'present', 'votes_for', 'votes_against', 'abstained', 'met',
                                'result', 'extra', 'version', 'holding_id'])::text
$$;
CREATE OR REPLACE FUNCTION poll_count(p deliberation_poll) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT jsonb_build_array(p.held, p.present, p.votes_for, p.votes_against, p.abstained, p.met, p.result)::text
$$;
CREATE OR REPLACE TRIGGER poll_no_change BEFORE UPDATE ON deliberation_poll FOR EACH ROW
    WHEN (NOT OLD.imported AND OLD.state IN ('open', 'closed', 'published', 'void') AND (
        NEW.state NOT IN ('open', 'closed', 'published', 'void')
        OR poll_terms(NEW) IS DISTINCT FROM poll_terms(OLD)
        OR OLD.state <> 'open' AND poll_count(NEW) IS DISTINCT FROM poll_count(OLD)))
    EXECUTE FUNCTION poll_refuse();
CREATE OR REPLACE TRIGGER poll_no_removal BEFORE DELETE ON deliberation_poll FOR EACH ROW
    WHEN (NOT OLD.imported AND OLD.state <> 'draft') EXECUTE FUNCTION poll_refuse();

CREATE OR REPLACE FUNCTION poll_electorate() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    touched bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.poll_id ELSE NEW.poll_id END;
BEGIN
    IF EXISTS (SELECT FROM deliberation_poll WHERE id = touched AND state NOT IN ('draft', 'announced')) THEN
        RAISE EXCEPTION 'the electorate is frozen' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE OR REPLACE TRIGGER elector_frozen BEFORE INSERT OR UPDATE OR DELETE ON deliberation_elector
    FOR EACH ROW EXECUTE FUNCTION poll_electorate();
CREATE OR REPLACE TRIGGER poll_right_frozen BEFORE INSERT OR UPDATE OR DELETE ON deliberation_pollright
    FOR EACH ROW EXECUTE FUNCTION poll_electorate();
CREATE OR REPLACE TRIGGER poll_key_frozen BEFORE INSERT OR UPDATE OR DELETE ON deliberation_pollkey
    FOR EACH ROW EXECUTE FUNCTION poll_electorate();

CREATE OR REPLACE FUNCTION poll_voting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM deliberation_poll WHERE id = NEW.poll_id AND state = 'open') THEN
        RAISE EXCEPTION 'the poll is not open' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER poll_mark_voting BEFORE INSERT ON deliberation_pollmark
    FOR EACH ROW EXECUTE FUNCTION poll_voting();
CREATE OR REPLACE TRIGGER named_ballot_voting BEFORE INSERT ON deliberation_namedballot
    FOR EACH ROW EXECUTE FUNCTION poll_voting();
CREATE OR REPLACE TRIGGER sealed_ballot_voting BEFORE INSERT ON deliberation_sealedballot
    FOR EACH ROW EXECUTE FUNCTION poll_voting();
CREATE OR REPLACE TRIGGER paper_entry_voting BEFORE INSERT ON deliberation_paperentry
    FOR EACH ROW EXECUTE FUNCTION poll_voting();
CREATE OR REPLACE TRIGGER named_ballot_no_change BEFORE UPDATE OR DELETE ON deliberation_namedballot
    FOR EACH ROW EXECUTE FUNCTION poll_refuse();
CREATE OR REPLACE TRIGGER paper_entry_no_change BEFORE UPDATE OR DELETE ON deliberation_paperentry
    FOR EACH ROW EXECUTE FUNCTION poll_refuse();
CREATE OR REPLACE TRIGGER poll_mark_no_change BEFORE UPDATE ON deliberation_pollmark
    FOR EACH ROW EXECUTE FUNCTION poll_refuse();
CREATE OR REPLACE TRIGGER sealed_ballot_no_removal BEFORE DELETE ON deliberation_sealedballot
    FOR EACH ROW EXECUTE FUNCTION poll_refuse();
CREATE OR REPLACE TRIGGER sealed_ballot_no_change BEFORE UPDATE ON deliberation_sealedballot FOR EACH ROW
    WHEN (NEW.sealed IS NOT NULL OR (NEW.id, NEW.poll_id, NEW.receipt) IS DISTINCT FROM
          (OLD.id, OLD.poll_id, OLD.receipt))
    EXECUTE FUNCTION poll_refuse();

CREATE OR REPLACE FUNCTION poll_unmark() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.channel <> 'paper' OR NOT EXISTS (
        SELECT FROM deliberation_poll WHERE id = OLD.poll_id AND state = 'open' AND secrecy = 'secret'
    ) THEN
        RAISE EXCEPTION 'who has voted has voted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE OR REPLACE TRIGGER poll_mark_no_removal BEFORE DELETE ON deliberation_pollmark
    FOR EACH ROW EXECUTE FUNCTION poll_unmark();
"""
# The database itself refuses to change or remove an entry that was decided, and to enter anything in a closed quarter.
ENTRIES = """
CREATE OR REPLACE FUNCTION fund_entry_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- What the database computes is not there yet before an update.
    free text[] := '{extra,version,amount_yuan}';
    account record;
BEGIN
    IF TG_OP = 'INSERT' AND NEW.state IN ('approved', 'refused') THEN
        RAISE EXCEPTION 'an entry is entered before it is decided' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP <> 'INSERT' AND OLD.state IN ('approved', 'refused') AND (
        TG_OP = 'DELETE' OR to_jsonb(NEW) - free <> to_jsonb(OLD) - free
    ) THEN
        RAISE EXCEPTION 'an entry that was decided never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'book' AND NEW.state <> 'book' THEN
        RAISE EXCEPTION 'what an old book says is never decided' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.state = 'entered' AND (
        to_jsonb(NEW) - free - '{state,decided,decided_by,reason}'::text[]
        <> to_jsonb(OLD) - free - '{state,decided,decided_by,reason}'::text[]
    ) THEN
        RAISE EXCEPTION 'an entry never changes while it waits' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'INSERT' AND NEW.state = 'entered' OR TG_OP = 'UPDATE' AND OLD.state = 'entered' AND NEW.state = 'approved'
    THEN
        SELECT open_from, closed_on INTO account FROM deliberation_fundaccount WHERE id = NEW.account_id;
        IF NEW.day < account.open_from OR account.closed_on IS NOT NULL THEN
            RAISE EXCEPTION 'the quarter or the account of this entry is closed' USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER fund_entry_guard BEFORE INSERT OR UPDATE OR DELETE ON deliberation_fundentry
    FOR EACH ROW EXECUTE FUNCTION fund_entry_guard();
"""
COUNTS = """
CREATE OR REPLACE FUNCTION fund_count_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    deciding text[] := '{state,decided,decided_by,reason}';
BEGIN
    IF TG_OP = 'INSERT' AND NEW.state <> 'entered' THEN
        RAISE EXCEPTION 'a count is entered before it is decided' USING ERRCODE = 'restrict_violation';
    ELSIF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a count is never removed' USING ERRCODE = 'restrict_violation';
    ELSIF TG_OP = 'UPDATE' AND (OLD.state <> 'entered' OR to_jsonb(NEW) - deciding <> to_jsonb(OLD) - deciding) THEN
        RAISE EXCEPTION 'a count never changes' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER fund_count_guard BEFORE INSERT OR UPDATE OR DELETE ON deliberation_fundcount
    FOR EACH ROW EXECUTE FUNCTION fund_count_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("deliberation", "0001_tables")]

    operations = [migrations.RunSQL(POLLS), migrations.RunSQL(ENTRIES), migrations.RunSQL(COUNTS)]
