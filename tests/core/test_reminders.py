"""Reminders: everybody who should hear hears each rung once, with what is true when it leaves, until it is settled."""

import threading
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from ccm_portal.core import due_items, outbox, reminders
from ccm_portal.core.due_items import REPORT_RUNGS, DueItem
from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage, State
from tests.factories import MembershipFactory, everyone, person, state

DUE = date(2027, 4, 30)
REMINDED = (Role.DRAFTER, Role.APPROVER)


class Obligations:
    """What is open, as an app would say it."""

    def __init__(self):
        self.open = []

    def add(self, iso3, due=DUE, **more):
        facts = {
            "key": f"test:{iso3}:{due}",
            "title": "Annual report",
            "due": due,
            "source": "Article 7.2",
            "basis": "30 April of each year, for the year before.",
            "url": f"/my/{iso3.lower()}/",
            "audience": REMINDED,
            "rungs": REPORT_RUNGS,
        }
        self.open.append(DueItem(state=state(iso3), **facts | more))

    def settle(self):
        self.open.clear()

    def __call__(self, on, states):
        return [item for item in self.open if states is None or states.filter(pk=item.state.pk).exists()]


@pytest.fixture
def obligations(monkeypatch):
    obligations = Obligations()
    monkeypatch.setattr(due_items, "_providers", [obligations])
    return obligations


def noon(day):
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def remind(day):
    return reminders.remind(on=day, at=noon(day))


def days_from(first, last):
    return (first + timedelta(days=count) for count in range((last - first).days + 1))


def owed():
    """(recipient, rung) of every message there is."""
    return Counter(
        (message.user.name if message.user else message.address, message.ids["rung"])
        for message in OutgoingMessage.objects.select_related("user")
    )


@pytest.mark.django_db
def test_each_rung_reaches_each_of_the_audience_once_however_often_it_runs(obligations):
    obligations.add("LAO", to_mission=True)
    State.objects.filter(iso3="LAO").update(mission_email="mission@example.org")
    obligations.open[0].state.refresh_from_db()
    people = everyone("LAO", "BGR")

    for day in days_from(DUE - timedelta(days=120), DUE + timedelta(days=60)):
        remind(day)
        remind(day)

    reached = [people["drafter"].name, people["approver"].name, "mission@example.org"]
    assert owed() == Counter((name, rung) for name in reached for rung in REPORT_RUNGS)


@pytest.mark.django_db
def test_a_rung_leaves_on_its_day_and_not_before(obligations):
    obligations.add("LAO")
    person(Role.DRAFTER, "LAO")
    days = [day - DUE for day in days_from(DUE - timedelta(days=100), DUE + timedelta(days=40)) if remind(day)]
    assert [day.days for day in days] == list(REPORT_RUNGS)


@pytest.mark.django_db
@pytest.mark.parametrize("rung", REPORT_RUNGS)
def test_after_an_outage_of_a_day_the_rung_that_was_missed_comes_once(obligations, rung):
    obligations.add("LAO")
    someone = person(Role.DRAFTER, "LAO")
    its_day = DUE + timedelta(days=rung)
    remind(its_day - timedelta(days=1))
    before = owed()

    found = [remind(its_day + timedelta(days=count)) for count in (1, 2, 3)]

    assert (found, owed() - before) == ([1, 0, 0], {(someone.name, rung): 1})


@pytest.mark.django_db
def test_whoever_comes_late_to_the_ladder_hears_the_rung_that_is_true_now_alone(obligations):
    obligations.add("LAO")
    first = person(Role.DRAFTER, "LAO")
    remind(DUE - timedelta(days=20))
    assert owed() == {(first.name, -30): 1}

    second = person(Role.APPROVER, "LAO")
    remind(DUE - timedelta(days=19))
    assert owed() == {(first.name, -30): 1, (second.name, -30): 1}


@pytest.mark.django_db
def test_two_roles_of_one_person_are_one_recipient(obligations):
    obligations.add("LAO")
    someone = person(Role.DRAFTER, "LAO")
    MembershipFactory(user=someone, role=Role.APPROVER, state=state("LAO"))
    remind(DUE)
    assert owed() == {(someone.name, -7): 1}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("due", "walk"),
    [
        (date(2028, 2, 29), (date(2027, 11, 20), date(2028, 4, 10))),
        (date(2028, 1, 1), (date(2027, 9, 20), date(2028, 2, 10))),
        (date(2027, 10, 31), (date(2027, 7, 20), date(2027, 12, 10))),
        (date(2027, 3, 28), (date(2026, 12, 20), date(2027, 5, 10))),
    ],
)
def test_no_odd_day_of_the_calendar_doubles_or_skips_a_rung(obligations, due, walk):
    """29 February, the turn of the year, both nights on which clocks change."""
    obligations.add("LAO", due)
    someone = person(Role.DRAFTER, "LAO")
    for day in days_from(*walk):
        remind(day)
    assert owed() == Counter((someone.name, rung) for rung in REPORT_RUNGS)


