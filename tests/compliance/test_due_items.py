"""The ends of time limits, lodging dates, declarations and benchmarks fall due, each with its ladder."""

from datetime import date

import pytest

from ccm_portal.core import due_items, reminders
from ccm_portal.core.domain import clocks
from ccm_portal.core.enums import Role
from ccm_portal.core.models import State
from compliance.due_items import obligations_due, obligations_due_then
from compliance.models import Benchmark, Completion
from tests.compliance.factories_requests import A_MOMENT, clock, request
from tests.factories import person
from tests.meetings.factories import meeting

pytestmark = pytest.mark.django_db


def of(iso3, on, provider=obligations_due):
    return [
        (item.key.removeprefix(f"compliance:{iso3}:"), rung.day if (rung := item.rung_on(on)) else None)
        for item in provider(on, State.objects.filter(iso3=iso3))
    ]


@pytest.fixture
def decides():
    return meeting("19msp", kind="msp", starts=date(2030, 6, 3), ends=date(2030, 6, 5))


def test_a_time_limit_comes_near_two_years_before_and_its_request_nine_months_before_the_meeting(decides):
    assert of("LAO", date(2027, 8, 30)) == [("art4:2030-08-01", None), ("lodging:art4:2029-09-03", None)]
    assert of("LAO", date(2028, 8, 1)) == [("art4:2030-08-01", -730), ("lodging:art4:2029-09-03", None)]
    assert of("LAO", date(2029, 9, 4)) == [("art4:2030-08-01", -365), ("lodging:art4:2029-09-03", 1)]
    assert of("LAO", date(2029, 12, 31))[1] == ("lodging:art4:2029-09-03", None)
    assert of("LAO", date(2030, 8, 2)) == [("art4:2030-08-01", None)]


def test_a_lodged_request_stops_its_reminders_and_a_granted_day_begins_a_new_ladder(decides):
    asked = request("LAO", lodged_on=date(2029, 8, 1))
    on = date(2029, 9, 4)
    assert of("LAO", on) == [("art4:2030-08-01", -365)]
    assert of("LAO", date(2029, 7, 31), obligations_due_then)[1][0] == "lodging:art4:2029-09-03"

    asked.status, asked.outcome = "decided", "granted_less"
    asked.granted_until, asked.decided_on = date(2031, 8, 1), date(2029, 9, 4)
    asked.save()
    clocks.grant(clock=asked.clock, until=date(2031, 8, 1), basis="19MSP", by=None, at=A_MOMENT)
    one = Benchmark.objects.create(request=asked, stage="decision", number=1, text="Survey", due=date(2029, 10, 1))
    assert of("LAO", on) == [("art4:2031-08-01", -730), (f"benchmark:{one.pk}:2029-10-01", -30)]


def test_a_completion_is_to_be_declared_to_the_next_meeting(decides):
    Completion.objects.create(clock=clock("LAO"), completed_on=date(2030, 1, 15), source="Letter", noted_at=A_MOMENT)
    assert of("LAO", date(2030, 5, 10)) == [("declaration:art4:2030-06-03", -30)]


def test_what_is_long_over_is_not_listed_and_nobody_is_written_to_about_it(settings):
    settings.RECORD_BEGINS = date(2024, 1, 1)
    on = date(2026, 11, 24)
    assert of("GNB", on) == []  # since 2019
    assert of("TCD", on) == [("art4:2026-10-01", None)]
    person(Role.DRAFTER, "TCD")
    left = [one for one in reminders.plan(on=on).leaving if one.item.key.startswith("compliance:")]
    assert left == []


def test_all_states_cost_as_many_queries_as_one(django_assert_num_queries):
    for states in (State.objects.filter(iso3="LAO"), None):
        with django_assert_num_queries(8):
            list(obligations_due(date(2026, 11, 24), states))
    assert obligations_due in due_items._providers
