"""A stored file is never changed: a new one takes its place."""

from django.db import migrations

FORWARD = """
CREATE TRIGGER stored_file_stays BEFORE UPDATE ON core_storedfile
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
"""

BACKWARD = "DROP TRIGGER stored_file_stays ON core_storedfile;"


class Migration(migrations.Migration):
    dependencies = [("core", "0003_outbox_forgets_what_nobody_asked")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