@pytest.mark.django_db
def test_it_is_quiet_once_the_thing_is_done_and_what_was_owed_is_withdrawn(obligations, mailoutbox):
    obligations.add("LAO")
    person(Role.DRAFTER, "LAO")
    remind(DUE - timedelta(days=7))
    message = OutgoingMessage.objects.get()
    obligations.settle()

    assert outbox.deliver(pk=message.pk, at=noon(DUE - timedelta(days=6))) == "withdrawn"
    for day in days_from(DUE - timedelta(days=6), DUE + timedelta(days=60)):
        assert remind(day) == 0
    assert mailoutbox == []


@pytest.mark.django_db
def test_the_words_are_true_when_they_leave(obligations, mailoutbox):
    obligations.add("LAO")
    person(Role.DRAFTER, "LAO")
    remind(DUE - timedelta(days=7))
    message = OutgoingMessage.objects.get()

    outbox.deliver(pk=message.pk, at=noon(DUE + timedelta(days=2)))

    [mail] = mailoutbox
    assert "That was 2 days ago." in mail.body
    assert "That is in" not in mail.body


@pytest.mark.django_db
def test_nobody_hears_whose_membership_ended_before_it_left(obligations, mailoutbox):
    obligations.add("LAO")
    someone = person(Role.DRAFTER, "LAO")
    remind(DUE)
    someone.memberships.update(ends=date(2021, 1, 1))
    assert outbox.deliver(pk=OutgoingMessage.objects.get().pk, at=noon(DUE)) == "withdrawn"
    assert mailoutbox == []


@pytest.mark.django_db
def test_a_new_date_begins_a_ladder_of_its_own(obligations):
    obligations.add("LAO")
    someone = person(Role.DRAFTER, "LAO")
    remind(DUE)
    obligations.settle()
    obligations.add("LAO", date(2028, 4, 30))
    remind(date(2028, 4, 30) - timedelta(days=90))
    assert owed() == {(someone.name, -7): 1, (someone.name, -90): 1}


@pytest.mark.django_db(transaction=True)
def test_two_schedules_at_once_owe_each_reminder_once(obligations):
    names = []
    for iso3 in ("LAO", "BGR", "HRV", "ESP"):
        obligations.add(iso3)
        names += [person(Role.DRAFTER, iso3).name, person(Role.APPROVER, iso3).name]
    together = threading.Barrier(4)
    new, wrong = [], []

    def work():
        try:
            together.wait(10)
            new.append(remind(DUE))
        except Exception as problem:
            wrong.append(problem)
        finally:
            connection.close()

    beats = [threading.Thread(target=work) for _ in range(4)]
    for beat in beats:
        beat.start()
    for beat in beats:
        beat.join(30)

    assert wrong == []
    assert sum(new) == len(names)
    assert owed() == Counter((name, -7) for name in names)


@pytest.mark.django_db
def test_reminding_costs_the_same_for_any_number_of_states_when_all_is_owed(obligations, django_assert_num_queries):
    for iso3 in ("LAO", "BGR", "HRV"):
        obligations.add(iso3)
        person(Role.DRAFTER, iso3)
    remind(DUE)
    with django_assert_num_queries(2):
        remind(DUE)


@pytest.mark.django_db
@pytest.mark.parametrize(("hour", "late"), [(0, False), (11, False), (12, True), (23, True)])
def test_the_day_after_is_called_late_once_the_day_has_ended_everywhere(obligations, mailoutbox, hour, late):
    obligations.add("LAO")
    person(Role.DRAFTER, "LAO")
    at = datetime(2027, 5, 1, hour, 10, tzinfo=UTC)
    reminders.remind(on=at.date(), at=at)

    outbox.deliver(pk=OutgoingMessage.objects.get().pk, at=at)

    [letter] = mailoutbox
    assert ("That was 1 day ago." in letter.body, "marked as late" in letter.body) == (True, late)
