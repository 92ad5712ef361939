"""Preparing a meeting: what each leader owes, asked for with one button, and the bodies that nobody leads."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ccm_portal.core.enums import Role
from committees import coming
from committees.domain import follow_ups, preparation
from committees.domain.owners import Owner
from committees.models import FollowUp
from meetings.wiring_preparation import to_prepare
from tests.committees import factories, work
from tests.factories import person
from tests.meetings import factories as meetings
from tests.support import sign_in

pytestmark = pytest.mark.django_db

HERE = "/committees/coordination/workspace/preparation/"
ORIGIN = {"headers": {"origin": "http://testserver"}}
TODAY = date(2026, 11, 24)
MEETING = coming.ComingMeeting("made-up-2027", "A made-up meeting", date(2027, 9, 13), "/meetings/made-up-2027/")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-11-24T12:00:00+00:00")
    monkeypatch.setattr(
        coming, "_providers", [lambda on: [("made-up-2027", MEETING.name, MEETING.starts, MEETING.url)]]
    )


@pytest.fixture
def president():
    return person(Role.PRESIDENT, "LBN")


@pytest.fixture
def leaders():
    return factories.leader("clearance", "LAO"), factories.leader("victim-assistance", "HRV")


def test_one_button_asks_every_leader_once_for_the_standard_set(client, president, leaders):
    sign_in(client, president)
    assert "Ask 2 leaders for the standard set of 5 each" in client.get(f"{HERE}made-up-2027/").content.decode()
    answers = [client.post(f"{HERE}made-up-2027/", **ORIGIN).status_code for _twice in (1, 2)]
    rows = FollowUp.objects.filter(meeting_key="made-up-2027", prepares=True)

    assert answers == [302, 302]
    assert [rows.filter(term__persons__user=leader).count() for leader in leaders] == [5, 5]
    assert sorted({row.due for row in rows}) == [
        date(2027, 5, 16),
        date(2027, 7, 5),
        date(2027, 8, 2),
        date(2027, 8, 23),
        date(2027, 9, 6),
    ]
    assert "Speaking points" in sign_in(client, leaders[0]).get("/desk/").content.decode()


def test_the_board_counts_what_is_done_owed_and_overdue(president, leaders):
    body = factories.body("coordination")
    preparation.add_standard_set(body=body, meeting=MEETING, by=president, at=work.AT)
    first = FollowUp.objects.filter(term__persons__user=leaders[0]).order_by("due")[0]
    follow_ups.finish(follow_up=first, outcome="", version=1, by=leaders[0], at=work.AT)
    board = preparation.board(body, "made-up-2027", rows=FollowUp.objects.all(), on=date(2027, 7, 10))

    assert [(line.term.state.iso3, line.done, line.open, line.overdue) for line in board.lines] == [
        ("LAO", 1, 3, 1),
        ("HRV", 0, 3, 2),
    ]
    assert {"universalisation", "stockpiles"} <= {one.key for one in board.nobody}
    assert not {"clearance", "victim-assistance", "coordination"} & {one.key for one in board.nobody}


def test_what_is_asked_of_somebody_else_stands_on_the_board_too(client, president):
    sent = {"what": "Book the room", "owner_name": "The host"}
    sign_in(client, president).post(
        "/committees/coordination/workspace/follow-up/new/?meeting=made-up-2027", sent, **ORIGIN
    )
    page = client.get(f"{HERE}made-up-2027/").content.decode()

    assert FollowUp.objects.get().prepares
    assert "Book the room" in page and "The host" in page


def test_leaders_read_the_board_and_ask_for_nothing(client, leaders):
    sign_in(client, leaders[0])

    assert client.get(f"{HERE}made-up-2027/").status_code == 200
    assert client.post(f"{HERE}made-up-2027/", **ORIGIN).status_code == 403
    assert FollowUp.objects.count() == 0


def test_only_coordination_prepares_and_only_meetings_that_there_are(client, president):
    sign_in(client, president)
    factories.leader("clearance", "LAO", of=factories.term("clearance", "LBN"))
    office = sign_in(client, person(Role.ISO_STAFF, "iso"))

    assert office.get("/committees/clearance/workspace/preparation/").status_code == 404
    assert office.get(f"{HERE}no-such/").status_code == 404
    assert "A made-up meeting" in office.get(HERE).content.decode()


def test_a_meeting_that_is_over_keeps_its_board_and_asks_for_nothing_more(client, president, leaders):
    work.follow_up(
        president,
        Owner(name="The host"),
        body="coordination",
        what="Book the room",
        meeting_key="13msp",
        prepares=True,
    )
    sign_in(client, president)
    page = client.get(f"{HERE}13msp/")
    client.post(f"{HERE}13msp/", **ORIGIN)

    assert (page.status_code, "Book the room" in page.content.decode()) == (200, True)
    assert FollowUp.objects.count() == 1


def test_the_workspace_says_who_takes_part_on_the_day(client, president, leaders):
    factories.partner("coordination")
    page = sign_in(client, president).get("/committees/coordination/workspace/").content.decode()

    assert "Lao People’s Democratic Republic" in page or "Lao" in page
    assert "Croatia" in page
    assert "President-designate" in page and "Past President" in page
    assert "A made-up meeting" in page


def test_the_board_costs_the_same_for_one_leader_and_for_three(client, president):
    def cost():
        factories.body("coordination")
        preparation.add_standard_set(body=factories.body("coordination"), meeting=MEETING, by=president, at=work.AT)
        sign_in(client, president)
        with CaptureQueriesContext(connection) as spent:
            assert client.get(f"{HERE}made-up-2027/").status_code == 200
        return len(spent)

    factories.leader("clearance", "LAO")
    one = cost()
    factories.leader("victim-assistance", "HRV")
    factories.leader("stockpiles", "CHL")

    assert cost() == one


def test_meetings_that_everybody_knows_of_are_there_to_be_prepared():
    meeting = meetings.meeting()
    meetings.meeting("14msp-prep", kind="preparatory")
    before, after = meeting.ends, meeting.ends + timedelta(days=1)

    assert list(to_prepare(before)) == [
        ("14msp", meeting.name, meeting.starts, "/meetings/14msp/", (meeting.starts, date(2027, 9, 17)))
    ]
    assert list(to_prepare(after)) == []
