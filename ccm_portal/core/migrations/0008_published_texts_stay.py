"""A published text of a paper keeps its file, language, title and stage: only that it was replaced may be noted."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION refuse_change_of_published_text() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.published_at IS NULL THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE'
     AND (NEW.id, NEW.document_id, NEW.language, NEW.title, NEW.stage, NEW.file_id, NEW.added_at, NEW.published_at)
         = (OLD.id, OLD.document_id, OLD.language, OLD.title, OLD.stage, OLD.file_id, OLD.added_at, OLD.published_at)
     AND (OLD.replaced_at IS NULL OR NEW.replaced_at = OLD.replaced_at) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'A published text of a paper is never changed.';
END $$;
CREATE TRIGGER published_text_stays BEFORE UPDATE OR DELETE ON core_documenttext
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published_text();
"""

BACKWARD = """
DROP TRIGGER published_text_stays ON core_documenttext;
DROP FUNCTION refuse_change_of_published_text();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0007_documents")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
