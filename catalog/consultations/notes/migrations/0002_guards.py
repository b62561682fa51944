from django.db import migrations

# A signed note is a record: nobody changes or removes it, it is only added to, and an addendum stays as it was written.
# The one thing that may happen to it is that its booking's row goes, whose period is shorter.
GUARDS = """
CREATE FUNCTION note_stays_as_signed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'signed notes are only added to' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.signed_at IS NULL AND TG_OP = 'DELETE' THEN
        RETURN OLD;
    ELSIF OLD.signed_at IS NULL THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.booking_id IS NULL THEN
        OLD.booking_id := NULL;
        IF NEW IS NOT DISTINCT FROM OLD THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'signed notes are only added to' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER note_stays_as_signed BEFORE UPDATE OR DELETE ON notes_sessionnote
    FOR EACH ROW EXECUTE FUNCTION note_stays_as_signed();
CREATE TRIGGER notes_not_emptied BEFORE TRUNCATE ON notes_sessionnote
    FOR EACH STATEMENT EXECUTE FUNCTION note_stays_as_signed();

CREATE FUNCTION addendum_is_only_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' AND EXISTS (
        SELECT 1 FROM notes_sessionnote WHERE id = NEW.note_id AND signed_at IS NOT NULL
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'addenda are added to signed notes, and stay' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER addendum_is_only_added BEFORE INSERT OR UPDATE OR DELETE ON notes_noteaddendum
    FOR EACH ROW EXECUTE FUNCTION addendum_is_only_added();
CREATE TRIGGER addenda_not_emptied BEFORE TRUNCATE ON notes_noteaddendum
    FOR EACH STATEMENT EXECUTE FUNCTION addendum_is_only_added();
"""
NO_GUARDS = """
DROP TRIGGER addenda_not_emptied ON notes_noteaddendum;
DROP TRIGGER addendum_is_only_added ON notes_noteaddendum;
DROP FUNCTION addendum_is_only_added();
DROP TRIGGER notes_not_emptied ON notes_sessionnote;
DROP TRIGGER note_stays_as_signed ON notes_sessionnote;
DROP FUNCTION note_stays_as_signed();
"""


class Migration(migrations.Migration):
    dependencies = [("notes", "0001_initial")]
    operations = [migrations.RunSQL(GUARDS, NO_GUARDS)]
