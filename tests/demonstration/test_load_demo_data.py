"""The demonstration data: for a demonstration alone, and loaded once."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from ccm_portal.core import clock
from ccm_portal.core.enums import MessageStatus, Role
from ccm_portal.core.models import OutgoingMessage, RegisterEntry, User
from reporting.form.schema import validator
from reporting.models import DraftComment, Report, ReportPdf, ReportVersion, SectionLoan, WorkbookUpload
from tests.factories import UserFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def var(settings, tmp_path):
    settings.VAR = tmp_path


def test_a_database_with_accounts_of_its_own_is_refused():
    person(Role.DRAFTER, "LAO")

    with pytest.raises(CommandError, match="has accounts of its own"):
        call_command("load_demo_data")
    assert Report.objects.count() == 0


def test_a_second_start_changes_nothing_even_after_an_invitation_was_accepted(capsys):
    call_command("load_demo_data")
    assert "The demonstration data are there already." not in capsys.readouterr().out
    guest = UserFactory(name="Accepted an invitation")
    yesterday = clock.now() - timedelta(days=1)
    waits = OutgoingMessage.objects.create(
        kind="core.account_notice", key="waits", user=guest, owed_at=yesterday, not_before=yesterday
    )

    def everything():
        tables = (User, Report, ReportPdf, OutgoingMessage, RegisterEntry, SectionLoan, DraftComment)
        return [list(table.objects.order_by("pk").values()) for table in tables]

    before = everything()
    call_command("load_demo_data")

    assert capsys.readouterr().out == "The demonstration data are there already.\n"
    assert everything() == before
    waits.refresh_from_db()
    assert waits.status == MessageStatus.OWED
    filed = OutgoingMessage.objects.filter(kind__startswith="reporting.", owed_at__lt=yesterday)
    assert set(filed.values_list("status", flat=True)) == {MessageStatus.WITHDRAWN}


def test_a_section_of_a_draft_is_lent_and_colleagues_talk_in_it_while_a_workbook_waits(loaded):
    loan = SectionLoan.objects.select_related("user", "content_object__report__state").get()
    assert (loan.user.email, loan.content_object.key) == ("colleague.lbn@example.org", "victim_assistance")
    assert loan.user.memberships.count() == 0 and loan.user.needs_second_factor
    assert DraftComment.objects.filter(section__report=loan.content_object.report).count() == 2
    waiting = WorkbookUpload.objects.get()
    assert (waiting.section.report, waiting.status) == (loan.content_object.report, "read")
    assert [one["text"] for one in waiting.read["problems"]] == ["=1200*2"]


def test_two_reports_were_corrected_and_one_says_that_its_figures_are_provisional(loaded):
    corrections = ReportVersion.objects.filter(number=2).order_by("report__state__iso3")
    assert [(one.report.state.iso3, one.provenance, one.report.provisional) for one in corrections] == [
        ("BIH", "demo", True),
        ("DEU", "demo", False),
    ]
    assert all(one.note.startswith("Demonstration:") for one in corrections)


def test_every_report_in_it_and_its_public_copy_fit_the_format(loaded):
    versions = list(ReportVersion.objects.select_related("report"))

    found = {
        (str(version), error.json_path)
        for version in versions
        for document in (version.full_document, version.public_document)
        for error in validator(version.report.edition).iter_errors(document)
    }
    assert len(versions) > 20
    assert found == set()
