"""A published agenda is neither changed nor deleted, by any role: triggers refuse it."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER revision_refuses_change BEFORE UPDATE OR DELETE ON meetings_agendarevision
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER revision_refuses_truncate BEFORE TRUNCATE ON meetings_agendarevision
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
"""

BACKWARD = """
DROP TRIGGER revision_refuses_change ON meetings_agendarevision;
DROP TRIGGER revision_refuses_truncate ON meetings_agendarevision;
"""


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial"), ("core", "0002_register_is_append_only")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
