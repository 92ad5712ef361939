"""What a new user meets in the first hour in the room: pages are used as they are drawn, nothing is added by hand."""

from html.parser import HTMLParser

import pytest

from ccm_portal.core.enums import Role
from meetings.domain import floor
from meetings.enums import SlotStatus
from meetings.models import Room, Statement
from tests.factories import person
from tests.meetings.room import AT, fresh, later, the_room
from tests.support import sign_in

pytestmark = pytest.mark.django_db

ROOM = "/meetings/14msp/room/"
CHAIR, FLOOR, NEW = f"{ROOM}chair/", f"{ROOM}floor/", f"{ROOM}statements/new/"


@pytest.fixture(autouse=True)
def morning_of_the_meeting(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2027-09-14T08:30:00+00:00")


class Page(HTMLParser):
    """A page as a browser holds it: what each form would send, and the accessible name of each button by its act."""

    def __init__(self, response):
        super().__init__()
        self.forms, self.buttons = [], []
        self.select = self.textarea = self.button = None
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        name = told.get("name")
        if tag == "form":
            self.forms.append({})
        elif tag == "input" and name and self.forms:
            if told.get("type") not in ("radio", "checkbox", "file") or "checked" in told:
                self.forms[-1][name] = told.get("value", "")
        elif tag == "select" and self.forms:
            self.select = name
        elif tag == "option" and self.select:
            if "selected" in told or self.select not in self.forms[-1]:
                self.forms[-1][self.select] = told.get("value", "")
        elif tag == "textarea" and self.forms:
            self.textarea, self.forms[-1][name] = name, ""
        elif tag == "button":
            self.button = {"classes": told.get("class", "").split(), "label": told.get("aria-label"), "words": []}

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        elif tag == "textarea":
            self.textarea = None
        elif tag == "button" and self.button:
            name = self.button["label"] or " ".join(" ".join(self.button["words"]).split())
            act = self.forms[-1].get("act") if self.forms else None
            self.buttons.append((act, name, self.button["classes"]))
            self.button = None

    def handle_data(self, data):
        if self.textarea:
            self.forms[-1][self.textarea] += data
        if self.button:
            self.button["words"].append(data)

    def form_with(self, name):
        return next(form for form in self.forms if name in form)

    def names(self, *acts):
        return [name for act, name, _ in self.buttons if act in acts]


@pytest.mark.parametrize(
    ("role", "of", "who"),
    [
        (Role.DRAFTER, "NOR", "NOR"),
        (Role.HEAD_OF_DELEGATION, "IRL", "IRL"),
        (Role.OBSERVER, "cmc", "cmc"),
    ],
)
def test_a_delegate_and_an_observer_hand_in_what_the_page_holds(client, role, of, who):
    room = the_room()
    sign_in(client, person(role, of))
    form = Page(client.get(NEW)).form_with("release")

    answer = client.post(NEW, form | {"text": "We have cleared a field."})

    statement = Statement.objects.get()
    assert (answer.status_code, statement.delegation, statement.code) == (302, room.delegations[who], room.code)
    assert form["delegation"] == str(room.delegations[who].pk)


def test_the_only_delegation_is_set_by_the_portal_and_nobody_elses_is_taken(client):
    room = the_room()
    sign_in(client, person(Role.DRAFTER, "NOR"))
    form = Page(client.get(NEW)).form_with("release") | {"text": "We have cleared a field."}

    empty = client.post(NEW, form | {"delegation": ""})
    another = client.post(NEW, form | {"delegation": room.delegations["IRL"].pk})

    assert (empty.status_code, another.status_code) == (302, 422)
    assert [one.delegation for one in Statement.objects.all()] == [room.delegations["NOR"]]


def test_who_speaks_for_several_chooses_one(client):
    room = the_room()
    sign_in(client, person(Role.ISO_STAFF, "iso"))
    form = Page(client.get(NEW)).form_with("release") | {"text": "We have cleared a field."}

    empty = client.post(NEW, form | {"delegation": ""})
    client.post(NEW, form | {"delegation": room.delegations["IRL"].pk})

    assert empty.status_code == 422
    assert [one.delegation for one in Statement.objects.all()] == [room.delegations["IRL"]]


def test_each_button_of_the_chair_has_a_name_of_its_own(client):
    room = the_room()
    room.ask("NOR"), room.ask("IRL", at=later(minutes=1))
    sign_in(client, room.chair)

    names = Page(client.get(CHAIR)).names("forward", "back", "pass_over", "withdraw", "call")

    assert names == [
        "Give the floor to Norway",
        "Norway: one place up",
        "Norway: one place down",
        "Give the floor Norway",
        "Not in the room Norway",
        "Take off the list Norway",
        "Ireland: one place up",
        "Ireland: one place down",
        "Give the floor Ireland",
        "Not in the room Ireland",
        "Take off the list Ireland",
    ]


def test_the_next_is_a_quiet_button_until_the_clock_of_who_was_called_has_run(client):
    room = the_room()
    norway = room.call(room.ask("NOR"))
    room.ask("IRL")
    sign_in(client, room.chair)

    def presses():
        page = Page(client.get(CHAIR))
        main = [(act, classes) for act, _, classes in page.buttons if "big" in classes]
        return [(act, "quiet" in classes, "wide" in classes) for act, classes in main]

    called = presses()
    room.do("start", norway)
    begun = presses()
    room.do("stop", norway)
    after = presses()

    assert called == [("start", False, True), ("pass_over", True, False), ("call", True, False)]
    assert begun == [("pause", True, False), ("stop", True, False), ("call", False, True)]
    assert after == [("call", False, True)]


def test_another_item_is_taken_up_while_the_clock_of_who_was_called_has_not_run(client):
    room = the_room()
    slot = room.ask("NOR")
    room.ask("IRL", at=later(minutes=1))
    asked = slot.requested_at
    room.call(slot)
    sign_in(client, room.chair)
    before = Room.objects.get().version

    client.post(CHAIR, {"act": "switch", "code": room.codes[1], "seen": room.code})

    stands = Room.objects.get()
    assert (stands.code, stands.version) == (room.codes[1], before + 1)
    assert (fresh(slot).status, fresh(slot).requested_at) == (SlotStatus.WAITING, asked)
    floor.switch_item(meeting=room.meeting, code=room.code, seen=room.codes[1], by=room.chair, at=AT)
    assert Page(client.get(CHAIR)).names("call")[0] == "Give the floor to Norway"


def test_another_item_is_refused_once_the_clock_has_run(client):
    room = the_room()
    slot = room.call(room.ask("NOR"))
    room.do("start", slot)
    room.do("pause", slot, at=later(minutes=1))
    sign_in(client, room.chair)

    page = client.post(CHAIR, {"act": "switch", "code": room.codes[1], "seen": room.code}, follow=True)

    assert "Norway has the floor. Stop the clock first." in page.content.decode()
    assert (Room.objects.get().code, fresh(slot).status) == (room.code, SlotStatus.SPEAKING)
