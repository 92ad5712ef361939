"""The fence around cases, and what is frozen.

The web role sees a row of a case only where ``portal.reader`` is a person named in it. The functions run as the owner,
so that a policy can look where the reader may not. What is lodged, issued or read stays as it is: triggers refuse change.
"""

from django.db import migrations

FUNCTIONS = """
CREATE FUNCTION compliance_reader() RETURNS bigint LANGUAGE sql STABLE AS
  $$ SELECT nullif(current_setting('portal.reader', true), '')::bigint $$;

-- Named in the case; or the one who opened it, until the first place in it is given.
CREATE FUNCTION compliance_named(in_case uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM compliance_caseplace
                  WHERE content_object_id = in_case AND user_id = compliance_reader())
      OR (EXISTS (SELECT FROM compliance_compliancecase
                   WHERE id = in_case AND opened_by_id = compliance_reader())
          AND NOT EXISTS (SELECT FROM compliance_caseplace WHERE content_object_id = in_case))
$$;

CREATE FUNCTION compliance_named_by_entry(in_entry bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM compliance_caseentry WHERE id = in_entry AND compliance_named(case_id))
$$;

-- Acts today for one of the States to which a response was released.
CREATE FUNCTION compliance_addressed(in_response uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM compliance_responseaddressee a
      JOIN compliance_caseresponse r ON r.id = a.response_id AND r.released_at IS NOT NULL
      JOIN core_membership m ON m.state_id = a.state_id AND m.user_id = compliance_reader()
       AND m.accepted_at IS NOT NULL AND m.role IN ('drafter', 'approver', 'head_of_delegation')
       AND m.starts <= current_date AND (m.ends IS NULL OR m.ends > current_date)
     WHERE a.response_id = in_response)
$$;

CREATE FUNCTION compliance_acts_for(in_state bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (
    SELECT FROM core_membership m
     WHERE m.state_id = in_state AND m.user_id = compliance_reader() AND m.accepted_at IS NOT NULL
       AND m.role IN ('drafter', 'approver', 'head_of_delegation')
       AND m.starts <= current_date AND (m.ends IS NULL OR m.ends > current_date))
$$;

CREATE FUNCTION compliance_response_named(in_response uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM compliance_caseresponse WHERE id = in_response AND compliance_named(case_id))
$$;

CREATE FUNCTION compliance_formal_named(in_request bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM compliance_clarificationrequest WHERE id = in_request AND compliance_named(case_id))
$$;

CREATE FUNCTION compliance_reports_on(in_report bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM compliance_presidentreport
                  WHERE id = in_report AND compliance_reader() IN (lead_id, second_reader_id))
$$;

CREATE FUNCTION compliance_presides() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM core_membership m
                  WHERE m.user_id = compliance_reader() AND m.accepted_at IS NOT NULL AND m.role = 'president'
                    AND m.starts <= current_date AND (m.ends IS NULL OR m.ends > current_date))
$$;
"""

# Which rows of which table show to the reader. What may be seen may be written: the rules decide on that.
FENCED = {
    "compliance_compliancecase": "compliance_named(id) OR (opened_by_id = compliance_reader() AND compliance_presides())",
    "compliance_caseplace": "compliance_named(content_object_id) OR user_id = compliance_reader()",
    "compliance_caselink": "compliance_named(case_id) OR compliance_named(other_id)",
    "compliance_casesource": "compliance_named(case_id)",
    "compliance_caseentry": "compliance_named(case_id)",
    "compliance_entryreader": "compliance_named_by_entry(entry_id)",
    "compliance_casefile": "compliance_named_by_entry(entry_id)",
    "compliance_caseresponse": "compliance_named(case_id) OR compliance_addressed(id)",
    "compliance_responseaddressee": "compliance_response_named(response_id)"
    " OR (compliance_acts_for(state_id) AND compliance_addressed(response_id))",
    "compliance_casereading": "compliance_named(case_id)",
    "compliance_clarificationrequest": "compliance_named(case_id)",
    "compliance_requestingstate": "compliance_formal_named(request_id)",
    "compliance_presidentreport": "compliance_reader() IN (lead_id, second_reader_id)",
    "compliance_reportpassage": "compliance_reports_on(report_id)",
    "compliance_mattersetaside": "compliance_presides()",
}
FROZEN = ("compliance_requestversion", "compliance_issuedreport", "compliance_casereading")

FENCE = "".join(
    f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;\n"
    f"CREATE POLICY named_alone ON {table} USING ({rule}) WITH CHECK ({rule});\n"
    for table, rule in FENCED.items()
)
# A case's chain of the register shows like the case; every other chain as before.
REGISTER = """
ALTER TABLE core_registerentry ENABLE ROW LEVEL SECURITY;
CREATE POLICY chains_of_cases ON core_registerentry USING (
  CASE WHEN chain = 'main' THEN true
       WHEN chain ~ '^case:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' THEN compliance_named(substr(chain, 6)::uuid)
       ELSE true END);
"""
FREEZE = "".join(
    f"CREATE TRIGGER refuses_change BEFORE UPDATE OR DELETE ON {table}\n"
    "  FOR EACH ROW EXECUTE FUNCTION refuse_change();\n"
    f"CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON {table}\n"
    "  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();\n"
    for table in FROZEN
)
BACKWARD = (
    "".join(f"DROP TRIGGER refuses_change ON {t}; DROP TRIGGER refuses_truncate ON {t};\n" for t in FROZEN)
    + "DROP POLICY chains_of_cases ON core_registerentry;\nALTER TABLE core_registerentry DISABLE ROW LEVEL SECURITY;\n"
    + "".join(f"DROP POLICY named_alone ON {t};\nALTER TABLE {t} DISABLE ROW LEVEL SECURITY;\n" for t in FENCED)
    + """
DROP FUNCTION compliance_presides();
DROP FUNCTION compliance_reports_on(bigint);
DROP FUNCTION compliance_formal_named(bigint);
DROP FUNCTION compliance_response_named(uuid);
DROP FUNCTION compliance_acts_for(bigint);
DROP FUNCTION compliance_addressed(uuid);
DROP FUNCTION compliance_named_by_entry(bigint);
DROP FUNCTION compliance_named(uuid);
DROP FUNCTION compliance_reader();
"""
)


class Migration(migrations.Migration):
    dependencies = [("compliance", "0001_initial"), ("core", "0002_register_is_append_only")]
    operations = [migrations.RunSQL(FUNCTIONS + FENCE + REGISTER + FREEZE, BACKWARD)]
