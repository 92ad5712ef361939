"""The persons of a delegation, for as long as they are kept."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from ccm_portal.core import sweeper
from ccm_portal.core.enums import Role
from ccm_portal.core.models import RegisterEntry
from meetings.domain import participant_list, participants, retention
from meetings.domain.delegations import DelegationChanged, DelegationRefused
from meetings.domain.participants import Person
from meetings.models import Participant
from tests import factories
from tests.meetings import factories as made

pytestmark = pytest.mark.django_db

AT = datetime(2027, 7, 1, 9, tzinfo=UTC)
LAST_DAY = datetime(2027, 12, 15, 23, tzinfo=UTC)  # 90 days after 16 September
DAY_AFTER = datetime(2027, 12, 16, 0, 1, tzinfo=UTC)
NAME = "CANARY-M1 Delegate"


@pytest.fixture
def delegation():
    return made.delegation(made.meeting(), "LAO")


@pytest.fixture
def drafter():
    return factories.person(Role.DRAFTER, "LAO")


def entered(delegation, by, *people, at=AT):
    for person in people:
        participants.add(delegation=delegation, person=person, version=delegation.version, by=by, at=at)
        delegation.refresh_from_db()


def names(delegation):
    return [(one.name, one.is_head) for one in participants.in_order(delegation.participants.all())]


def test_the_head_stands_first_and_there_is_one(delegation, drafter):
    entered(
        delegation,
        drafter,
        Person(name="First"),
        Person(name="Second", is_head=True),
        Person(name="Third", is_head=True),
    )
    assert names(delegation) == [("Third", True), ("First", False), ("Second", False)]
    assert delegation.size == 3


def test_another_is_made_head_by_writing_the_person_anew(delegation, drafter):
    entered(delegation, drafter, Person(name="First", is_head=True), Person(name="Second"))
    second = delegation.participants.get(name="Second")
    participants.change(
        participant=second, person=Person(name="Second", is_head=True), version=delegation.version, by=drafter, at=AT
    )
    assert names(delegation) == [("Second", True), ("First", False)]


def test_a_person_is_entered_once(delegation, drafter):
    entered(delegation, drafter, Person(name="First"))
    with pytest.raises(DelegationRefused, match="already"):
        entered(delegation, drafter, Person(name=" first "))


def test_what_a_colleague_entered_meanwhile_is_told(delegation, drafter):
    entered(delegation, drafter, Person(name="First"))
    with pytest.raises(DelegationChanged):
        participants.add(delegation=delegation, person=Person(name="Second"), version=1, by=drafter, at=AT)


def test_who_is_removed_is_gone(delegation, drafter):
    entered(delegation, drafter, Person(name="First", is_head=True))
    participants.remove(participant=delegation.participants.get(), version=delegation.version, by=drafter, at=AT)
    delegation.refresh_from_db()
    assert (names(delegation), delegation.size) == ([], 0)


def test_the_register_learns_numbers_and_no_names(delegation, drafter):
    entered(delegation, drafter, Person(name=NAME, function=NAME, title="CANARY-M1", is_head=True))
    assert [entry.action for entry in RegisterEntry.objects.all()] == ["meetings.delegation.person_added"]
    assert not RegisterEntry.objects.filter(payload__contains="CANARY").exists()


def test_names_are_kept_for_a_set_time_after_the_meeting(delegation):
    assert retention.kept_until(delegation.meeting) == date(2027, 12, 15)


def test_names_are_deleted_once_their_time_has_passed_and_numbers_stay(delegation, drafter):
    entered(delegation, drafter, Person(name=NAME, is_head=True), Person(name="Second"))

    assert retention.sweep(at=LAST_DAY) == 0
    assert delegation.participants.count() == 2
    assert retention.sweep(at=DAY_AFTER) == 2
    assert retention.sweep(at=DAY_AFTER) == 0

    delegation.refresh_from_db()
    assert (Participant.objects.count(), delegation.size) == (0, 2)
    last = RegisterEntry.objects.order_by("number").last()
    assert (last.action, last.actor) == ("meetings.meeting.delete_names", None)
    assert '"persons":2' in last.payload and "CANARY" not in last.payload


def test_the_sweeper_deletes_them():
    assert retention.sweep in sweeper._sweeps


def test_nothing_shows_names_after_their_time_even_before_they_are_deleted(delegation, drafter):
    entered(delegation, drafter, Person(name=NAME, is_head=True))
    meeting = delegation.meeting

    assert NAME in participant_list.csv(meeting, on=LAST_DAY.date())
    assert participant_list.groups_with_names(meeting, on=DAY_AFTER.date()) == []
    assert NAME not in participant_list.csv(meeting, on=DAY_AFTER.date())


def test_nobody_enters_names_after_their_time(delegation, drafter):
    with pytest.raises(DelegationRefused, match="Names cannot be entered"):
        entered(delegation, drafter, Person(name=NAME), at=DAY_AFTER)


def test_the_list_follows_the_alphabet_of_its_language_with_heads_first(delegation, drafter):
    meeting = delegation.meeting
    entered(delegation, drafter, Person(name="Other"), Person(name="Head", is_head=True))
    for iso3 in ("ZMB", "AUT"):
        entered(made.delegation(meeting, iso3), drafter, Person(name=f"Head, {iso3}", is_head=True))
    entered(made.delegation(meeting, organisation="icrc"), drafter, Person(name="Observer"))

    def listed(language):
        with translation.override(language):
            return [
                (entry.delegation.state.iso3 if entry.delegation.state else "", [one.name for one in entry.persons])
                for group in participant_list.groups_with_names(meeting, on=AT.date())
                for entry in group.entries
            ]

    assert listed("en") == [
        ("AUT", ["Head, AUT"]),
        ("LAO", ["Head", "Other"]),
        ("ZMB", ["Head, ZMB"]),
        ("", ["Observer"]),
    ]
    assert [iso3 for iso3, _ in listed("ar")] == ["LAO", "ZMB", "AUT", ""]


def test_a_formula_in_a_name_does_not_run(delegation, drafter):
    entered(delegation, drafter, Person(name="=cmd|'/c calc'!A1", is_head=True))
    assert "'=cmd" in participant_list.csv(delegation.meeting, on=AT.date())
