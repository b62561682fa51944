from django.db import migrations

# Published rules and drawn-up statements never change. Retention alone takes them out, and says so by the ledger's
# setting of its transaction; rules that were in force within the last three years it cannot take out either.
GUARDS = """
CREATE FUNCTION settlement_fees_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'published rules are kept' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.published_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'DELETE' AND current_setting('xinqiao.ledger_retention', true) = 'on' AND EXISTS (
        SELECT 1 FROM settlement_feeversion later WHERE later.published_at IS NOT NULL
        AND later.valid_from > OLD.valid_from AND later.valid_from < now() - interval '3 years'
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'published rules never change' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER settlement_fees_fixed BEFORE UPDATE OR DELETE ON settlement_feeversion
    FOR EACH ROW EXECUTE FUNCTION settlement_fees_guard();
CREATE TRIGGER settlement_fees_not_emptied BEFORE TRUNCATE ON settlement_feeversion
    FOR EACH STATEMENT EXECUTE FUNCTION settlement_fees_guard();

CREATE FUNCTION settlement_fee_line_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    of_versions bigint[] := ARRAY[]::bigint[];
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'published rules are kept' USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP <> 'DELETE' THEN of_versions := of_versions || NEW.version_id; END IF;
    IF TG_OP <> 'INSERT' THEN of_versions := of_versions || OLD.version_id; END IF;
    IF TG_OP = 'DELETE' AND current_setting('xinqiao.ledger_retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    IF EXISTS (SELECT 1 FROM settlement_feeversion WHERE id = ANY(of_versions) AND published_at IS NOT NULL) THEN
        RAISE EXCEPTION 'published rules never change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER settlement_fee_lines_fixed BEFORE INSERT OR UPDATE OR DELETE ON settlement_feeline
    FOR EACH ROW EXECUTE FUNCTION settlement_fee_line_guard();
CREATE TRIGGER settlement_fee_lines_not_emptied BEFORE TRUNCATE ON settlement_feeline
    FOR EACH STATEMENT EXECUTE FUNCTION settlement_fee_line_guard();

CREATE FUNCTION settlement_fixed_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('xinqiao.ledger_retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a statement never changes' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER settlement_statement_fixed BEFORE UPDATE OR DELETE ON settlement_statement
    FOR EACH ROW EXECUTE FUNCTION settlement_fixed_guard();
CREATE TRIGGER settlement_statement_not_emptied BEFORE TRUNCATE ON settlement_statement
    FOR EACH STATEMENT EXECUTE FUNCTION settlement_fixed_guard();

CREATE FUNCTION settlement_account_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.payee, NEW.channel, NEW.holder, NEW.number, NEW.bank, NEW.asked_by_id)
        IS DISTINCT FROM (OLD.payee, OLD.channel, OLD.holder, OLD.number, OLD.bank, OLD.asked_by_id)
        OR (OLD.confirmed_at IS NOT NULL AND (NEW.confirmed_by_id, NEW.confirmed_at, NEW.effective_at)
            IS DISTINCT FROM (OLD.confirmed_by_id, OLD.confirmed_at, OLD.effective_at))
        OR (OLD.stopped_at IS NOT NULL AND NEW.stopped_at IS DISTINCT FROM OLD.stopped_at)
    THEN
        RAISE EXCEPTION 'an account for payouts is never edited' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER settlement_account_fixed BEFORE UPDATE ON settlement_payoutaccount
    FOR EACH ROW EXECUTE FUNCTION settlement_account_guard();
"""
NO_GUARDS = """
DROP TRIGGER settlement_account_fixed ON settlement_payoutaccount;
DROP FUNCTION settlement_account_guard();
DROP TRIGGER settlement_statement_not_emptied ON settlement_statement;
DROP TRIGGER settlement_statement_fixed ON settlement_statement;
DROP FUNCTION settlement_fixed_guard();
DROP TRIGGER settlement_fee_lines_not_emptied ON settlement_feeline;
DROP TRIGGER settlement_fee_lines_fixed ON settlement_feeline;
DROP FUNCTION settlement_fee_line_guard();
DROP TRIGGER settlement_fees_not_emptied ON settlement_feeversion;
DROP TRIGGER settlement_fees_fixed ON settlement_feeversion;
DROP FUNCTION settlement_fees_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("settlement", "0001_initial")]
    operations = [migrations.RunSQL(GUARDS, NO_GUARDS)]
