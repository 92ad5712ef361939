"""What the database holds, whatever the code forgets."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError

from reporting.enums import Standing
from reporting.models import Report, ReportVersion, SectionDraft
from tests.reporting.factories import A_MOMENT, ReportFactory, ReportVersionFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reporting_reportversion SET content = '{}'",
        "DELETE FROM reporting_reportversion",
        "TRUNCATE reporting_reportversion CASCADE",
    ],
)
def test_what_was_filed_is_neither_changed_nor_deleted(statement):
    version = ReportVersionFactory()

    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert ReportVersion.objects.get().content == version.content


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reporting_report SET status = 'draft', filed_at = NULL",
        "UPDATE reporting_report SET filed_at = filed_at - interval '1 year'",
        "UPDATE reporting_report SET due = '2030-01-01'",
        "UPDATE reporting_report SET year = year - 1",
        "UPDATE reporting_report SET slug = 'elsewhere'",
        "UPDATE reporting_report SET provenance = 'iso'",
        "UPDATE reporting_report SET state_id = (SELECT id FROM core_state WHERE iso3 = 'DEU')",
        "DELETE FROM reporting_report",
    ],
)
def test_a_filed_report_is_not_made_a_draft_nor_moved_nor_taken_away(statement):
    report = ReportFactory(status="filed")

    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)

    assert Report.objects.values().get() == {field: getattr(report, field) for field in Report.objects.values().get()}


def test_a_filed_report_can_be_recalled_and_a_draft_be_changed_and_taken_away():
    filed = ReportFactory(status="filed")
    draft = ReportFactory(year=2023, slug="2023")

    filed.status, filed.recalled_at, draft.year = "recalled", filed.filed_at, 2022
    filed.save()
    draft.save()
    draft.delete()

    assert list(Report.objects.values_list("slug", "status")) == [("2024", "recalled")]


REFUSED = {
    "a second draft of the same year": lambda: [ReportFactory(), ReportFactory(slug="2024-2")],
    "a second draft of the initial report": lambda: [
        ReportFactory(kind="initial", year=None),
        ReportFactory(kind="initial", year=None, slug="initial-2"),
    ],
    "a second annual report of the same year": lambda: [
        ReportFactory(status="filed"),
        ReportFactory(status="filed", slug="2024-2"),
    ],
    "the same address twice": lambda: [ReportFactory(), ReportFactory(kind="voluntary")],
    "filed without a moment": lambda: ReportFactory(status="filed", filed_at=None),
    "a draft with a moment of filing": lambda: ReportFactory(filed_at=A_MOMENT),
    "an unknown status": lambda: ReportFactory(status="submitted"),
    "an annual report of no year": lambda: ReportFactory(year=None, slug="x"),
    "a period that runs backwards": lambda: ReportFactory(period_ends=date(2020, 1, 1)),
    "unchanged since nothing": lambda: SectionDraft.objects.create(
        report=ReportFactory(), key="stockpiles", standing=Standing.UNCHANGED, updated_at=A_MOMENT
    ),
    "changed since something": lambda: SectionDraft.objects.create(
        report=ReportFactory(),
        key="stockpiles",
        standing=Standing.CHANGED,
        unchanged_since=ReportVersionFactory(report__year=2023),
        updated_at=A_MOMENT,
    ),
    "the same receipt twice": lambda: [
        ReportVersionFactory(receipt_number="A"),
        ReportVersionFactory(receipt_number="A", report__year=2023),
    ],
    "the same version twice": lambda: [
        version := ReportVersionFactory(),
        ReportVersionFactory(report=version.report, receipt_number="B"),
    ],
    "a correction that does not say why": lambda: ReportVersionFactory(number=2),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_database_refuses(name):
    with pytest.raises(IntegrityError), transaction.atomic():
        REFUSED[name]()


def test_a_draft_and_a_filed_report_of_one_year_can_stand_side_by_side():
    ReportFactory(status="filed")
    ReportFactory(kind="voluntary", slug="2024-2")

    assert sorted(Report.objects.values_list("slug", "kind")) == [("2024", "annual"), ("2024-2", "voluntary")]
