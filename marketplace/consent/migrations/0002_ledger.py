from django.db import migrations

# What was agreed must stay provable: consents and their events are only ever added. Retention alone takes them out, and
# says so by a setting of its transaction. The index of what stands is written here and nowhere else, so it cannot
# differ from the events: a consent stands once everybody it needs has granted it, and never again after a "no".
LEDGER = """
CREATE FUNCTION consent_guard_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('xinqiao.consent_retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the consent ledger is append-only' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER consent_append_only BEFORE UPDATE OR DELETE ON consent_consent
    FOR EACH ROW EXECUTE FUNCTION consent_guard_ledger();
CREATE TRIGGER consent_not_emptied BEFORE TRUNCATE ON consent_consent
    FOR EACH STATEMENT EXECUTE FUNCTION consent_guard_ledger();
CREATE TRIGGER consent_event_append_only BEFORE UPDATE OR DELETE ON consent_consentevent
    FOR EACH ROW EXECUTE FUNCTION consent_guard_ledger();
CREATE TRIGGER consent_event_not_emptied BEFORE TRUNCATE ON consent_consentevent
    FOR EACH STATEMENT EXECUTE FUNCTION consent_guard_ledger();

CREATE FUNCTION consent_follow_events() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    agreed consent_consent;
BEGIN
    SELECT * INTO agreed FROM consent_consent WHERE id = NEW.consent_id FOR UPDATE;
    IF NEW.kind IN ('declined', 'revoked') THEN
        UPDATE consent_standingconsent SET is_live = false WHERE consent_id = NEW.consent_id;
    ELSIF NEW.kind = 'granted'
      AND agreed.needs <@ ARRAY(
            SELECT given_as FROM consent_consentevent WHERE consent_id = NEW.consent_id AND kind = 'granted')
      AND NOT EXISTS (
            SELECT 1 FROM consent_consentevent
            WHERE consent_id = NEW.consent_id AND kind IN ('declined', 'revoked'))
      AND NOT EXISTS (SELECT 1 FROM consent_standingconsent WHERE consent_id = NEW.consent_id) THEN
        INSERT INTO consent_standingconsent
            (consent_id, child_id, grantee_id, purpose, item, record, begins_at, ends_at, is_live)
        SELECT agreed.id, agreed.child_id, agreed.grantee_id, agreed.purpose, item, record,
               GREATEST(agreed.valid_from, NEW.at), agreed.valid_until, true
        FROM unnest(agreed.items) AS item,
             unnest(CASE WHEN agreed.records = '{}' THEN ARRAY[NULL]::uuid[] ELSE agreed.records END) AS record;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER consent_event_followed AFTER INSERT ON consent_consentevent
    FOR EACH ROW EXECUTE FUNCTION consent_follow_events();

CREATE FUNCTION consent_guard_standing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF pg_trigger_depth() > 1 THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' AND current_setting('xinqiao.consent_retention', true) = 'on' THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'what stands follows from the consent ledger alone' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER consent_standing_follows BEFORE INSERT OR UPDATE OR DELETE ON consent_standingconsent
    FOR EACH ROW EXECUTE FUNCTION consent_guard_standing();
CREATE TRIGGER consent_standing_not_emptied BEFORE TRUNCATE ON consent_standingconsent
    FOR EACH STATEMENT EXECUTE FUNCTION consent_guard_standing();
"""
UNDO_LEDGER = """
DROP TRIGGER consent_append_only ON consent_consent;
DROP TRIGGER consent_not_emptied ON consent_consent;
DROP TRIGGER consent_event_append_only ON consent_consentevent;
DROP TRIGGER consent_event_not_emptied ON consent_consentevent;
DROP TRIGGER consent_event_followed ON consent_consentevent;
DROP TRIGGER consent_standing_follows ON consent_standingconsent;
DROP TRIGGER consent_standing_not_emptied ON consent_standingconsent;
DROP FUNCTION consent_guard_ledger();
DROP FUNCTION consent_follow_events();
DROP FUNCTION consent_guard_standing();
"""


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial")]

    operations = [migrations.RunSQL(LEDGER, UNDO_LEDGER)]
