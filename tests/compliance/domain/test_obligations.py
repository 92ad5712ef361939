"""What every State owes, derived from its dates and from what is known."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ccm_portal.core.domain import clocks
from ccm_portal.core.enums import Clock, Role
from ccm_portal.core.models import State
from compliance.domain.obligations import day_that_ended, obligations
from compliance.enums import ObligationKind, RequestOutcome, RequestStatus, Standing
from compliance.models import Benchmark, Completion, ExtensionRequest, OfficialDay, Suspension
from tests.factories import person, state
from tests.meetings.factories import meeting
from tests.reporting.factories import ReportFactory

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 12, tzinfo=UTC)
DERIVED = Path(__file__).parents[2] / "treaty" / "data" / "states_derived.csv"


def rows(iso3, on=ON, **asked):
    return {row.key: row for row in obligations([state(iso3)], on=on, **asked)}


def told(iso3, on=ON, **asked):
    return [(row.key, row.due.isoformat(), row.standing.value) for row in rows(iso3, on, **asked).values()]


def art4(iso3):
    return state(iso3).clocks.get(clock=Clock.ART4)


def request(clock, **fields):
    made = {"number": 1, "status": RequestStatus.LODGED, "lodged_on": date(2026, 6, 1), "begun_at": AT}
    return ExtensionRequest.objects.create(state=clock.state, clock=clock, **made | fields)


def test_the_days_of_every_state_are_those_of_the_table():
    with DERIVED.open(encoding="utf-8", newline="") as file:
        expected = {row["iso3"]: row for row in csv.DictReader(file)}
    found = obligations(on=ON)
    columns = {"initial_report": "initial_report_due", "art3": "art3_base_deadline", "art4": "art4_base_deadline"}
    given = {(row.state.iso3, row.key): row.computed.isoformat() for row in found if row.key in columns}
    assert given == {(iso3, key): row[column] for iso3, row in expected.items() for key, column in columns.items()}


def test_a_state_owes_reports_and_has_clocks_and_each_stands_as_is_known():
    ReportFactory(state=state("DEU"), year=2025, status="filed")
    assert told("DEU") == [
        ("art3", "2018-08-01", "fulfilled"),
        ("art4", "2030-08-01", "running"),
        ("initial_report", "2011-01-28", "lapsed"),
        ("annual:2025", "2026-04-30", "fulfilled"),
        ("annual:2026", "2027-04-30", "running"),
        ("retention:2025", "2026-04-30", "fulfilled"),
        ("retention:2026", "2027-04-30", "running"),
    ]
    assert [row.standing for row in obligations([state("SOM")], on=ON) if row.key == "art4"] == [
        Standing.LAPSED_PENDING
    ]


def test_what_fell_due_before_the_record_begins_is_neither_missing_nor_lapsed(settings):
    settings.RECORD_BEGINS = date(2024, 1, 1)
    assert rows("DEU")["initial_report"].standing == Standing.UNRECORDED


def test_a_state_that_left_owes_nothing_any_more_and_one_that_has_not_joined_never_did():
    assert told("LTU") == [
        ("art3", "2019-09-01", "ended"),
        ("art4", "2021-09-01", "ended"),
        ("initial_report", "2012-02-28", "ended"),
        ("withdrawal", "2025-03-06", "ended"),
    ]
    assert told("UKR") == []


def test_a_clock_that_starts_in_the_future_runs_and_owes_no_report_yet():
    State.objects.filter(iso3="UKR").update(entry_into_force=date(2027, 3, 1))
    ukraine = state("UKR")
    ukraine.clocks.create(clock=Clock.ART3, base=date(2035, 3, 1))
    ukraine.clocks.create(clock=Clock.ART4, base=date(2037, 3, 1))
    State.objects.filter(iso3="UKR").update(affected="yes", stockpile_declared="yes")
    assert told("UKR") == [
        ("art3", "2035-03-01", "running"),
        ("art4", "2037-03-01", "running"),
        ("initial_report", "2027-08-28", "running"),
    ]


def test_a_request_is_to_be_lodged_nine_months_before_the_meeting_that_decides_and_moves_with_it():
    decides = meeting("19msp", kind="msp", starts=date(2030, 6, 3), ends=date(2030, 6, 5))
    before = rows("LAO")["lodging:art4"]
    assert (before.due, before.standing, before.meeting) == (date(2029, 9, 3), Standing.RUNNING, decides)
    decides.starts, decides.ends = date(2030, 7, 1), date(2030, 7, 3)
    decides.save()
    assert rows("LAO")["lodging:art4"].due == date(2029, 10, 1)

    request(art4("LAO"), lodged_on=date(2029, 9, 1))
    assert rows("LAO", date(2029, 9, 2))["lodging:art4"].standing == Standing.FULFILLED
    assert rows("LAO", date(2030, 8, 2))["art4"].standing == Standing.LAPSED_PENDING


def test_what_was_granted_is_counted_and_its_benchmarks_fall_due():
    clock = art4("LAO")
    decided = {"status": RequestStatus.DECIDED, "outcome": RequestOutcome.GRANTED, "decided_on": date(2019, 9, 2)}
    granted = request(clock, granted_until=date(2025, 8, 1), **decided)
    Benchmark.objects.create(request=granted, stage="decision", number=1, text="Survey done", due=date(2026, 1, 31))
    Benchmark.objects.create(request=granted, stage="request", number=1, text="Offered", due=date(2026, 1, 31))
    found = rows("LAO")
    assert found["art4"].extensions == (granted,)
    benchmarks = [row for row in found.values() if row.kind == ObligationKind.BENCHMARK]
    assert [(row.due, row.standing, row.sentence) for row in benchmarks] == [
        (date(2026, 1, 31), Standing.LAPSED, "Survey done")
    ]


def test_completion_is_declared_to_the_next_meeting_and_later_hostilities_have_a_clock_of_their_own():
    office = person(Role.ISO_STAFF, "iso")
    meeting("19msp", kind="msp", starts=date(2027, 6, 3), ends=date(2027, 6, 5))
    later = clocks.begin_later(
        state=state("LBN"),
        cause="Hostilities of 2024",
        hostilities_ended=date(2024, 11, 27),
        source="Letter",
        by=office,
        at=AT,
    )
    Completion.objects.create(clock=art4("LBN"), completed_on=date(2026, 11, 1), source="Letter", noted_at=AT)
    assert told("LBN")[:4] == [
        ("art3", "2019-05-01", "nothing"),
        ("art4", "2026-05-01", "fulfilled"),
        ("declaration:art4", "2027-06-03", "running"),
        (f"art4b:{later.key}", "2034-11-27", "running"),
    ]


def test_a_published_day_stands_beside_the_computed_one_and_a_clock_may_rest():
    meeting("19msp", kind="msp", starts=date(2030, 6, 3), ends=date(2030, 6, 5))
    OfficialDay.objects.create(
        state=state("LAO"), kind="lodging", key="lodging:art4", day=date(2029, 12, 1), source="CCM/X", noted_at=AT
    )
    row = rows("LAO")["lodging:art4"]
    assert (row.due, row.computed, row.override_source) == (date(2029, 12, 1), date(2029, 9, 3), "CCM/X")
    Suspension.objects.create(clock=art4("LAO"), starts=date(2026, 1, 1), source="Note verbale", noted_at=AT)
    assert rows("LAO")["art4"].standing == Standing.SUSPENDED
    assert "lodging:art4" not in rows("LAO")


def test_a_day_that_was_due_is_past_once_it_has_ended_everywhere():
    assert day_that_ended(datetime(2027, 5, 1, 11, tzinfo=UTC)) == date(2027, 4, 30)
    assert day_that_ended(datetime(2027, 5, 1, 12, tzinfo=UTC)) == date(2027, 5, 1)


def test_all_states_cost_as_many_queries_as_one(django_assert_num_queries):
    with django_assert_num_queries(11):
        obligations([state("LAO")], on=ON)  # one of them is the State itself
    with django_assert_num_queries(11):
        obligations(on=ON, years=range(2010, 2050))
