"""Reminders: everybody who should hear hears each rung once, with what is true when it leaves, until it is settled."""

import threading
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from ccm_portal.core import due_items, outbox, reminders
from ccm_portal.core.due_items import CLIMB, REPORT_LADDER, DueItem, Rung
from ccm_portal.core.enums import MessageStatus, Role
from ccm_portal.core.models import OutgoingMessage, State, User
from tests.factories import MembershipFactory, everyone, person, state

DUE = date(2027, 4, 30)
RUNGS = (-90, -30, -7, 1, 30)
TO_WRITERS = tuple(Rung(day, CLIMB[:2]) for day in RUNGS)


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
            "ladder": TO_WRITERS,
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


def with_mission(iso3):
    State.objects.filter(iso3=iso3).update(mission_email="mission@example.org")


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
    with_mission("LAO")
    obligations.add("LAO", ladder=REPORT_LADDER)
    people = everyone("LAO", "BGR")

    for day in days_from(DUE - timedelta(days=120), DUE + timedelta(days=60)):
        remind(day)
        remind(day)

    first_rung = {"drafter": -90, "approver": -30, "head of delegation": -7}
    reached = {people[kind].name: rung for kind, rung in first_rung.items()} | {"mission@example.org": 1}
    assert owed() == Counter((name, rung) for name, first in reached.items() for rung in RUNGS if rung >= first)


@pytest.mark.django_db
def test_a_rung_leaves_on_its_day_and_not_before(obligations):
    obligations.add("LAO")
    person(Role.DRAFTER, "LAO")
    days = [day - DUE for day in days_from(DUE - timedelta(days=100), DUE + timedelta(days=40)) if remind(day)]
    assert [day.days for day in days] == list(RUNGS)


@pytest.mark.django_db
@pytest.mark.parametrize("rung", RUNGS)
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
    assert owed() == Counter((someone.name, rung) for rung in RUNGS)


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
    remind(DUE + timedelta(days=1))
    message = OutgoingMessage.objects.get()

    outbox.deliver(pk=message.pk, at=noon(DUE + timedelta(days=4)))

    [mail] = mailoutbox
    assert "That was 4 days ago." in mail.body
    assert "That was 1 day ago." not in mail.body


@pytest.mark.django_db
def test_a_rung_that_could_not_leave_in_time_gives_way_to_the_next(obligations, mailoutbox):
    obligations.add("LAO")
    person(Role.DRAFTER, "LAO")
    remind(DUE - timedelta(days=30))
    on = DUE - timedelta(days=7)
    remind(on)

    told = [outbox.deliver(pk=pk, at=noon(on)) for pk in OutgoingMessage.objects.values_list("pk", flat=True)]

    assert (sorted(told), ["in 7 days" in mail.body for mail in mailoutbox]) == (["sent", "withdrawn"], [True])


HEAD = Role.HEAD_OF_DELEGATION


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("roles", "mission", "rung", "reached"),
    [
        ([Role.DRAFTER, Role.APPROVER, HEAD], True, -90, [Role.DRAFTER]),
        ([Role.APPROVER, HEAD], True, -90, [Role.APPROVER]),
        ([HEAD], True, -90, [HEAD]),
        ([], True, -90, ["mission"]),
        ([], False, -90, []),
        ([Role.DRAFTER, HEAD], True, -30, [Role.DRAFTER, HEAD]),
        ([Role.DRAFTER], True, -30, [Role.DRAFTER, "mission"]),
        ([Role.DRAFTER, Role.APPROVER], True, -7, [Role.DRAFTER, Role.APPROVER, "mission"]),
        ([Role.DRAFTER], False, -7, [Role.DRAFTER]),
        ([Role.DRAFTER, Role.APPROVER, HEAD], True, 1, [Role.DRAFTER, Role.APPROVER, HEAD, "mission"]),
    ],
)
def test_where_nobody_holds_a_role_the_rung_climbs_to_the_next_that_somebody_holds(
    obligations, roles, mission, rung, reached
):
    if mission:
        with_mission("LAO")
    obligations.add("LAO", ladder=REPORT_LADDER)
    names = {"mission": "mission@example.org"} | {role: person(role, "LAO").name for role in roles}
    on = DUE + timedelta(days=rung)

    remind(on)

    assert owed() == Counter((names[role], rung) for role in reached)
    assert [item.state.iso3 for item, _rung in reminders.plan(on=on).nobody] == ([] if reached else ["LAO"])


