"""A case whose leader acts for nobody any more can be taken over by the President in office, who is not named in it and
so cannot see it: these functions look and act as the owner. And a place is given by who is named in the case alone,
never by a person to themselves. What the President sets aside stands on a chain of the presidency's own.
"""

from django.db import migrations

FORWARD = """
-- The cases that nobody leads who acts for anybody today. Asked by anybody but the President: none.
CREATE FUNCTION compliance_adrift() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.id FROM compliance_compliancecase c
   WHERE compliance_presides()
     AND NOT EXISTS (
       SELECT FROM compliance_caseplace p
         JOIN core_user u ON u.id = p.user_id AND u.is_active
         JOIN core_membership m ON m.user_id = u.id AND m.accepted_at IS NOT NULL
          AND m.starts <= current_date AND (m.ends IS NULL OR m.ends > current_date)
        WHERE p.content_object_id = c.id AND p.access = 'lead')
$$;

-- The President who reads leads the case from now on; who led it, if anybody, holds no place in it any more.
CREATE FUNCTION compliance_take_over(in_case uuid, in_words text, in_at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM FROM compliance_compliancecase WHERE id = in_case FOR UPDATE;
  IF in_case NOT IN (SELECT compliance_adrift()) THEN
    RETURN false;
  END IF;
  DELETE FROM compliance_caseplace
   WHERE content_object_id = in_case AND (access = 'lead' OR user_id = compliance_reader());
  INSERT INTO compliance_caseplace
    (content_object_id, user_id, permission_id, access, side, acts_for, given_by_id, given_at)
  SELECT in_case, compliance_reader(), p.id, 'lead', 'team', in_words, compliance_reader(), in_at
    FROM auth_permission p JOIN django_content_type t ON t.id = p.content_type_id
   WHERE p.codename = 'read_case' AND t.app_label = 'compliance';
  RETURN true;
END $$;

DROP POLICY named_alone ON compliance_caseplace;
CREATE POLICY named_alone ON compliance_caseplace
  USING (compliance_named(content_object_id) OR user_id = compliance_reader())
  WITH CHECK (compliance_named(content_object_id));

DROP POLICY chains_of_cases ON core_registerentry;
CREATE POLICY chains_of_cases ON core_registerentry USING (
  CASE WHEN chain = 'main' THEN true
       WHEN chain = 'presidency' THEN compliance_presides()
       WHEN chain ~ '^case:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN compliance_named(substr(chain, 6)::uuid)
       ELSE true END);
"""
BACKWARD = """
DROP POLICY chains_of_cases ON core_registerentry;
CREATE POLICY chains_of_cases ON core_registerentry USING (
  CASE WHEN chain = 'main' THEN true
       WHEN chain ~ '^case:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN compliance_named(substr(chain, 6)::uuid)
       ELSE true END);
DROP POLICY named_alone ON compliance_caseplace;
CREATE POLICY named_alone ON compliance_caseplace
  USING (compliance_named(content_object_id) OR user_id = compliance_reader())
  WITH CHECK (compliance_named(content_object_id) OR user_id = compliance_reader());
DROP FUNCTION compliance_take_over(uuid, text, timestamptz);
DROP FUNCTION compliance_adrift();
"""


class Migration(migrations.Migration):
    dependencies = [("compliance", "0005_positions_in_any_language")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
