"""The register only grows: one function appends, triggers refuse everything else."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER register_refuses_change BEFORE UPDATE OR DELETE ON core_registerentry
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER register_refuses_truncate BEFORE TRUNCATE ON core_registerentry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION register_append(
  in_chain text, in_at timestamptz, in_actor bigint, in_action text, in_state bigint,
  in_object_type text, in_object_id text, in_payload text,
  OUT out_number bigint, OUT out_hash text
) LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  last_number bigint;
  last_hash text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('register:' || in_chain));
  SELECT number, hash INTO last_number, last_hash
    FROM core_registerentry WHERE chain = in_chain ORDER BY number DESC LIMIT 1;
  out_number := coalesce(last_number, 0) + 1;
  last_hash := coalesce(last_hash, repeat('0', 64));
  out_hash := encode(sha256(convert_to(last_hash || '|' || out_number || '|' || in_payload, 'UTF8')), 'hex');
  INSERT INTO core_registerentry
    (chain, number, at, actor_id, action, state_id, object_type, object_id, payload, previous_hash, hash)
  VALUES
    (in_chain, out_number, in_at, in_actor, in_action, in_state, in_object_type, in_object_id,
     in_payload, last_hash, out_hash);
END $$;

REVOKE ALL ON FUNCTION register_append(text, timestamptz, bigint, text, bigint, text, text, text) FROM PUBLIC;

DO $$
BEGIN
  IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'portal_web') THEN
    REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON core_registerentry FROM portal_web;
    GRANT EXECUTE ON FUNCTION
      register_append(text, timestamptz, bigint, text, bigint, text, text, text) TO portal_web;
  END IF;
END $$;
"""

BACKWARD = """
DROP TRIGGER register_refuses_change ON core_registerentry;
DROP TRIGGER register_refuses_truncate ON core_registerentry;
DROP FUNCTION register_append(text, timestamptz, bigint, text, bigint, text, text, text);
DROP FUNCTION refuse_change();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
