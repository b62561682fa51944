from django.db import migrations

# No debit without an announcement at least five days older that names the same sum, whatever a service forgets; and the
# proof of it is never changed. Retention alone takes notices out, and says so by a setting of its transaction.
GUARDS = """
CREATE FUNCTION subscriptions_announced() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.charge_begun_at IS NOT NULL
        AND NEW.charge_begun_at IS DISTINCT FROM OLD.charge_begun_at THEN
        RAISE EXCEPTION 'a debit begins once' USING ERRCODE = 'restrict_violation';
    END IF;
    IF NEW.charge_begun_at IS NOT NULL AND NEW.kind = 'debit' AND NOT EXISTS (
        SELECT FROM subscriptions_renewalnotice AS notice
        WHERE notice.cycle_id = NEW.id AND notice.amount_fen = NEW.amount_fen
            AND notice.sent_at <= NEW.charge_begun_at - interval '5 days'
    ) THEN
        RAISE EXCEPTION 'period % was not announced five days before its debit', NEW.id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'debit_was_announced';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER subscriptions_debit_announced BEFORE INSERT OR UPDATE ON subscriptions_billingcycle
    FOR EACH ROW EXECUTE FUNCTION subscriptions_announced();

CREATE FUNCTION subscriptions_debit_begun() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.method = 'agreement' AND EXISTS (
        SELECT FROM payments_paymentintent AS intent
        JOIN subscriptions_billingcycle AS cycle ON cycle.id = intent.payable_id
        WHERE intent.id = NEW.intent_id AND intent.payable_kind = 'plan_cycle'
            AND cycle.kind <> 'mirrored' AND cycle.charge_begun_at IS NULL
    ) THEN
        RAISE EXCEPTION 'a debit of a period that was not announced'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'debit_was_announced';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER subscriptions_attempt_begun BEFORE INSERT ON payments_paymentattempt
    FOR EACH ROW EXECUTE FUNCTION subscriptions_debit_begun();

CREATE FUNCTION subscriptions_notice_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('xinqiao.plans_retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'notices are append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER subscriptions_notice_append_only BEFORE UPDATE OR DELETE ON subscriptions_renewalnotice
    FOR EACH ROW EXECUTE FUNCTION subscriptions_notice_guard();

CREATE FUNCTION subscriptions_plan_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF to_jsonb(NEW) - 'on_sale_until' <> to_jsonb(OLD) - 'on_sale_until' THEN
        RAISE EXCEPTION 'a plan that was on offer does not change' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER subscriptions_plan_frozen BEFORE UPDATE ON subscriptions_plan
    FOR EACH ROW EXECUTE FUNCTION subscriptions_plan_guard();
"""
NO_GUARDS = """
DROP TRIGGER subscriptions_plan_frozen ON subscriptions_plan;
DROP FUNCTION subscriptions_plan_guard();
DROP TRIGGER subscriptions_notice_append_only ON subscriptions_renewalnotice;
DROP FUNCTION subscriptions_notice_guard();
DROP TRIGGER subscriptions_attempt_begun ON payments_paymentattempt;
DROP FUNCTION subscriptions_debit_begun();
DROP TRIGGER subscriptions_debit_announced ON subscriptions_billingcycle;
DROP FUNCTION subscriptions_announced();
"""


class Migration(migrations.Migration):
    dependencies = [("subscriptions", "0001_initial")]
    operations = [migrations.RunSQL(GUARDS, NO_GUARDS)]
