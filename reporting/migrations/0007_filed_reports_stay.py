"""A filed report stays what it was filed as: no role makes a draft of it again, moves its days or takes it away."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION filed_report_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'draft' AND (TG_OP = 'DELETE' OR NEW.status = 'draft'
    OR (NEW.state_id, NEW.kind, NEW.year, NEW.slug, NEW.edition, NEW.language, NEW.due, NEW.provenance, NEW.filed_at)
    IS DISTINCT FROM
    (OLD.state_id, OLD.kind, OLD.year, OLD.slug, OLD.edition, OLD.language, OLD.due, OLD.provenance, OLD.filed_at))
  THEN
    RAISE EXCEPTION 'report % is filed: % refused', OLD.slug, TG_OP USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER filed_report_stays BEFORE UPDATE OR DELETE ON reporting_report
  FOR EACH ROW EXECUTE FUNCTION filed_report_stays();
"""

BACKWARD = """
DROP TRIGGER filed_report_stays ON reporting_report;
DROP FUNCTION filed_report_stays();
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0006_shown_to_iso")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
