"""The President's report: what the second reader wants otherwise; handed over by its lead; a chain that shows like it."""

from django.db import migrations, models

FORWARD = """
-- Whoever reads the row as it was may write it: also the name of the lead who comes after them.
DROP POLICY named_alone ON compliance_presidentreport;
CREATE POLICY named_alone ON compliance_presidentreport
  USING (compliance_reader() IN (lead_id, second_reader_id) OR compliance_reports_on(id))
  WITH CHECK (compliance_reader() IN (lead_id, second_reader_id) OR compliance_reports_on(id));
CREATE POLICY chains_of_accounts ON core_registerentry AS RESTRICTIVE USING (
  CASE WHEN chain ~ '^account:[0-9]{1,18}$' THEN compliance_reports_on(substr(chain, 9)::bigint) ELSE true END);
"""
BACKWARD = """
DROP POLICY chains_of_accounts ON core_registerentry;
DROP POLICY named_alone ON compliance_presidentreport;
CREATE POLICY named_alone ON compliance_presidentreport
  USING (compliance_reader() IN (lead_id, second_reader_id))
  WITH CHECK (compliance_reader() IN (lead_id, second_reader_id));
"""


class Migration(migrations.Migration):
    dependencies = [("compliance", "0006_cases_adrift")]
    operations = [
        migrations.AddField("presidentreport", "sent_back_note", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
