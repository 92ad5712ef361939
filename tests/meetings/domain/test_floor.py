"""Asking for the floor: who may, in which order they are called, and how long they may speak."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from ccm_portal.core.models import RegisterEntry
from ccm_portal.core.workflow import TransitionRefused
from meetings.domain import floor, floor_order
from meetings.domain.floor import Limits
from meetings.domain.floor_room import FloorChanged, FloorRefused
from meetings.enums import DelegationKind, DelegationStatus, MeetingStatus, SlotKind, SlotStatus, SpeakersOrder
from meetings.models import Delegation, Room
from tests.meetings import factories
from tests.meetings.factories import A_MOMENT
from tests.meetings.room import AT, fresh, later, publish_agenda, the_room

pytestmark = pytest.mark.django_db


def names(speakers_list):
    return [str(slot.delegation) for slot in floor_order.waiting(speakers_list)]


def expert(room):
    return Delegation.objects.create(
        meeting=room.meeting,
        kind=DelegationKind.EXPERT,
        name="A deminer (demonstration)",
        status=DelegationStatus.INVITED,
        changed_at=A_MOMENT,
    )


def test_states_are_called_before_organisations_each_in_order_of_request():
    room = the_room()
    room.ask("cmc", at=AT)
    room.ask("IRL", at=later(minutes=1))
    room.ask("NOR", at=later(minutes=2))

    assert names(room.list()) == ["Ireland", "Norway", "Cluster Munition Coalition"]


def test_in_order_of_request_an_organisation_that_asked_first_is_called_first():
    room = the_room()
    room.ask("cmc", at=AT)
    room.ask("NOR", at=later(minutes=1))
    floor_order.set_order(
        meeting=room.meeting, code=room.code, order=SpeakersOrder.REQUESTS, version=1, by=room.chair, at=AT
    )

    assert names(room.list()) == ["Cluster Munition Coalition", "Norway"]


def test_a_right_of_reply_comes_after_the_list_and_is_shorter():
    room = the_room()
    reply = room.ask("NOR", kind=SlotKind.REPLY)
    room.ask("cmc", at=later(minutes=5))

    assert names(room.list()) == ["Cluster Munition Coalition", "Norway"]
    assert reply.limit_seconds == 120


def test_the_chair_brings_one_forward_and_who_asks_later_comes_after_them():
    room = the_room(who="NOR IRL cmc icrc")
    room.ask("NOR")
    room.ask("IRL", at=later(minutes=1))
    cmc = room.ask("cmc", at=later(minutes=2))

    for version in (1, 2):
        floor_order.move(meeting=room.meeting, slot=cmc, places=-1, version=version, by=room.chair, at=AT)
    room.ask("icrc", at=later(minutes=3))

    assert names(room.list()) == [
        "Cluster Munition Coalition",
        "Norway",
        "Ireland",
        "International Committee of the Red Cross",
    ]
    assert room.list().order == SpeakersOrder.CHAIR


def test_the_chair_sets_the_whole_order_and_who_was_not_on_the_page_is_not_lost():
    room = the_room()
    norway, ireland = room.ask("NOR"), room.ask("IRL", at=later(minutes=1))
    room.ask("cmc", at=later(minutes=2))

    floor_order.arrange(
        meeting=room.meeting, code=room.code, slots=[ireland.pk, norway.pk], version=1, by=room.chair, at=AT
    )

    assert names(room.list()) == ["Ireland", "Norway", "Cluster Munition Coalition"]


def test_an_order_set_over_another_chairs_order_is_refused():
    room = the_room()
    norway, ireland = room.ask("NOR"), room.ask("IRL")
    floor_order.move(meeting=room.meeting, slot=ireland, places=-1, version=1, by=room.chair, at=AT)

    with pytest.raises(FloorChanged, match="Somebody has changed this list"):
        floor_order.move(meeting=room.meeting, slot=norway, places=-1, version=1, by=room.chair, at=AT)


def test_a_delegation_asks_once_and_may_ask_again_for_a_group():
    room = the_room()
    room.ask("NOR")
    room.ask("NOR", kind=SlotKind.GROUP, on_behalf_of="the  Nordic States\n")

    with pytest.raises(FloorRefused, match="Norway has asked for the floor already, at 08:00 UTC."):
        room.ask("NOR")
    with pytest.raises(FloorRefused, match="Norway has asked for the floor already"):
        room.ask("NOR", kind=SlotKind.GROUP, on_behalf_of="The Nordic States")
    with pytest.raises(FloorRefused, match="Name the group"):
        room.ask("IRL", kind=SlotKind.GROUP, on_behalf_of=" ")
    assert [(slot.on_behalf_of, slot.limit_seconds) for slot in floor_order.waiting(room.list())] == [
        ("", 240),
        ("the Nordic States", 360),
    ]


def test_who_does_not_take_part_or_may_not_ask_as_this_is_told_so():
    room = the_room()
    Delegation.objects.filter(pk=room.delegations["IRL"].pk).update(status=DelegationStatus.WITHDRAWN)
    invited = expert(room)

    with pytest.raises(FloorRefused, match="Ireland does not take part in this meeting."):
        room.ask("IRL")
    with pytest.raises(FloorRefused, match="Cluster Munition Coalition cannot ask for the floor as this."):
        room.ask("cmc", kind=SlotKind.NATIONAL)
    with pytest.raises(FloorRefused, match="No speakers' list has been opened for this item."):
        room.ask("NOR", code=room.codes[1])
    room.delegations["expert"] = invited
    assert room.ask("expert").limit_seconds == 600


def test_nobody_asks_in_a_meeting_that_is_cancelled():
    room = the_room()
    room.meeting.status = MeetingStatus.CANCELLED

    with pytest.raises(FloorRefused, match="This meeting is cancelled."):
        room.ask("NOR")


def test_a_closed_list_takes_replies_and_whom_the_chair_adds_and_its_closing_is_on_record():
    room = the_room()
    room.ask("NOR")
    floor.close_list(meeting=room.meeting, code=room.code, version=1, by=room.chair, at=AT)

    with pytest.raises(FloorRefused, match="The list for this item is closed."):
        room.ask("IRL")
    with pytest.raises(TransitionRefused, match="Close the list"):
        floor.close_list(meeting=room.meeting, code=room.code, version=2, by=room.chair, at=AT)
    room.ask("IRL", kind=SlotKind.REPLY)
    room.ask("cmc", by_chair=True)
    acts = list(RegisterEntry.objects.filter(action__startswith="meetings.speakers").values_list("action", flat=True))
    assert (names(room.list()), acts) == (
        ["Norway", "Cluster Munition Coalition", "Ireland"],
        ["meetings.speakerslist.close"],
    )
    assert floor.open_list(meeting=room.meeting, code=room.code, by=room.chair, at=AT).status == "open"


def test_nothing_but_closing_a_list_goes_into_the_register():
    room = the_room()
    before = RegisterEntry.objects.count()
    slot = room.ask("NOR")
    floor.withdraw(meeting=room.meeting, slot=slot, by=room.chair, at=AT)
    room.speak("IRL", minutes=3)

    assert RegisterEntry.objects.count() == before


def test_other_limits_reach_who_waits_except_where_the_chair_gave_a_time_of_their_own():
    room = the_room()
    norway, ireland = room.ask("NOR"), room.ask("IRL")
    floor.set_slot_limit(meeting=room.meeting, slot=ireland, seconds=600, version=1, by=room.chair, at=AT)

    floor.set_limits(
        meeting=room.meeting, code=room.code, limits=Limits(limit_seconds=180), version=1, by=room.chair, at=AT
    )

    assert [fresh(slot).limit_seconds for slot in (norway, ireland, room.ask("cmc"))] == [180, 600, 180]
    with pytest.raises(FloorRefused, match="A limit is between half a minute and an hour."):
        floor.set_limits(
            meeting=room.meeting, code=room.code, limits=Limits(limit_seconds=5), version=2, by=room.chair, at=AT
        )
    with pytest.raises(FloorChanged, match="Somebody has changed this request"):
        floor.set_slot_limit(meeting=room.meeting, slot=ireland, seconds=300, version=1, by=room.chair, at=AT)


def test_a_request_is_withdrawn_until_the_floor_is_given():
    room = the_room()
    norway, ireland = room.ask("NOR"), room.call(room.ask("IRL"))
    floor.withdraw(meeting=room.meeting, slot=norway, by=room.chair, at=AT)

    with pytest.raises(FloorRefused, match="Ireland has been given the floor already."):
        floor.withdraw(meeting=room.meeting, slot=ireland, by=room.chair, at=AT)
    assert fresh(norway).status == SlotStatus.WITHDRAWN
    assert room.ask("NOR").status == SlotStatus.WAITING


def test_the_item_changes_when_nobody_speaks_and_nobody_else_has_changed_it():
    room = the_room()
    ireland = room.call(room.ask("IRL"))
    room.do("start", ireland)
    switch = {"meeting": room.meeting, "code": room.codes[1], "by": room.chair, "at": AT}

    with pytest.raises(FloorRefused, match="Ireland has the floor. Stop the clock first."):
        floor.switch_item(**switch, seen=room.code)
    room.do("stop", ireland)
    with pytest.raises(FloorChanged, match="Another item was taken up"):
        floor.switch_item(**switch, seen=None)
    with pytest.raises(FloorRefused, match="The published agenda has no such item."):
        floor.switch_item(**switch | {"code": 99}, seen=room.code)
    assert floor.switch_item(**switch, seen=room.code).code == room.codes[1]


def test_every_change_moves_the_number_that_the_screens_ask_for():
    room = the_room()
    seen = [Room.objects.get().version]

    def moved():
        seen.append(Room.objects.get().version)
        return seen[-1] == seen[-2] + 1

    slot = room.ask("NOR")
    assert moved()
    room.call(slot)
    assert moved()
    for act in ("start", "pause", "resume", "stop", "go_on"):
        room.do(act, slot)
        assert moved(), act
    room.do("stop", slot)
    assert moved()
    floor.close_list(meeting=room.meeting, code=room.code, version=1, by=room.chair, at=AT)
    assert moved()


def test_a_revision_of_the_agenda_reaches_the_screens():
    room = the_room()
    before = Room.objects.get().version
    factories.item(room.meeting, "A late item")

    publish_agenda(room.meeting)

    assert Room.objects.get().version == before + 1


def test_after_the_last_day_at_the_venue_nobody_asks_for_the_floor_but_the_chair_may_still_add_somebody():
    room = the_room()
    last = datetime.combine(room.meeting.ends, time(23, 59), ZoneInfo(room.meeting.time_zone))
    room.ask("NOR", at=last)

    with pytest.raises(FloorRefused) as refusal:
        room.ask("IRL", at=last + timedelta(minutes=1))

    assert str(refusal.value) == "The meeting is over."
    added = room.ask("IRL", at=last + timedelta(minutes=1), by_chair=True)
    assert str(added.delegation) == "Ireland"
