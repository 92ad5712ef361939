"""Who has filed, who is late, since when."""

from datetime import UTC, date, datetime

import pytest

from reporting.domain.obligations import annual_owed, initial_owed
from reporting.domain.published import record
from reporting.domain.queries import FilingStatus, latest_filed, record_of
from reporting.enums import ReportKind
from tests import factories
from tests.reporting.support import filed, person

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def rows(year, at=NOW):
    return {(row.state.iso3, row.kind): row for row in record(year, at=at).rows}


def test_a_years_record_says_on_time_late_and_missing_since_when():
    filed(person(iso3="LAO"), iso3="LAO", year=2025, at=datetime(2026, 4, 30, 23, tzinfo=UTC))
    filed(person(iso3="BGR"), iso3="BGR", year=2025, at=datetime(2026, 5, 5, tzinfo=UTC))

    told_rows = rows(2025)

    told = {
        iso3: (row.status, row.days_late, row.due)
        for iso3 in ("LAO", "BGR", "HRV")
        for row in [told_rows[iso3, ReportKind.ANNUAL]]
    }
    assert told == {
        "LAO": (FilingStatus.ON_TIME, 0, date(2026, 4, 30)),
        "BGR": (FilingStatus.LATE, 5, date(2026, 4, 30)),
        "HRV": (FilingStatus.MISSING, 208, date(2026, 4, 30)),
    }


def test_before_the_day_has_ended_everywhere_nobody_is_missing():
    at = datetime(2026, 5, 1, 11, 59, tzinfo=UTC)

    assert {row.status for row in record(2025, at=at).rows if row.kind == ReportKind.ANNUAL} == {FilingStatus.AWAITED}


def test_initial_reports_stand_in_the_cycle_in_which_they_fell_due():
    assert [row.due for key, row in rows(2026).items() if key == ("VUT", ReportKind.INITIAL)] == [date(2026, 8, 28)]
    assert ("VUT", ReportKind.ANNUAL) not in rows(2025)
    assert ("VUT", ReportKind.ANNUAL) in rows(2026)


def test_a_state_that_has_withdrawn_owes_nothing_after_it():
    lithuania = factories.state("LTU")

    assert annual_owed(lithuania, 2023) is not None
    assert annual_owed(lithuania, 2024) is None


def test_the_record_costs_three_queries(django_assert_num_queries):
    with django_assert_num_queries(3):
        record(2025, at=NOW)


def test_the_record_of_a_state_runs_from_its_first_report():
    state = factories.state("VUT")

    told = [(row.kind, row.year, row.status) for row in record_of(state, at=NOW)]
    later = [(row.kind, row.year) for row in record_of(state, at=datetime(2028, 1, 1, tzinfo=UTC))]

    assert told == [(ReportKind.INITIAL, None, FilingStatus.MISSING)]
    assert later == [(ReportKind.INITIAL, None), (ReportKind.ANNUAL, 2026), (ReportKind.ANNUAL, 2027)]


def test_a_published_date_that_differs_counts():
    state = factories.state("LAO")
    clock = state.clocks.get(clock="initial_report")
    clock.override, clock.override_source = date(2011, 2, 1), "Note of the Depositary"
    clock.save()

    assert initial_owed(factories.state("LAO")).due == date(2011, 2, 1)


def test_the_latest_filed_is_that_of_the_latest_period_also_when_an_older_one_came_in_since():
    by = person()
    latest = filed(by, year=2024, at=datetime(2025, 4, 1, tzinfo=UTC))
    filed(by, year=2022, at=datetime(2025, 6, 1, tzinfo=UTC))

    assert latest_filed(factories.state("LAO")) == latest
    assert latest_filed(factories.state("BGR")) is None
