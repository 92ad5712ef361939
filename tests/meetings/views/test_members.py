"""What was said and decided in a closed meeting, as its members read it, and nobody else."""

import pytest
from django.test import Client

from ccm_portal.core.enums import Role
from committees.panels import workspace_panels
from meetings.domain import statements
from tests.committees.factories import body, leader, partner
from tests.factories import person
from tests.meetings import decisions
from tests.meetings.room import AT, the_room
from tests.meetings.views.test_reading import closed, words_of
from tests.support import sign_in

pytestmark = pytest.mark.django_db

HERE = "/meetings/coordination-2027-1"


@pytest.fixture
def member():
    return sign_in(Client(), partner("coordination", place="reader"))


@pytest.fixture
def stranger():
    return sign_in(Client(), person(Role.HEAD_OF_DELEGATION, "NOR"))


def said(room, who="NOR", *, text="We agree.", released=True):
    words = statements.Given("en", text, "statement.txt", text.encode())
    one = statements.hand_in(
        meeting=room.meeting, code=room.code, delegation=room.delegations[who], given=words,
        release="when_released", by=room.chair, at=AT,
    )  # fmt: skip
    return statements.release(statement=one, version=one.version, by=room.chair, at=AT) if released else one


def test_members_read_what_was_said_in_their_meeting_and_nobody_else_does(member, stranger, client):
    room = the_room(closed())
    given, held = said(room), said(room, "IRL", text="Not yet.", released=False)
    file = f"/files/statements/{given.texts.get().pk}/members/"
    places = [f"{HERE}/statements/members/", f"{HERE}/statements/members/{given.pk}/"]
    places += [f"{HERE}/statements/members/{given.pk}/en/", file]

    pages = [member.get(place) for place in places]

    assert [page.status_code for page in pages] == [200] * 4
    assert ("Norway" in words_of(pages[0]), "Ireland" in words_of(pages[0])) == (True, False)
    assert "We agree." in words_of(pages[1])
    assert pages[3].getvalue() == b"We agree."
    assert member.get(f"{HERE}/statements/members/{held.pk}/").status_code == 404
    assert [stranger.get(place).status_code for place in places] == [404] * 4
    public = [f"{HERE}/statements/", f"{HERE}/statements/{given.pk}/", f"/files/statements/{given.texts.get().pk}/"]
    assert [client.get(place).status_code for place in public] == [404] * 3


def test_every_link_on_the_members_pages_leads_somewhere(member):
    room = the_room(closed())
    given = said(room)
    decisions.taken(room.meeting)
    pages = [
        f"{HERE}/desk/", f"{HERE}/statements/members/", f"{HERE}/statements/members/{given.pk}/",
        f"{HERE}/desk/decisions/read/", f"{HERE}/desk/decisions/1/read/",
    ]  # fmt: skip
    found = {link for page in pages for link in member.get(page).content.decode().split('href="') if link[0] == "/"}
    links = {link.split('"')[0] for link in found if HERE in link.split('"')[0]}

    assert {link: member.get(link).status_code for link in links if "/room/floor/" not in link} == {
        link: 200 for link in links if "/room/floor/" not in link
    }
    assert {f"{HERE}/statements/members/", f"{HERE}/desk/decisions/read/", f"{HERE}/room/members/"} <= links


def test_members_read_what_their_meeting_has_decided_and_no_draft(member, stranger):
    one = closed()
    taken = decisions.taken(one, title="To meet again", text="The body meets again in May.")
    draft = decisions.drafted(one, title="To write", text="Not yet.")
    read, page = f"{HERE}/desk/decisions/read/", f"{HERE}/desk/decisions/{taken.number}/read/"

    assert ("To meet again" in words_of(member.get(read)), "To write" in words_of(member.get(read))) == (True, False)
    assert "The body meets again in May." in words_of(member.get(page))
    assert member.get(f"{HERE}/desk/decisions/{draft.number}/read/").status_code == 404
    assert [stranger.get(place).status_code for place in (read, page)] == [404, 404]


def test_the_pages_for_members_lead_to_the_public_ones_where_there_are_any(member):
    room = the_room()
    said(room)

    places = ("statements/members/", "desk/decisions/read/")
    there = [member.get(f"/meetings/14msp/{place}")["Location"] for place in places]

    assert there == ["/meetings/14msp/statements/", "/meetings/14msp/decisions/"]


def test_a_workspace_shows_what_the_meetings_of_its_body_have_decided():
    one = closed()
    decisions.taken(one, title="To meet again")
    decisions.drafted(one, title="To write")
    there, elsewhere = leader("clearance", "LAO"), body("clearance")

    def titles(of, user):
        panels = workspace_panels(of, user, on=AT.date())
        return [row.title for panel in panels for row in panel.context.get("decisions", [])]

    assert titles(body("coordination"), there) == ["To meet again"]
    assert titles(elsewhere, there) == []
