"""What a State owes, in one list for the desk, the reminders and the mails."""

from datetime import UTC, date, datetime

import pytest

from ccm_portal.core.due_items import due_items
from ccm_portal.core.models import OutgoingMessage, State
from ccm_portal.core.reminders import remind
from ccm_portal.core.work_items import work_items_for
from reporting.due_items import reports_due
from reporting.enums import ReportKind
from reporting.models import Transmission
from tests import factories
from tests.reporting.support import complete, file, filed, person, start

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 1)


def due(iso3, on=ON):
    states = State.objects.filter(iso3=iso3)
    return [(item.key, item.title, item.due) for item in reports_due(on, states)]


def test_a_state_owes_its_initial_report_the_last_annual_one_and_the_next():
    assert due("LAO") == [
        ("reporting:LAO:initial", "Initial report", date(2011, 1, 28)),
        ("reporting:LAO:2024", "Report for 2024", date(2025, 4, 30)),
        ("reporting:LAO:2025", "Report for 2025", date(2026, 4, 30)),
    ]


def test_the_next_report_comes_in_on_the_day_after_the_last_fell_due():
    years = {
        on: [key.rpartition(":")[2] for key, _t, _d in due("LAO", on)[1:]]
        for on in (date(2026, 4, 30), date(2026, 5, 1))
    }

    assert years == {date(2026, 4, 30): ["2024", "2025"], date(2026, 5, 1): ["2025", "2026"]}


def test_a_new_party_owes_only_its_initial_report():
    assert due("VUT", date(2026, 4, 1)) == [("reporting:VUT:initial", "Initial report", date(2026, 8, 28))]


def test_states_that_are_not_bound_owe_nothing():
    assert [due(iso3) for iso3 in ("BRA", "FIN", "LTU")] == [[], [], []]


def test_an_item_is_closed_by_filing_and_not_by_a_draft():
    by = person()
    report = start(by)
    assert ("reporting:LAO:2025", "Report for 2025", date(2026, 4, 30)) in due("LAO")

    file(complete(report, by=by), by=by)

    assert [key for key, _title, _due in due("LAO")] == ["reporting:LAO:initial", "reporting:LAO:2024"]


def test_each_item_says_why_that_day():
    by_key = {item.key: item for item in reports_due(ON, State.objects.filter(iso3="LAO"))}

    assert by_key["reporting:LAO:2025"].source == "Article 7(2)"
    assert "30 April 2026" in by_key["reporting:LAO:2025"].basis
    assert "180 days after entry into force on 1 August 2010" in by_key["reporting:LAO:initial"].basis


def test_all_states_cost_as_many_queries_as_one(django_assert_num_queries):
    for states in (State.objects.filter(iso3="LAO"), None):
        with django_assert_num_queries(3):
            list(reports_due(ON, states))


def test_the_ladder_climbs_with_the_days_and_falls_silent_when_the_report_is_filed():
    factories.person("drafter", "LAO")
    approver = person()
    filed(approver, kind=ReportKind.INITIAL, at=datetime(2011, 1, 1, tzinfo=UTC))
    filed(approver, year=2024, at=datetime(2025, 4, 1, tzinfo=UTC))
    OutgoingMessage.objects.all().delete()

    def reminders(on):
        remind(on=on, at=datetime(on.year, on.month, on.day, 6, tzinfo=UTC))
        keys = OutgoingMessage.objects.filter(kind="core.reminder", key__contains="LAO:2025")
        return sorted(key.split(":")[4] for key in keys.values_list("key", flat=True))

    climbed = [reminders(day) for day in (date(2026, 1, 29), date(2026, 1, 30), date(2026, 4, 1), date(2026, 4, 1))]
    file(complete(start(approver), by=approver), by=approver, at=datetime(2026, 4, 2, tzinfo=UTC), key="c" * 32)
    after = [reminders(day) for day in (date(2026, 4, 24), date(2026, 5, 1), date(2026, 5, 30))]

    assert climbed == [[], ["-90"], ["-30"] * 2 + ["-90"], ["-30"] * 2 + ["-90"]]
    assert after == [climbed[-1]] * 3


def test_one_list_serves_every_app():
    keys = {item.key for item in due_items(on=ON, states=State.objects.filter(iso3="LAO"))}

    assert {"reporting:LAO:initial", "reporting:LAO:2024", "reporting:LAO:2025"} <= keys


def test_the_desk_names_what_this_person_has_to_do_next():
    drafter, approver, stranger = factories.person("drafter", "LAO"), person(), factories.person("iso_staff", "iso")
    report = start(drafter)

    def labels(user):
        return [item.label for item in work_items_for(user, on=ON) if "nobody can be reminded" not in item.label]

    begun = ["Start: Initial report", "Start: Report for 2024"]
    assert labels(drafter) == [*begun, "Go on with: Report for 2025"]
    assert labels(approver) == [*begun, "Go on with: Report for 2025"]
    complete(report, by=drafter)
    assert labels(approver) == [*begun, "Check and file: Report for 2025"]
    assert labels(stranger) == []


def test_the_iso_is_told_of_reports_that_await_their_acknowledgement():
    iso, approver = factories.person("iso_staff", "iso"), person()
    filed(approver, year=2024, at=datetime(2025, 4, 1, tzinfo=UTC))

    def labels(user):
        return [item.label for item in work_items_for(user, on=ON) if "nobody can be reminded" not in item.label]

    assert labels(iso) == ["1 report to thank for"]
    Transmission.objects.update(sent_at=datetime(2025, 4, 2, tzinfo=UTC))
    assert sorted(labels(iso)) == [
        "1 report sent to the United Nations awaits its acknowledgement",
        "1 report to thank for",
    ]
    assert not any("acknowledgement" in label for label in labels(approver))
