from django.db import migrations

# A booking repeats its occupancy's times, so that an exclusion constraint can keep a child from being in two places.
# A group that can be joined from afar has no more seats than a consultation room has places (rules.MOST_REMOTE_SEATS).
GUARDS = """
CREATE FUNCTION booking_takes_its_times() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT starts_at, ends_at INTO NEW.starts_at, NEW.ends_at
    FROM scheduling_occupancy WHERE id = NEW.occupancy_id;
    RETURN NEW;
END $$;
CREATE TRIGGER booking_takes_its_times BEFORE INSERT OR UPDATE OF occupancy_id, starts_at, ends_at ON scheduling_booking
    FOR EACH ROW EXECUTE FUNCTION booking_takes_its_times();

CREATE FUNCTION occupancy_moves_its_bookings() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE scheduling_booking SET starts_at = NEW.starts_at, ends_at = NEW.ends_at WHERE occupancy_id = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER occupancy_moves_its_bookings AFTER UPDATE OF starts_at, ends_at ON scheduling_occupancy
    FOR EACH ROW WHEN (OLD.starts_at <> NEW.starts_at OR OLD.ends_at <> NEW.ends_at)
    EXECUTE FUNCTION occupancy_moves_its_bookings();

CREATE FUNCTION a_group_fits_into_its_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM scheduling_healthcareservice service
               WHERE service.id = NEW.service_id AND service.modes && ARRAY['video', 'phone', 'text']::varchar[]) THEN
        RAISE check_violation USING MESSAGE = 'a group that can be joined from afar has eight seats at most',
            CONSTRAINT = 'a_group_fits_into_its_room';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER a_group_fits_into_its_room BEFORE INSERT OR UPDATE OF seats, service_id ON scheduling_occupancy
    FOR EACH ROW WHEN (NEW.kind = 'group' AND NEW.seats > 8)
    EXECUTE FUNCTION a_group_fits_into_its_room();
"""
NO_GUARDS = """
DROP TRIGGER a_group_fits_into_its_room ON scheduling_occupancy;
DROP FUNCTION a_group_fits_into_its_room();
DROP TRIGGER occupancy_moves_its_bookings ON scheduling_occupancy;
DROP FUNCTION occupancy_moves_its_bookings();
DROP TRIGGER booking_takes_its_times ON scheduling_booking;
DROP FUNCTION booking_takes_its_times();
"""


class Migration(migrations.Migration):
    dependencies = [("scheduling", "0001_initial")]
    operations = [migrations.RunSQL(GUARDS, NO_GUARDS)]
