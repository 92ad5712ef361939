"""People × reports: the rules, and the querysets that mirror them."""

import pytest
from django.contrib.auth.models import AnonymousUser

from ccm_portal.core.permissions import may
from reporting.enums import ReportStatus
from reporting.models import Report
from reporting.rules import approvers_of, own_reports, own_states, published_reports, visible_drafts
from tests import factories
from tests.reporting.factories import A_MOMENT, ReportFactory

pytestmark = pytest.mark.django_db

DELEGATES = {"drafter", "approver", "head of delegation"}
ALLOWED = {
    ("reporting.view_draft", ReportStatus.DRAFT): DELEGATES,
    ("reporting.edit_draft", ReportStatus.DRAFT): DELEGATES,
    ("reporting.view_own_report", ReportStatus.DRAFT): DELEGATES,
    ("reporting.file_report", ReportStatus.DRAFT): {"approver", "head of delegation"},
    ("reporting.show_draft_to_iso", ReportStatus.DRAFT): {"approver", "head of delegation"},
    ("reporting.view_report", ReportStatus.DRAFT): set(),
    ("reporting.acknowledge", ReportStatus.FILED): {"ISO staff"},
    ("reporting.view_draft", ReportStatus.FILED): set(),
    ("reporting.view_own_report", ReportStatus.FILED): DELEGATES,
    ("reporting.correct_report", ReportStatus.FILED): DELEGATES,
    ("reporting.recall_report", ReportStatus.FILED): {"approver", "head of delegation"},
    ("reporting.recall_report", ReportStatus.RECALLED): {"approver", "head of delegation"},
    ("reporting.view_report", ReportStatus.RECALLED): set(),
}


@pytest.fixture
def people():
    return factories.everyone("LAO", "BGR") | {"the public": AnonymousUser()}


@pytest.mark.parametrize(("perm", "status"), ALLOWED, ids=lambda value: str(value))
def test_these_people_hold(people, perm, status):
    report = ReportFactory(status=status)

    assert {name for name, user in people.items() if may(user, perm, report)} == ALLOWED[perm, status]


def test_a_draft_that_the_state_shows_is_read_by_the_iso_and_written_by_nobody_else(people):
    report = ReportFactory(shown_to_iso_at=A_MOMENT)

    assert {name for name, user in people.items() if may(user, "reporting.view_draft", report)} == {
        *DELEGATES,
        "ISO staff",
    }
    assert {name for name, user in people.items() if may(user, "reporting.edit_draft", report)} == DELEGATES


def test_a_correction_being_written_is_as_private_as_a_draft_while_everybody_reads_what_was_filed(people):
    report = ReportFactory(status=ReportStatus.FILED, correction_opened_at=A_MOMENT)

    assert {name for name, user in people.items() if may(user, "reporting.view_draft", report)} == DELEGATES
    assert {name for name, user in people.items() if may(user, "reporting.view_report", report)} == set(people)


def test_everybody_may_read_what_is_filed(people):
    report = ReportFactory(status=ReportStatus.FILED)

    assert {name for name, user in people.items() if may(user, "reporting.view_report", report)} == set(people)


@pytest.mark.parametrize("perm", ["reporting.view_state_desk", "reporting.start_draft"])
def test_a_states_desk_is_for_its_delegation(people, perm):
    state = factories.state("LAO")

    assert {name for name, user in people.items() if may(user, perm, state)} == DELEGATES


@pytest.mark.parametrize(
    ("perm", "queryset"),
    [
        ("reporting.view_draft", visible_drafts),
        ("reporting.view_own_report", own_reports),
        ("reporting.view_report", lambda _user: published_reports()),
    ],
)
def test_rule_and_queryset_agree_for_everyone(people, perm, queryset):
    for iso3 in ("LAO", "BGR", "HRV"):
        ReportFactory(iso3=iso3, year=2023)
        ReportFactory(iso3=iso3, year=2020, shown_to_iso_at=A_MOMENT)
        ReportFactory(iso3=iso3, year=2019, shown_to_iso_at=A_MOMENT, status=ReportStatus.FILED)
        ReportFactory(iso3=iso3, year=2022, status=ReportStatus.FILED)
        ReportFactory(iso3=iso3, year=2021, status=ReportStatus.RECALLED)
        ReportFactory(iso3=iso3, year=2018, status=ReportStatus.FILED, correction_opened_at=A_MOMENT)
        ReportFactory(
            iso3=iso3,
            year=2017,
            status=ReportStatus.FILED,
            correction_opened_at=A_MOMENT,
            shown_to_iso_at=A_MOMENT,
        )
    reports = list(Report.objects.with_state())

    for name, user in people.items():
        by_rule = {report for report in reports if may(user, perm, report)}
        assert set(queryset(user)) == by_rule, name


def test_the_states_of_a_person_agree_with_the_rule(people):
    states = [factories.state(iso3) for iso3 in ("LAO", "BGR", "HRV")]
    for name, user in people.items():
        by_rule = {state for state in states if may(user, "reporting.view_state_desk", state)}
        assert set(own_states(user)) & set(states) == by_rule, name


def test_the_approvers_to_ask_are_those_who_may_file(people):
    report = ReportFactory()
    by_rule = {user for user in people.values() if may(user, "reporting.file_report", report)}

    assert set(approvers_of(report.state, on=factories.A_DAY.replace(year=2025))) == by_rule
