"""The draft of the President's report whose lead acts for nobody any more goes to the President in office, who does not
see it until then: this function looks and acts as the owner."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION compliance_take_over_report(in_meeting bigint) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT compliance_presides() THEN
    RETURN false;
  END IF;
  UPDATE compliance_presidentreport r
     SET lead_id = compliance_reader(), status = 'draft', second_reader_id = NULL, agreed_by_id = NULL,
         agreed_at = NULL, version = version + 1
   WHERE r.meeting_id = in_meeting AND r.status <> 'issued'
     AND NOT EXISTS (
       SELECT FROM core_user u
         JOIN core_membership m ON m.user_id = u.id AND m.accepted_at IS NOT NULL
          AND m.starts <= compliance_today() AND (m.ends IS NULL OR m.ends > compliance_today())
        WHERE u.id = r.lead_id AND u.is_active);
  RETURN FOUND;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("compliance", "0010_words_of_the_state_stay")]
    operations = [migrations.RunSQL(FORWARD, "DROP FUNCTION compliance_take_over_report(bigint);")]
