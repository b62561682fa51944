from django.db import migrations

# An entry balances when its transaction ends, and nothing that was booked is ever changed: a mistake is put right by an
# entry of its own. Retention alone takes whole entries out, and says so by a setting of its transaction.
GUARDS = """
CREATE FUNCTION ledger_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('xinqiao.ledger_retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the ledger is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_journalentry
    FOR EACH ROW EXECUTE FUNCTION ledger_guard();
CREATE TRIGGER ledger_entry_not_emptied BEFORE TRUNCATE ON ledger_journalentry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard();
CREATE TRIGGER ledger_leg_append_only BEFORE UPDATE OR DELETE ON ledger_leg
    FOR EACH ROW EXECUTE FUNCTION ledger_guard();
CREATE TRIGGER ledger_leg_not_emptied BEFORE TRUNCATE ON ledger_leg
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard();

CREATE FUNCTION ledger_balances() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    checked bigint := CASE WHEN TG_TABLE_NAME = 'ledger_leg' THEN to_jsonb(NEW) ->> 'entry_id'
                           ELSE to_jsonb(NEW) ->> 'id' END;
    total numeric;
    legs integer;
BEGIN
    SELECT coalesce(sum(amount_fen), 0), count(*) INTO total, legs FROM ledger_leg WHERE entry_id = checked;
    IF total <> 0 OR legs < 2 THEN
        RAISE EXCEPTION 'entry % does not balance: % fen over % legs', checked, total, legs
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_balances';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_leg_balances AFTER INSERT ON ledger_leg
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_balances();
CREATE CONSTRAINT TRIGGER ledger_entry_has_legs AFTER INSERT ON ledger_journalentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_balances();
"""
NO_GUARDS = """
DROP TRIGGER ledger_entry_has_legs ON ledger_journalentry;
DROP TRIGGER ledger_leg_balances ON ledger_leg;
DROP FUNCTION ledger_balances();
DROP TRIGGER ledger_leg_not_emptied ON ledger_leg;
DROP TRIGGER ledger_leg_append_only ON ledger_leg;
DROP TRIGGER ledger_entry_not_emptied ON ledger_journalentry;
DROP TRIGGER ledger_entry_append_only ON ledger_journalentry;
DROP FUNCTION ledger_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(GUARDS, NO_GUARDS)]
