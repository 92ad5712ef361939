"""Races for the floor on a real database. Each was first seen to go wrong with the room's lock off."""

from collections import Counter

import pytest

from meetings.domain import floor, floor_clock, floor_order, floor_room
from meetings.domain.floor_room import FloorChanged, FloorRefused
from meetings.enums import SlotStatus
from meetings.models import Room, SpeakerSlot
from tests.meetings.room import AT, the_room
from tests.reporting.domain.test_concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def kinds(outcomes):
    return Counter(type(outcome).__name__ for outcome in outcomes)


def without_lock(monkeypatch):
    """The guard off: the room is read and not held."""

    def not_held(meeting, *, at):
        return Room.objects.get(meeting=meeting)

    for module in (floor_clock, floor, floor_order):
        monkeypatch.setattr(module, "held", not_held)


def two_delegates_ask(room):
    return at_once(8, lambda number: room.ask("NOR"))


def two_chairs_press_next(room):
    norway, ireland = room.ask("NOR"), room.ask("IRL")
    return at_once(8, lambda number: room.call((norway, ireland)[number % 2], version=1))


def test_delegates_of_one_state_who_ask_at_once_make_one_request_and_the_others_are_told():
    room = the_room()
    before = Room.objects.get().version

    assert kinds(two_delegates_ask(room)) == {"SpeakerSlot": 1, "FloorRefused": 7}
    assert SpeakerSlot.objects.count() == 1
    assert Room.objects.get().version == before + 1


def test_without_the_lock_the_others_meet_an_error_of_the_database(monkeypatch):
    room = the_room()
    without_lock(monkeypatch)

    assert kinds(two_delegates_ask(room))["IntegrityError"] > 0


def test_chairs_who_press_next_at_once_give_the_floor_to_one():
    room = the_room()
    outcomes = two_chairs_press_next(room)

    assert kinds(outcomes) == {"SpeakerSlot": 1, "FloorChanged": 7}
    assert SpeakerSlot.objects.filter(status=SlotStatus.SPEAKING).count() == 1
    assert {str(one) for one in outcomes if isinstance(one, FloorChanged)} <= {
        "Norway has the floor already.",
        "Ireland has the floor already.",
    }


def test_without_the_lock_several_presses_succeed_or_fail_in_the_database(monkeypatch):
    room = the_room()
    without_lock(monkeypatch)

    seen = kinds(two_chairs_press_next(room))

    assert seen["SpeakerSlot"] > 1 or seen["IntegrityError"] > 0


def test_a_press_that_comes_while_the_list_is_closed_is_refused_whole():
    room = the_room()

    def act(number):
        if number == 0:
            return floor.close_list(meeting=room.meeting, code=room.code, version=1, by=room.chair, at=AT)
        return room.ask("NOR")

    outcomes = at_once(2, act)

    assert not isinstance(outcomes[0], Exception)
    assert isinstance(outcomes[1], SpeakerSlot | FloorRefused)
    assert SpeakerSlot.objects.count() == (1 if isinstance(outcomes[1], SpeakerSlot) else 0)


def test_the_room_is_made_once_by_all_who_enter_it_first():
    from tests.meetings.factories import meeting

    of = meeting()
    from django.db import transaction

    def enter(number):
        with transaction.atomic():
            return floor_room.held(of, at=AT)

    assert kinds(at_once(6, enter)) == {"Room": 6}
    assert Room.objects.count() == 1
