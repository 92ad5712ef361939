"""The command that checks what was filed."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from ccm_portal.core.enums import Role
from reporting.domain import filing
from tests import database
from tests.factories import person
from tests.reporting import support


def filed():
    by = person(Role.APPROVER, "LAO")
    report = support.complete(support.start(by), by=by)
    return filing.file_report(report=report, by=by, at=support.IN_TIME, filing_key="k" * 32)


def verify(*arguments: str) -> str:
    said = StringIO()
    call_command("receipt_verify", *arguments, stdout=said, stderr=said)
    return said.getvalue()


@pytest.mark.django_db
def test_what_was_filed_verifies():
    version = filed()

    assert verify("--all") == "1 receipts verify.\n"
    assert verify(version.receipt_number.lower()) == "1 receipts verify.\n"


@pytest.mark.django_db
def test_a_receipt_that_nobody_gave_is_named():
    with pytest.raises(CommandError, match="There is no receipt CCM-1900-XXX-1"):
        verify("ccm-1900-xxx-1")


@pytest.mark.django_db(transaction=True)
def test_a_figure_changed_behind_the_portal_is_found():
    version = filed()
    with database.as_owner(connection.settings_dict["NAME"]) as owner:
        owner.execute("ALTER TABLE reporting_reportversion DISABLE TRIGGER USER")
        owner.execute("UPDATE reporting_reportversion SET content = replace(content, 'Authority', 'Agency')")
        owner.execute("ALTER TABLE reporting_reportversion ENABLE TRIGGER USER")

    with pytest.raises(CommandError, match="1 faults in 1 receipts"):
        verify(version.receipt_number)
