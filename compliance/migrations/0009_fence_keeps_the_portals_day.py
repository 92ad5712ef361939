"""Who presides or acts for a State today is asked of the same day in the database as everywhere else in the portal: the
one that ``compliance.fence`` says with the reader, so that a portal whose clock is set keeps one calendar."""

import re

from django.db import migrations

TODAY = """
CREATE FUNCTION compliance_today() RETURNS date LANGUAGE sql STABLE AS
  $$ SELECT coalesce(nullif(current_setting('portal.today', true), '')::date, current_date) $$;
"""
ASKS_THE_DAY = ("compliance_addressed(uuid)", "compliance_acts_for(bigint)", "compliance_presides()", "compliance_adrift()")


def _asked_of(there, here, schema_editor):
    """The functions as they stand, with another way to ask for the day."""
    with schema_editor.connection.cursor() as cursor:
        for name in ASKS_THE_DAY:
            cursor.execute("SELECT pg_get_functiondef(%s::regprocedure)", [name])
            (told,) = cursor.fetchone()
            cursor.execute(re.sub(there, here, told))


def forward(apps, schema_editor):
    _asked_of(r"\bcurrent_date\b", "compliance_today()", schema_editor)


def backward(apps, schema_editor):
    _asked_of(r"\bcompliance_today\(\)", "current_date", schema_editor)


class Migration(migrations.Migration):
    dependencies = [("compliance", "0008_history_of_requests")]
    operations = [
        migrations.RunSQL(TODAY, "DROP FUNCTION compliance_today();"),
        migrations.RunPython(forward, backward),
    ]
