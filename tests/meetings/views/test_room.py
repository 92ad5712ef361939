"""The pages in the room: the number that is polled, the page to follow, the chair's and the delegate's pages."""

import json
import re

import pytest
from django.test import Client

from ccm_portal.core.enums import Role
from meetings.domain import floor
from meetings.domain.floor_reading import public_version
from meetings.enums import MeetingAudience, MeetingStatus, SlotStatus
from meetings.models import Room, SpeakersList, SpeakerSlot
from meetings.panels_room import in_the_room, room_links
from meetings.rules import public_meetings
from tests.factories import person
from tests.meetings import factories
from tests.meetings.room import AT, fresh, later, the_room
from tests.support import sign_in

pytestmark = pytest.mark.django_db

ROOM = "/meetings/14msp/room/"
CHAIR, FLOOR, VERSION = f"{ROOM}chair/", f"{ROOM}floor/", f"{ROOM}version"


@pytest.fixture(autouse=True)
def morning_of_the_meeting(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2027-09-14T08:30:00+00:00")


def text(response):
    """What a page says, without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def press(client, act, slot=None, **fields):
    body = {"act": act} | fields
    if slot is not None:
        body = {"slot": slot.pk, "version": fresh(slot).version} | body
    return client.post(CHAIR, body, follow=True)


def test_the_number_is_answered_304_for_one_query_before_sessions_are_read(client, django_assert_num_queries):
    room = the_room()
    first = client.get(VERSION)
    told = json.loads(first.content)

    with django_assert_num_queries(1):
        again = client.get(VERSION, headers={"If-None-Match": first["ETag"]})
    room.ask("NOR")
    moved = client.get(VERSION, headers={"If-None-Match": first["ETag"]})

    assert (again.status_code, again.content, moved.status_code) == (304, b"", 200)
    assert json.loads(moved.content)["version"] == told["version"] + 1 == Room.objects.get().version
    assert abs(told["now"] - 1_820_910_600_000) < 3_600_000
    assert again["Cache-Control"] == first["Cache-Control"] == "no-cache"
    assert not first.cookies and not again.cookies


def test_the_number_is_there_for_exactly_the_meetings_that_everybody_may_know_of():
    told = {}
    for audience in MeetingAudience:
        for status in MeetingStatus:
            factories.meeting(f"{audience}-{status}", audience=audience, status=status, ordinal=None)
            told[f"{audience}-{status}"] = public_version(f"{audience}-{status}") is not None

    assert {key for key, seen in told.items() if seen} == set(public_meetings().values_list("key", flat=True))
    assert len(told) == 6


def test_the_number_costs_a_signed_in_reader_no_more(client, django_assert_num_queries):
    the_room()
    sign_in(client, person(Role.DRAFTER, "NOR"))
    tag = client.get(VERSION)["ETag"]

    with django_assert_num_queries(1):
        assert client.get(VERSION, headers={"If-None-Match": tag}).status_code == 304


def test_a_room_that_nobody_has_entered_has_a_number_and_one_that_does_not_exist_has_none(client):
    factories.meeting()

    assert json.loads(client.get(VERSION).content)["version"] == 0
    assert "Nobody has the floor" in text(client.get(ROOM))
    assert client.get("/meetings/99msp/room/version").status_code == 404


def test_everybody_follows_who_speaks_who_is_next_and_the_time_used(client):
    room = the_room(who="NOR IRL AUT cmc")
    room.speak("NOR", minutes=4)
    room.ask("cmc")
    room.ask("AUT", kind="reply")
    slot = room.call(room.ask("IRL", kind="group", on_behalf_of="<b>the Union</b>"), at=later(minutes=5))
    room.do("start", slot, at=later(minutes=5))

    for address in (ROOM, f"{ROOM}screen/"):
        response = client.get(address)
        told = text(response)
        assert "1 Clearance Has the floor Ireland for &lt;b&gt;the Union&lt;/b&gt; 6:00" in told
        assert "Since 10:05:00 · Limit 6:00" in told
        assert "Next Cluster Munition Coalition" in told
        assert f'data-from="{round(later(minutes=5).timestamp() * 1000)}"' in response.content.decode()
    assert "Delegation Statements Time Norway 1 4:00" in text(client.get(ROOM))


def test_a_page_that_stands_is_not_drawn_again_and_one_that_moved_is(client):
    room = the_room()
    tag = client.get(ROOM)["ETag"]
    assert client.get(ROOM, headers={"If-None-Match": tag}).status_code == 304

    room.ask("NOR")

    assert "Norway" in text(client.get(ROOM, headers={"If-None-Match": tag}))


def test_the_room_of_members_alone_is_private(client):
    room = the_room(factories.meeting(audience=MeetingAudience.MEMBERS))
    room.call(room.ask("NOR"))

    assert [client.get(ROOM + end).status_code for end in ("", "screen/", "version")] == [404, 404, 404]
    sign_in(client, person(Role.ISO_STAFF, "iso"))
    for end in ("members/", "members/screen/"):
        response = client.get(ROOM + end)
        assert "Norway" in text(response)
        assert 'data-version-url="/meetings/14msp/room/members/version"' in response.content.decode()
        assert "no-store" in response["Cache-Control"]
    tag = client.get(f"{ROOM}members/version")["ETag"]
    assert client.get(f"{ROOM}members/version", headers={"If-None-Match": tag}).status_code == 304


def test_the_chair_runs_an_item_with_plain_forms(client):
    room = the_room()
    norway, ireland = room.ask("NOR"), room.ask("IRL", at=later(minutes=1))
    sign_in(client, room.chair)

    assert "Give the floor to Norway" in text(client.get(CHAIR))
    press(client, "call", norway)
    press(client, "start", norway)
    assert "Pause" in text(press(client, "limit", norway, seconds="5:30"))
    press(client, "pause", norway)
    press(client, "resume", norway)
    press(client, "call", ireland, stopping=norway.pk)
    page = press(client, "pass_over", ireland)

    assert "Nobody has the floor" in text(page)
    assert [(fresh(one).status, fresh(one).limit_seconds) for one in (norway, ireland)] == [
        (SlotStatus.SPOKEN, 330),
        (SlotStatus.PASSED, 240),
    ]
    assert "Norway" in text(press(client, "go_on", norway))
    assert fresh(norway).status == SlotStatus.SPEAKING


def test_the_chair_orders_closes_and_changes_the_item_with_plain_forms(client):
    room = the_room()
    norway, ireland = room.ask("NOR"), room.ask("IRL", at=later(minutes=1))
    sign_in(client, room.chair)

    client.post(CHAIR, {"act": "forward", "slot": ireland.pk, "version": room.list().version})
    assert "Give the floor to Ireland" in text(client.get(CHAIR))
    client.post(
        CHAIR,
        {"act": "arrange", "code": room.code, "slots": f"{norway.pk},{ireland.pk}", "version": room.list().version},
    )
    assert "Give the floor to Norway" in text(client.get(CHAIR))
    press(client, "withdraw", norway)
    client.post(CHAIR, {"act": "close", "code": room.code, "version": room.list().version})
    client.post(CHAIR, {"act": "switch", "code": room.codes[1], "seen": room.code})
    client.post(CHAIR, {"act": "open", "code": room.codes[1]})

    assert (fresh(norway).status, room.list().status, Room.objects.get().code) == (
        SlotStatus.WITHDRAWN,
        "closed",
        room.codes[1],
    )
    assert SpeakersList.objects.get(code=room.codes[1]).status == "open"


def test_a_press_on_an_old_page_is_answered_in_words(client):
    room = the_room()
    norway, ireland = room.ask("NOR"), room.ask("IRL")
    room.call(norway)
    sign_in(client, room.chair)

    assert "Norway has the floor already." in text(press(client, "call", ireland))
    assert "Write minutes, or minutes and seconds: 4 or 4:30." in text(press(client, "limit", ireland, seconds="soon"))
    assert client.post(CHAIR, {"act": "dance"}).status_code == 404
    assert client.post(CHAIR, {"act": "call", "slot": "999999", "version": "1"}).status_code == 404


def limits(room, **changes):
    given = {
        "limits-limit_seconds": "3",
        "limits-group_limit_seconds": "5:00",
        "limits-reply_limit_seconds": "1:30",
        "limits-presentation_limit_seconds": "8",
        "limits-order": "requests",
        "limits-version": room.list().version,
        "act": "limits",
        "code": room.code,
    }
    return given | changes


def test_the_chair_sets_limits_and_order_and_loses_nothing_typed_when_somebody_was_faster(client):
    room = the_room()
    sign_in(client, room.chair)
    client.post(CHAIR, limits(room))
    changed = room.list()
    assert (changed.limit_seconds, changed.reply_limit_seconds, changed.order) == (180, 90, "requests")

    late = client.post(CHAIR, limits(room, **{"limits-version": "1", "limits-limit_seconds": "2:15"}))
    wrong = client.post(CHAIR, limits(room, **{"limits-limit_seconds": "120"}))

    assert (late.status_code, wrong.status_code) == (422, 422)
    assert "Somebody has changed this list since you opened the page." in text(late)
    assert 'value="2:15"' in late.content.decode()
    assert "A limit is between half a minute and an hour." in text(wrong)
    assert room.list().limit_seconds == 180


def test_the_chair_adds_a_delegation_also_to_a_closed_list(client):
    room = the_room()
    floor.close_list(meeting=room.meeting, code=room.code, version=1, by=room.chair, at=AT)
    sign_in(client, room.chair)
    body = {"act": "add", "add-item": room.code, "add-delegation": room.delegations["cmc"].pk}

    refused = client.post(CHAIR, body | {"add-kind": "group", "add-on_behalf_of": ""})
    client.post(CHAIR, body | {"add-kind": "organisation"})

    assert (refused.status_code, "Name the group" in text(refused)) == (422, True)
    assert [(str(slot.delegation), slot.requested_by) for slot in SpeakerSlot.objects.all()] == [
        ("Cluster Munition Coalition", room.chair)
    ]


def ask_body(room, who, **fields):
    kind = floor.kinds_for(room.delegations[who])[0]
    return {"act": "ask", "item": room.code, "delegation": room.delegations[who].pk, "kind": kind} | fields


@pytest.mark.parametrize(("role", "of", "who"), [(Role.DRAFTER, "NOR", "NOR"), (Role.OBSERVER, "cmc", "cmc")])
def test_a_delegate_or_an_observer_asks_sees_the_place_and_withdraws_with_plain_forms(client, role, of, who):
    room = the_room()
    room.ask("IRL", at=later(minutes=-5))
    sign_in(client, person(role, of))

    page = client.post(FLOOR, ask_body(room, who), follow=True)
    slot = SpeakerSlot.objects.get(delegation=room.delegations[who])
    twice = client.post(FLOOR, ask_body(room, who))
    gone = client.post(FLOOR, {"act": "withdraw", "slot": slot.pk}, follow=True)

    assert "1 Clearance" in text(page) and "Place 2 of 2 · before you, at most: 4:00" in text(page)
    assert (twice.status_code, "has asked for the floor already" in text(twice)) == (422, True)
    assert "The request is withdrawn. You can ask again." in text(gone)
    assert fresh(slot).status == SlotStatus.WITHDRAWN


def test_nobody_asks_for_or_withdraws_what_is_not_theirs(client):
    room = the_room()
    slot = room.ask("IRL")
    sign_in(client, person(Role.DRAFTER, "NOR"))

    asked = client.post(FLOOR, ask_body(room, "IRL"))
    withdrawn = client.post(FLOOR, {"act": "withdraw", "slot": slot.pk})

    assert (asked.status_code, withdrawn.status_code, SpeakerSlot.objects.count()) == (422, 404, 1)
    assert fresh(slot).status == SlotStatus.WAITING


def test_a_delegate_whose_state_is_not_on_the_list_is_told_what_to_do(client):
    the_room()
    sign_in(client, person(Role.DRAFTER, "LAO"))

    assert "Your delegation is not on the list of this meeting" in text(client.get(FLOOR))


def test_pages_cost_the_same_for_one_speaker_and_for_many(client):
    room = the_room(who="NOR IRL AUT CHE LAO LBN cmc")
    sign_in(client, room.chair)
    delegate = sign_in(Client(), person(Role.DRAFTER, "NOR"))
    room.speak("IRL", minutes=1)
    room.ask("NOR")
    few = [queries(one, address) for one, address in ((client, CHAIR), (delegate, FLOOR), (client, ROOM))]
    room.speak("AUT", minutes=1, at=later(minutes=9))
    for who in ("IRL", "AUT", "CHE", "LAO", "LBN", "cmc"):
        room.ask(who)
    room.ask("NOR", kind="reply")

    assert [queries(one, address) for one, address in ((client, CHAIR), (delegate, FLOOR), (client, ROOM))] == few


def queries(client, address):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def test_the_page_of_the_meeting_leads_into_the_room_while_it_runs():
    room = the_room()

    running, over = in_the_room(room.meeting, AT), in_the_room(room.meeting, later(days=30))

    assert (running.context["runs"], over) == (True, None)
    links = {
        "chair": room_links(room.meeting, room.chair)[0].title,
        "delegate": [(link.title, link.detail) for link in room_links(room.meeting, person(Role.DRAFTER, "NOR"))],
        "nobody": room_links(room.meeting, person()),
    }
    assert links == {
        "chair": "Chair the meeting",
        "delegate": [("Ask for the floor, hand in a statement", "1 speakers' list is open.")],
        "nobody": [],
    }