@pytest.mark.django_db
@pytest.mark.parametrize("lost", [MessageStatus.BOUNCED, MessageStatus.FAILED])
def test_what_came_back_or_never_left_makes_the_rung_climb(obligations, lost):
    with_mission("LAO")
    obligations.add("LAO", ladder=REPORT_LADDER)
    drafter, head = person(Role.DRAFTER, "LAO"), person(HEAD, "LAO")
    on = DUE - timedelta(days=90)
    steps = []
    for _step in range(4):
        remind(on)
        steps.append(sorted(name for name, _rung in owed()))
        OutgoingMessage.objects.update(status=lost)

    assert steps == [
        [drafter.name],
        sorted([drafter.name, head.name]),
        *[sorted([drafter.name, head.name, "mission@example.org"])] * 2,
    ]
    assert len(reminders.plan(on=on).nobody) == 1


@pytest.mark.django_db
def test_whoever_is_also_the_mission_hears_once(obligations):
    someone = person(Role.DRAFTER, "LAO")
    State.objects.filter(iso3="LAO").update(mission_email=someone.email.upper())
    obligations.add("LAO", ladder=REPORT_LADDER)
    remind(DUE + timedelta(days=1))
    assert owed() == {(someone.name, 1): 1}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("to", "begun", "says"),
    [
        (Role.DRAFTER, False, "You can begin it from last year’s report."),
        (Role.DRAFTER, True, "Finish it, then ask an approver to file it. It was begun by a colleague"),
        (Role.APPROVER, False, "you can file it."),
        (Role.APPROVER, True, "A draft stands. Check it and file it: you can. It was begun by a colleague"),
        ("mission", False, "Nothing of it is begun in the portal."),
        ("mission", True, "A draft of it is begun in the portal."),
    ],
)
def test_each_is_told_what_they_can_do_and_none_who_else_works_on_it(obligations, mailoutbox, to, begun, says):
    other = person()
    User.objects.filter(pk=other.pk).update(name="Somebody Else")
    obligations.add("LAO", ladder=REPORT_LADDER, begun=begun, held_by=other.pk if begun else None)
    if to == "mission":
        with_mission("LAO")
        obligations.open[0].state.refresh_from_db()
    else:
        person(to, "LAO")

    remind(DUE - timedelta(days=7))
    outbox.deliver(pk=OutgoingMessage.objects.get().pk, at=noon(DUE - timedelta(days=7)))

    [mail] = mailoutbox
    text = " ".join(mail.body.split())
    assert (says in text, "30 April 2027. That is in 7 days." in text, "Article 7.2" in text) == (True, True, True)
    assert ("Somebody Else" in text, text.count("https://") + text.count("http://")) == (False, 1)
    assert ("has no account for it" in text) == (to == "mission")


@pytest.mark.django_db
def test_a_person_is_written_to_in_their_language_and_a_mission_in_its_states(obligations):
    with_mission("LAO")
    obligations.add("LAO", ladder=REPORT_LADDER, language="fr")
    User.objects.filter(pk=person(Role.DRAFTER, "LAO").pk).update(language="ar")
    remind(DUE + timedelta(days=1))
    assert sorted(OutgoingMessage.objects.values_list("address", "language")) == [
        ("", "ar"),
        ("mission@example.org", "fr"),
    ]


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
    with django_assert_num_queries(3):
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
