"""Nothing is live that no professional has read: held by the database, whichever code saves or updates.

Asked at the end of a transaction, because a page is two rows (Wagtail's and ours), and its review a third.
"""

from django.db import migrations

GUARDS = """
CREATE FUNCTION content_item_live_is_reviewed(the_item bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    state record;
BEGIN
    SELECT item.reviewer_id, item.reviewed_on INTO state
    FROM content_item item JOIN wagtailcore_page page ON page.id = item.page_ptr_id
    WHERE item.page_ptr_id = the_item AND page.live;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF state.reviewer_id IS NULL OR state.reviewed_on IS NULL OR NOT EXISTS (
        SELECT 1 FROM content_itemreview review
        WHERE review.item_id = the_item AND review.reviewer_id = state.reviewer_id
    ) OR NOT EXISTS (
        SELECT 1 FROM content_reviewer reviewer
        WHERE reviewer.id = state.reviewer_id AND reviewer.qualified_from <= state.reviewed_on
        AND (reviewer.qualified_until IS NULL OR reviewer.qualified_until >= state.reviewed_on)
    ) THEN
        RAISE EXCEPTION 'item % is live, and no qualified professional has read it', the_item
            USING ERRCODE = 'check_violation', CONSTRAINT = 'item_live_only_when_reviewed';
    END IF;
END $$;

CREATE FUNCTION content_page_is_checked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM content_item_live_is_reviewed(NEW.id);
    RETURN NULL;
END $$;
CREATE FUNCTION content_item_is_checked() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM content_item_live_is_reviewed(NEW.page_ptr_id);
    RETURN NULL;
END $$;
CREATE FUNCTION content_review_goes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM content_item_live_is_reviewed(OLD.item_id);
    RETURN NULL;
END $$;
CREATE FUNCTION content_review_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.item_id, NEW.reviewer_id, NEW.content_hash, NEW.reviewed_at, NEW.due_on)
        IS DISTINCT FROM (OLD.item_id, OLD.reviewer_id, OLD.content_hash, OLD.reviewed_at, OLD.due_on) THEN
        RAISE EXCEPTION 'a review is written once' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE CONSTRAINT TRIGGER page_live_only_when_reviewed AFTER INSERT OR UPDATE ON wagtailcore_page
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.live) EXECUTE FUNCTION content_page_is_checked();
CREATE CONSTRAINT TRIGGER item_live_only_when_reviewed AFTER INSERT OR UPDATE ON content_item
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION content_item_is_checked();
CREATE CONSTRAINT TRIGGER review_goes_with_its_item AFTER DELETE ON content_itemreview
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION content_review_goes();
CREATE TRIGGER review_is_written_once BEFORE UPDATE ON content_itemreview
    FOR EACH ROW EXECUTE FUNCTION content_review_stays();
"""

NO_GUARDS = """
DROP TRIGGER review_is_written_once ON content_itemreview;
DROP TRIGGER review_goes_with_its_item ON content_itemreview;
DROP TRIGGER item_live_only_when_reviewed ON content_item;
DROP TRIGGER page_live_only_when_reviewed ON wagtailcore_page;
DROP FUNCTION content_review_stays();
DROP FUNCTION content_review_goes();
DROP FUNCTION content_item_is_checked();
DROP FUNCTION content_page_is_checked();
DROP FUNCTION content_item_live_is_reviewed(bigint);
"""


class Migration(migrations.Migration):
    dependencies = [("content", "0001_initial")]

    operations = [migrations.RunSQL(GUARDS, NO_GUARDS)]
