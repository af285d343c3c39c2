"""What the database itself holds of settlements, papers of stock and prices."""

from django.db import migrations

# The database itself refuses to change what was paid, and the papers on which stock rests.
GUARD = """
CREATE OR REPLACE FUNCTION shop_settlement_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.state = 'paid' THEN
        RAISE EXCEPTION 'a settlement that was paid does not change' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER shop_settlement_kept BEFORE UPDATE OR DELETE ON shop_settlement
    FOR EACH ROW EXECUTE FUNCTION shop_settlement_guard();
CREATE OR REPLACE FUNCTION shop_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'stock papers and prices do not change' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE OR REPLACE TRIGGER shop_stockpaper_kept BEFORE UPDATE OR DELETE ON shop_stockpaper
    FOR EACH ROW EXECUTE FUNCTION shop_refuse();
CREATE OR REPLACE TRIGGER shop_stockline_kept BEFORE UPDATE OR DELETE ON shop_stockline
    FOR EACH ROW EXECUTE FUNCTION shop_refuse();
CREATE OR REPLACE TRIGGER shop_rewardprice_kept BEFORE UPDATE OR DELETE ON shop_rewardprice
    FOR EACH ROW EXECUTE FUNCTION shop_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_tables")]

    operations = [migrations.RunSQL(GUARD)]
