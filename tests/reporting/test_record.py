"""What the portal says of reports from before it kept record, and of papers without a date."""

from datetime import UTC, date, datetime

import pytest

from ccm_portal.core.due_items import due_items
from ccm_portal.core.models import State
from reporting.domain.queries import FilingStatus, record_of
from reporting.models import Report
from tests.factories import state

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def record_begins_in_2024(settings):
    settings.RECORD_BEGINS = date(2024, 1, 1)


def test_a_report_due_before_the_record_begins_is_not_called_missing():
    told = {(row.kind, row.year): row.status for row in record_of(state("LAO"), at=AT)}

    assert told[("initial", None)] == FilingStatus.UNRECORDED
    assert [told[("annual", year)] for year in (2021, 2022, 2023, 2024, 2025)] == [
        FilingStatus.UNRECORDED,
        FilingStatus.UNRECORDED,
        FilingStatus.MISSING,
        FilingStatus.MISSING,
        FilingStatus.MISSING,
    ]


def test_nobody_is_reminded_of_a_report_due_before_the_record_begins():
    items = due_items(on=AT.date(), states=State.objects.filter(iso3__in=["LAO", "SSD"]))

    assert {item.key for item in items if item.key.startswith("reporting:")} == {
        "reporting:LAO:2025",
        "reporting:LAO:2026",
        "reporting:SSD:initial",
        "reporting:SSD:2025",
        "reporting:SSD:2026",
    }


def test_a_paper_whose_day_nobody_knows_is_filed_and_neither_late_nor_on_time():
    Report.objects.create(
        state=state("LAO"),
        kind="annual",
        year=2016,
        slug="2016",
        status="filed",
        edition="2010",
        language="en",
        provenance="iso",
        created_at=AT,
        filed_at=AT,
    )

    row = next(row for row in record_of(state("LAO"), at=AT) if row.year == 2016)

    assert (row.status, row.days_late, row.filed_at) == (FilingStatus.UNDATED, 0, None)
