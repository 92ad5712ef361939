"""The clock of the floor: honest over pauses, over midnight, and between two chairs."""

from datetime import UTC, datetime, timedelta

import pytest

from meetings.domain import floor_reading
from meetings.domain.floor_clock import used
from meetings.domain.floor_room import FloorChanged, FloorRefused
from meetings.enums import SlotStatus
from tests.meetings.room import AT, fresh, later, the_room

pytestmark = pytest.mark.django_db


def test_the_clock_stands_until_it_is_started_and_counts_to_the_millisecond():
    room = the_room()
    slot = room.call(room.ask("NOR"))
    assert used(slot, at=later(minutes=5)) == timedelta()

    slot = room.do("start", slot, at=later(seconds=10))

    assert used(slot, at=later(seconds=13, milliseconds=250)) == timedelta(seconds=3, milliseconds=250)


def test_pauses_are_left_out_also_over_midnight_and_nothing_is_lost_by_rounding():
    room = the_room()
    slot = room.call(room.ask("NOR"))
    before_midnight = datetime(2027, 9, 14, 21, 58, 30, 600_000, tzinfo=UTC)
    room.do("start", slot, at=before_midnight)
    slot = room.do("pause", slot, at=before_midnight + timedelta(seconds=60.4))
    assert used(slot, at=before_midnight + timedelta(hours=5)) == timedelta(seconds=60.4)
    morning = before_midnight + timedelta(hours=11)
    room.do("resume", slot, at=morning)
    for turn in range(10):  # ten pauses of a second, ten runs of 0.4 seconds
        here = morning + timedelta(seconds=0.4 + turn * 1.4)
        room.do("pause", slot, at=here)
        room.do("resume", slot, at=here + timedelta(seconds=1))
    slot = room.do("stop", slot, at=morning + timedelta(seconds=10 * 1.4 + 20))

    assert used(slot, at=later(days=30)) == timedelta(seconds=60.4 + 4 + 20)
    assert slot.used_seconds == 84


def test_who_is_stopped_in_a_pause_has_used_what_they_spoke():
    room = the_room()
    slot = room.call(room.ask("NOR"))
    room.do("start", slot)
    room.do("pause", slot, at=later(seconds=90))

    assert room.do("stop", slot, at=later(minutes=20)).used_seconds == 90


def test_a_clock_that_runs_behind_never_counts_backwards():
    room = the_room()
    slot = room.call(room.ask("NOR"))
    room.do("start", slot, at=later(seconds=1))

    assert room.do("stop", slot, at=AT).used_seconds == 0


def test_the_next_is_called_with_the_same_press_that_stops_who_speaks():
    room = the_room()
    norway, ireland = room.call(room.ask("NOR")), room.ask("IRL")
    room.do("start", norway)

    room.call(ireland, stopping=norway.pk, at=later(minutes=4))

    assert (fresh(norway).status, fresh(norway).used_seconds) == (SlotStatus.SPOKEN, 240)
    assert (fresh(ireland).status, fresh(ireland).started_at) == (SlotStatus.SPEAKING, None)


def test_one_speaks_at_a_time_and_a_second_press_is_told_who():
    room = the_room()
    norway, ireland = room.ask("NOR"), room.ask("IRL")
    room.call(norway)

    with pytest.raises(FloorChanged, match="Norway has the floor already."):
        room.call(ireland)
    with pytest.raises(FloorChanged, match="Norway has the floor already."):
        room.call(norway, version=1)
    assert fresh(ireland).status == SlotStatus.WAITING


def test_the_floor_is_given_from_the_list_of_the_item_under_discussion_alone():
    room = the_room()
    from meetings.domain import floor

    floor.open_list(meeting=room.meeting, code=room.codes[1], by=room.chair, at=AT)
    other = room.ask("NOR", code=room.codes[1])

    with pytest.raises(FloorRefused, match="Take up the item first"):
        room.call(other)


def test_who_is_not_in_the_room_is_passed_over_and_put_back_at_the_end():
    room = the_room()
    norway = room.ask("NOR")
    room.ask("IRL", at=later(minutes=1))
    room.do("pass_over", norway)
    assert [str(slot.delegation) for slot in floor_reading.floor(room.meeting).waiting] == ["Ireland"]

    room.do("put_back", norway, at=later(minutes=9))

    assert [str(slot.delegation) for slot in floor_reading.floor(room.meeting).waiting] == ["Ireland", "Norway"]


def test_who_has_begun_to_speak_is_not_passed_over_and_who_asked_anew_is_not_put_back():
    room = the_room()
    slot = room.call(room.ask("NOR"))
    room.do("start", slot)
    with pytest.raises(FloorRefused, match="Norway has begun to speak."):
        room.do("pass_over", slot)
    ireland = room.ask("IRL")
    room.do("pass_over", ireland)
    room.ask("IRL")

    with pytest.raises(FloorRefused, match="Ireland has asked for the floor anew."):
        room.do("put_back", ireland)


def test_who_was_stopped_too_early_goes_on_without_the_time_between():
    room = the_room()
    slot = room.call(room.ask("NOR"))
    room.do("start", slot)
    room.do("stop", slot, at=later(minutes=2))

    room.do("go_on", slot, at=later(minutes=5))

    assert room.do("stop", slot, at=later(minutes=6)).used_seconds == 180


@pytest.mark.parametrize("act", ["start", "pause", "resume", "stop"])
def test_a_press_on_an_old_page_is_told_what_has_changed(act):
    room = the_room()
    slot = room.call(room.ask("NOR"))

    with pytest.raises(FloorChanged, match="Norway has the floor, and the clock was changed"):
        room.do(act, slot, version=1)


def test_the_time_of_each_delegation_is_added_up_over_the_meeting():
    room = the_room()
    from meetings.domain import floor

    room.speak("NOR", minutes=4)
    room.speak("IRL", minutes=6, at=later(minutes=10))
    floor.switch_item(meeting=room.meeting, code=room.codes[1], seen=room.code, by=room.chair, at=AT)
    floor.open_list(meeting=room.meeting, code=room.codes[1], by=room.chair, at=AT)
    room.speak("NOR", minutes=5, code=room.codes[1], at=later(minutes=20))

    told = [(str(row.delegation), row.seconds, row.statements) for row in floor_reading.time_used(room.meeting)]

    assert told == [("Norway", 540, 2), ("Ireland", 360, 1)]


def test_the_room_is_read_with_the_same_number_of_queries_however_many_speak(django_assert_num_queries):
    room = the_room(who="NOR IRL LAO AUT CHE cmc")
    room.speak("NOR", minutes=4)
    with django_assert_num_queries(6) as few:
        floor_reading.floor(room.meeting)
    room.speak("AUT", minutes=4, at=later(minutes=5))
    for who in ("IRL", "LAO", "CHE", "cmc"):
        room.ask(who)

    with django_assert_num_queries(len(few)):
        floor_reading.floor(room.meeting)
