"""Giving the floor and keeping the time: call, start, pause, resume, stop, pass.

The clock is two instants and no counter. ``counted_from`` is the start, moved on by every pause; what lies between it
and the pause, the end or now is the time used. So nothing is lost by rounding, and a pause may last over midnight.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from meetings.domain import statement_giving
from meetings.domain.floor_room import FloorChanged, FloorRefused, has_the_floor, held, moved, slot_of
from meetings.enums import SlotStatus
from meetings.models import Meeting, Room, SpeakerSlot, Statement
from meetings.workflow_room import CALL, GO_ON, PASS, PUT_BACK, STOP


def used(slot: SpeakerSlot, *, at: datetime) -> timedelta:
    """How long they have spoken at this instant, pauses left out."""
    if slot.counted_from is None:
        return timedelta()
    return max((slot.paused_at or slot.ended_at or at) - slot.counted_from, timedelta())


@transaction.atomic
def call(
    *, meeting: Meeting, slot: SpeakerSlot, version: int, stopping: int | None, by: User, at: datetime
) -> SpeakerSlot:
    """Give the floor to a delegation. ``stopping`` is who speaks, as the page showed it: they are stopped by the same
    press. The clock stands until it is started.

    :raises FloorChanged: if somebody else has been given the floor, or the request has another version.
    :raises FloorRefused: if the item of the list is not under discussion.
    """
    room = held(meeting, at=at)
    slot = slot_of(meeting, slot)
    speaking = has_the_floor(meeting)
    if speaking and speaking.pk != stopping:
        raise FloorChanged(_("%(who)s has the floor already.") % {"who": speaking.delegation})
    _refuse_stale(slot, version)
    CALL.check(slot)
    if slot.list.code != room.code:
        raise FloorRefused(_("Take up the item first: its list is not the one under discussion."))
    given = _stopped(speaking, at=at) if speaking else []
    slot.version += 1
    slot.started_at = slot.counted_from = slot.paused_at = slot.ended_at = None
    CALL.apply(slot)
    _done(room, given, by=by, at=at)
    return slot


@transaction.atomic
def start(*, meeting: Meeting, slot: SpeakerSlot, version: int, by: User, at: datetime) -> SpeakerSlot:
    """Start the clock of whoever has the floor.

    :raises FloorChanged: if the request has another version.
    """
    room, slot = _speaking(meeting, slot, version, at=at)
    if slot.started_at is None:
        slot.started_at = slot.counted_from = at
        _saved(slot, room, at=at)
    return slot


@transaction.atomic
def pause(*, meeting: Meeting, slot: SpeakerSlot, version: int, by: User, at: datetime) -> SpeakerSlot:
    """Stop the clock for a while: a point of order, a microphone that fails.

    :raises FloorChanged: if the request has another version.
    """
    room, slot = _speaking(meeting, slot, version, at=at)
    if slot.counted_from is not None and slot.paused_at is None:
        slot.paused_at = max(at, slot.counted_from)
        _saved(slot, room, at=at)
    return slot


@transaction.atomic
def resume(*, meeting: Meeting, slot: SpeakerSlot, version: int, by: User, at: datetime) -> SpeakerSlot:
    """Let the clock run on: the pause is not counted.

    :raises FloorChanged: if the request has another version.
    """
    room, slot = _speaking(meeting, slot, version, at=at)
    if slot.counted_from is not None and slot.paused_at is not None:
        _run_on(slot, since=slot.paused_at, at=at)
        _saved(slot, room, at=at)
    return slot


@transaction.atomic
def stop(*, meeting: Meeting, slot: SpeakerSlot, version: int, by: User, at: datetime) -> SpeakerSlot:
    """They have spoken. A text that was to be public once given is public with the same press.

    :raises FloorChanged: if the request has another version.
    """
    room, slot = _speaking(meeting, slot, version, at=at)
    _done(room, _stopped(slot, at=at), by=by, at=at)
    return slot


@transaction.atomic
def go_on(*, meeting: Meeting, slot: SpeakerSlot, version: int, by: User, at: datetime) -> SpeakerSlot:
    """They were stopped too early: the floor and the clock are theirs again, without the time between. A text that was
    made public by it stays public.

    :raises FloorChanged: if somebody else has the floor, or the request has another version.
    """
    room = held(meeting, at=at)
    slot = slot_of(meeting, slot)
    if speaking := has_the_floor(meeting):
        raise FloorChanged(_("%(who)s has the floor already.") % {"who": speaking.delegation})
    _refuse_stale(slot, version)
    GO_ON.check(slot)
    if slot.list.code != room.code:
        raise FloorRefused(_("Take up the item first: its list is not the one under discussion."))
    if slot.ended_at is not None and slot.counted_from is not None:
        _run_on(slot, since=slot.paused_at or slot.ended_at, at=at)
    slot.ended_at, slot.used_seconds = None, 0
    slot.version += 1
    GO_ON.apply(slot)
    moved(room, at=at)
    return slot


@transaction.atomic
def pass_over(*, meeting: Meeting, slot: SpeakerSlot, version: int, by: User, at: datetime) -> SpeakerSlot:
    """Called, and not in the room.

    :raises FloorChanged: if the request has another version.
    :raises FloorRefused: if they have begun to speak.
    """
    room = held(meeting, at=at)
    slot = slot_of(meeting, slot)
    _refuse_stale(slot, version)
    if slot.started_at is not None:
        raise FloorRefused(_("%(who)s has begun to speak. Stop the clock instead.") % {"who": slot.delegation})
    slot.version += 1
    PASS.apply(slot)
    moved(room, at=at)
    return slot


@transaction.atomic
def put_back(*, meeting: Meeting, slot: SpeakerSlot, version: int, by: User, at: datetime) -> SpeakerSlot:
    """They are in the room now: back on the list, after those who wait.

    :raises FloorChanged: if the request has another version.
    :raises FloorRefused: if they have asked for the floor anew.
    """
    room = held(meeting, at=at)
    slot = slot_of(meeting, slot)
    _refuse_stale(slot, version)
    alive = [SlotStatus.WAITING, SlotStatus.SPEAKING]
    again = slot.list.slots.filter(
        delegation=slot.delegation, kind=slot.kind, on_behalf_of=slot.on_behalf_of, status__in=alive
    )
    if again.exists():
        raise FloorRefused(_("%(who)s has asked for the floor anew.") % {"who": slot.delegation})
    slot.requested_at, slot.rank = at, None
    slot.version += 1
    PUT_BACK.apply(slot)
    moved(room, at=at)
    return slot


def _speaking(meeting: Meeting, slot: SpeakerSlot, version: int, *, at: datetime) -> tuple[Room, SpeakerSlot]:
    room = held(meeting, at=at)
    slot = slot_of(meeting, slot)
    _refuse_stale(slot, version)
    if slot.status != SlotStatus.SPEAKING:
        raise FloorChanged(_("%(who)s does not have the floor.") % {"who": slot.delegation})
    return room, slot


def _refuse_stale(slot: SpeakerSlot, version: int) -> None:
    if slot.version == version:
        return
    if slot.status == SlotStatus.SPEAKING:
        raise FloorChanged(
            _("%(who)s has the floor, and the clock was changed since you opened the page.") % {"who": slot.delegation}
        )
    words = {"who": slot.delegation, "status": slot.get_status_display()}
    raise FloorChanged(_("This has changed since you opened the page: %(who)s, %(status)s.") % words)


def _run_on(slot: SpeakerSlot, *, since: datetime, at: datetime) -> None:
    assert slot.counted_from is not None
    slot.counted_from += max(at - since, timedelta())
    slot.paused_at = None


def _saved(slot: SpeakerSlot, room: Room, *, at: datetime) -> None:
    slot.version += 1
    slot.save()
    moved(room, at=at)


def _stopped(slot: SpeakerSlot, *, at: datetime) -> list[Statement]:
    """End it, and publish the text that waited for it."""
    slot.ended_at = at
    slot.used_seconds = round(used(slot, at=at).total_seconds())
    slot.version += 1
    STOP.apply(slot)
    return statement_giving.given(slot, at=at)


def _done(room: Room, given: Iterable[Statement], *, by: User, at: datetime) -> None:
    """The screens move, then the acts: the transaction's last statements."""
    moved(room, at=at)
    for statement in given:
        statement_giving.record_published(statement, by=by, at=at)
