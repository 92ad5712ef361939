"""The ledger adds up, and stays: the database keeps each balance, refuses an entry whose postings do not add up to zero
in every currency, and refuses to change what was entered, issued or read."""

from django.db import migrations

FUNCTIONS = """
-- A posting moves the balance of its account; the check on the account refuses money that is not there.
CREATE FUNCTION sponsorship_posted() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  UPDATE sponsorship_ledgeraccount SET balance = balance + NEW.amount WHERE id = NEW.account_id;
  RETURN NULL;
END $$;
CREATE TRIGGER posted AFTER INSERT ON sponsorship_posting FOR EACH ROW EXECUTE FUNCTION sponsorship_posted();

-- Nobody but that function moves a balance.
CREATE FUNCTION sponsorship_balance_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() < 2 AND (NEW.balance <> OLD.balance OR NEW.currency <> OLD.currency) THEN
    RAISE EXCEPTION 'A balance follows the postings of its account.' USING ERRCODE = 'insufficient_privilege';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER balance_follows BEFORE UPDATE ON sponsorship_ledgeraccount
  FOR EACH ROW EXECUTE FUNCTION sponsorship_balance_follows();

-- Asked when the transaction ends: an entry adds up to zero in every currency, and has two sides.
CREATE FUNCTION sponsorship_entry_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE entry bigint := CASE TG_TABLE_NAME WHEN 'sponsorship_posting' THEN (to_jsonb(NEW)->>'entry_id')::bigint
                                           ELSE (to_jsonb(NEW)->>'id')::bigint END;
BEGIN
  IF (SELECT count(*) FROM sponsorship_posting WHERE entry_id = entry) < 2 OR EXISTS (
       SELECT FROM sponsorship_posting p JOIN sponsorship_ledgeraccount a ON a.id = p.account_id
        WHERE p.entry_id = entry GROUP BY a.currency HAVING sum(p.amount) <> 0) THEN
    RAISE EXCEPTION 'The postings of entry % do not add up to zero.', entry USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT ON sponsorship_posting DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION sponsorship_entry_adds_up();
CREATE CONSTRAINT TRIGGER adds_up AFTER INSERT ON sponsorship_ledgerentry DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION sponsorship_entry_adds_up();
"""
FROZEN = (
    "sponsorship_ledgerentry",
    "sponsorship_posting",
    "sponsorship_exchangerate",
    "sponsorship_sealedreading",
    "sponsorship_issuedaccount",
)
FREEZE = "".join(
    f"CREATE TRIGGER refuses_change BEFORE UPDATE OR DELETE ON {table}\n"
    "  FOR EACH ROW EXECUTE FUNCTION refuse_change();\n"
    f"CREATE TRIGGER refuses_truncate BEFORE TRUNCATE ON {table}\n"
    "  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();\n"
    for table in FROZEN
)
BACKWARD = (
    "".join(f"DROP TRIGGER refuses_change ON {t}; DROP TRIGGER refuses_truncate ON {t};\n" for t in FROZEN)
    + """
DROP TRIGGER adds_up ON sponsorship_ledgerentry;
DROP TRIGGER adds_up ON sponsorship_posting;
DROP TRIGGER balance_follows ON sponsorship_ledgeraccount;
DROP TRIGGER posted ON sponsorship_posting;
DROP FUNCTION sponsorship_entry_adds_up();
DROP FUNCTION sponsorship_balance_follows();
DROP FUNCTION sponsorship_posted();
"""
)


class Migration(migrations.Migration):
    dependencies = [("sponsorship", "0001_initial"), ("core", "0002_register_is_append_only")]
    operations = [migrations.RunSQL(FUNCTIONS + FREEZE, BACKWARD)]
