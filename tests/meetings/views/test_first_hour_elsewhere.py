"""What a new user meets around the room: the way into it, what the forms say before they are sent, pages not open."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.views.defaults import permission_denied

from ccm_portal.core.enums import Role
from meetings.domain import floor
from meetings.domain.floor import is_live
from meetings.panels_room import in_the_room, room_links
from tests.factories import person
from tests.meetings.room import AT, later, the_room
from tests.meetings.views.test_first_hour import CHAIR, FLOOR, NEW, ROOM, Page
from tests.support import sign_in

pytestmark = pytest.mark.django_db

PAGES = [f"/meetings/14msp/{end}" for end in ("", "agenda/", "papers/", "participants/", "decisions/")]
TAB = f'<a href="{ROOM}"'


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def at(monkeypatch, moment):
    monkeypatch.setenv("PORTAL_NOW", moment)


def test_every_page_of_the_meeting_leads_into_the_room_once_an_item_is_taken_up(client, monkeypatch):
    at(monkeypatch, "2027-08-01T08:30:00+00:00")
    room = the_room()
    floor.switch_item(meeting=room.meeting, code=None, seen=room.code, by=room.chair, at=AT)
    before = [TAB in client.get(page).content.decode() for page in PAGES]

    floor.switch_item(meeting=room.meeting, code=room.code, seen=None, by=room.chair, at=AT)
    during = [TAB in client.get(page).content.decode() for page in PAGES]
    said = text(client.get(PAGES[0]))
    floor.switch_item(meeting=room.meeting, code=None, seen=room.code, by=room.chair, at=AT)
    after = [TAB in client.get(page).content.decode() for page in PAGES]

    assert (before, during, after) == ([False] * 5, [True] * 5, [False] * 5)
    assert "In the room now 1 Clearance Follow who speaks" in said


def test_an_item_that_nobody_laid_down_does_not_keep_a_room_open_for_ever():
    room = the_room()

    live = [is_live(room.meeting, on=later(days=days).date()) for days in (-300, 0, 2, 3, 4, 5)]

    assert (room.meeting.ends.isoformat(), live) == ("2027-09-16", [True, True, True, True, False, False])


def test_after_the_meeting_nothing_leads_to_asking_for_the_floor(client, monkeypatch):
    room = the_room()
    room.speak("NOR", minutes=2)
    room.hand_in("NOR", "Thank you.")
    link = f'href="{FLOOR}"'
    at(monkeypatch, "2027-09-14T08:30:00+00:00")
    during = link in client.get(ROOM).content.decode()
    at(monkeypatch, "2027-09-30T08:30:00+00:00")

    assert (during, link in client.get(ROOM).content.decode()) == (True, False)
    assert link not in client.get(PAGES[0]).content.decode()
    assert in_the_room(room.meeting, later(days=20)).context["runs"] is False
    assert [one.title for one in room_links(room.meeting, person(Role.DRAFTER, "NOR"))] == ["Statement texts"]


def test_who_hands_in_what_was_given_already_is_told_before_it_is_sent(client, monkeypatch):
    at(monkeypatch, "2027-09-14T08:30:00+00:00")
    room = the_room()
    sign_in(client, person(Role.DRAFTER, "NOR"))
    told = "Given already, and public at once unless you choose to release it: 1 Clearance"
    room.speak("IRL", minutes=2)
    before = told in text(client.get(NEW))

    room.speak("NOR", minutes=2)
    given = told in text(client.get(NEW))
    room.hand_in("NOR", "Thank you.")

    assert (before, given, told in text(client.get(NEW))) == (False, True, False)


def test_who_hands_in_for_others_is_told_whose_was_given(client, monkeypatch):
    at(monkeypatch, "2027-09-14T08:30:00+00:00")
    room = the_room()
    room.speak("NOR", minutes=2)
    sign_in(client, person(Role.ISO_STAFF, "iso"))

    assert "unless you choose to release it: Norway, 1 Clearance" in text(client.get(NEW))


@pytest.mark.parametrize(
    ("role", "of", "kind"), [(Role.OBSERVER, "cmc", "organisation"), (Role.DRAFTER, "NOR", "national")]
)
def test_the_floor_is_asked_for_as_oneself_and_the_form_says_which_items_it_offers(client, monkeypatch, role, of, kind):
    at(monkeypatch, "2027-09-14T08:30:00+00:00")
    the_room()
    sign_in(client, person(role, of))
    page = client.get(FLOOR)

    assert Page(page).form_with("kind")["kind"] == kind
    assert "Only items whose speakers' list has been opened are offered." in text(page).replace("&#x27;", "'")


def test_a_page_that_is_not_open_says_what_it_needs_and_leads_back(client, monkeypatch):
    at(monkeypatch, "2027-09-14T08:30:00+00:00")
    the_room()
    sign_in(client, person(Role.COMMITTEE_LEADER, "AUT"))

    refused = client.get(CHAIR)

    assert (refused.status_code, "to file" in text(refused)) == (403, False)
    assert "It is open to those who hold the office that it is for. If you hold it, ask the ISO." in text(refused)
    assert 'href="/meetings/14msp/desk/"' in refused.content.decode()


def test_a_page_of_a_delegation_still_says_whom_to_ask(rf):
    request = rf.get("/my/norway/people/")
    request.user = person(Role.DRAFTER, "NOR")

    refused = permission_denied(request, PermissionDenied())

    assert "ask the head of your delegation" in text(refused)
