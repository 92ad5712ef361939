"""What was filed is neither changed nor deleted, by any role: triggers refuse it."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER version_refuses_change BEFORE UPDATE OR DELETE ON reporting_reportversion
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER version_refuses_truncate BEFORE TRUNCATE ON reporting_reportversion
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

BACKWARD = """
DROP TRIGGER version_refuses_change ON reporting_reportversion;
DROP TRIGGER version_refuses_truncate ON reporting_reportversion;
"""


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial"), ("core", "0002_register_is_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
