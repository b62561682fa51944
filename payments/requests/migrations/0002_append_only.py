from django.db import migrations

# A guardian's word stands as it was given. Retention alone takes it out with the payment it is about, and says so by a
# setting of its transaction.
GUARD = """
CREATE FUNCTION guardian_decision_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('xinqiao.payment_retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'a guardian''s decision is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER guardian_decision_append_only BEFORE UPDATE OR DELETE ON payment_requests_guardiandecision
    FOR EACH ROW EXECUTE FUNCTION guardian_decision_guard();
CREATE TRIGGER guardian_decision_not_emptied BEFORE TRUNCATE ON payment_requests_guardiandecision
    FOR EACH STATEMENT EXECUTE FUNCTION guardian_decision_guard();
"""
NO_GUARD = """
DROP TRIGGER guardian_decision_not_emptied ON payment_requests_guardiandecision;
DROP TRIGGER guardian_decision_append_only ON payment_requests_guardiandecision;
DROP FUNCTION guardian_decision_guard();
"""


class Migration(migrations.Migration):
    dependencies = [("payment_requests", "0001_initial")]
    operations = [migrations.RunSQL(GUARD, NO_GUARD)]
