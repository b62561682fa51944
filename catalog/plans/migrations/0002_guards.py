from django.db import migrations

# What a plan said at a moment is a record: nobody changes it, and it goes only together with its plan.
GUARDS = """
CREATE FUNCTION plan_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'what a plan said is only added to' USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER plan_version_stays BEFORE UPDATE ON plans_planversion
    FOR EACH ROW EXECUTE FUNCTION plan_version_stays();
CREATE TRIGGER plan_versions_not_emptied BEFORE TRUNCATE ON plans_planversion
    FOR EACH STATEMENT EXECUTE FUNCTION plan_version_stays();

CREATE FUNCTION plan_version_goes_with_its_plan() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM plans_careplan WHERE id = OLD.plan_id) THEN
        RAISE EXCEPTION 'what a plan said goes only with the plan' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER plan_version_goes_with_its_plan AFTER DELETE ON plans_planversion
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION plan_version_goes_with_its_plan();
"""
NO_GUARDS = """
DROP TRIGGER plan_version_goes_with_its_plan ON plans_planversion;
DROP FUNCTION plan_version_goes_with_its_plan();
DROP TRIGGER plan_versions_not_emptied ON plans_planversion;
DROP TRIGGER plan_version_stays ON plans_planversion;
DROP FUNCTION plan_version_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("plans", "0001_initial")]
    operations = [migrations.RunSQL(GUARDS, NO_GUARDS)]
