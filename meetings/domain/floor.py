"""Speakers' lists and requests for the floor: who asks, on which item, as what, for how long."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import writing
from ccm_portal.core.models import User
from meetings.domain.agenda_reading import public_item
from meetings.domain.floor_room import (
    FloorChanged,
    FloorRefused,
    code_under_discussion,
    has_the_floor,
    held,
    list_of,
    moved,
    slot_of,
)
from meetings.domain.local_times import day_there
from meetings.enums import DelegationKind, MeetingStatus, SlotKind, SlotStatus, SpeakersStatus
from meetings.models import Delegation, Meeting, Room, SpeakersList, SpeakerSlot, Statement
from meetings.rules_room import TAKES_PART
from meetings.workflow_room import CLOSE, REOPEN, WAIT_AGAIN, WITHDRAW_REQUEST

SHORTEST, LONGEST = 30, 3600  # seconds that a limit may have


@dataclass(frozen=True)
class Limits:
    """How long one may speak, in seconds, by what the floor is asked for."""

    limit_seconds: int = 240
    group_limit_seconds: int = 360
    reply_limit_seconds: int = 120
    presentation_limit_seconds: int = 600


BY_KIND = {
    SlotKind.GROUP: "group_limit_seconds",
    SlotKind.REPLY: "reply_limit_seconds",
    SlotKind.PRESENTATION: "presentation_limit_seconds",
}


def is_over(meeting: Meeting, *, at: datetime) -> bool:
    """Whether the last day of the meeting has passed at its venue."""
    return day_there(at, meeting.time_zone) > meeting.ends


def is_live(meeting: Meeting, *, on: date) -> bool:
    """Whether the room is to be followed: on the days of the meeting, and before them while an item is under
    discussion. An item that nobody lays down counts until the day after, since a last sitting may run past midnight."""
    if meeting.status == MeetingStatus.CANCELLED or on > meeting.ends + timedelta(days=1):
        return False
    if meeting.starts <= on <= meeting.ends:
        return True
    return code_under_discussion(meeting) is not None


def limit_for(kind: str, of: SpeakersList) -> int:
    """The limit of the list for this kind of statement, in seconds."""
    return int(getattr(of, BY_KIND.get(SlotKind(kind), "limit_seconds")))


def kinds_for(delegation: Delegation) -> list[SlotKind]:
    """As what a delegation may ask: States and organisations alike, an invited expert with a presentation alone."""
    if delegation.kind == DelegationKind.EXPERT:
        return [SlotKind.PRESENTATION]
    own = SlotKind.NATIONAL if delegation.state_id else SlotKind.ORGANISATION
    return [own, SlotKind.GROUP, SlotKind.PRESENTATION, SlotKind.REPLY]


@transaction.atomic
def open_list(*, meeting: Meeting, code: int, by: User, at: datetime, limits: Limits | None = None) -> SpeakersList:
    """Open the list of a published item, or open it again.

    :raises FloorRefused: if the published agenda has no such item, or a limit is too short or too long.
    """
    room = held(meeting, at=at)
    if public_item(meeting, code) is None:
        raise FloorRefused(_("The published agenda has no such item."))
    given = asdict(limits or Limits())
    _refuse_limits(*given.values())
    opened, new = SpeakersList.objects.get_or_create(meeting=meeting, code=code, defaults=given)
    if not new and opened.status == SpeakersStatus.CLOSED:
        opened.version += 1
        REOPEN.apply(opened)
    moved(room, at=at)
    return opened


@transaction.atomic
def close_list(*, meeting: Meeting, code: int, version: int, by: User, at: datetime) -> SpeakersList:
    """No more requests; who waits is still called, and rights of reply may still be asked for. It is an act on record.

    :raises FloorChanged: if the list has another version.
    :raises TransitionRefused: if it is closed.
    """
    room = held(meeting, at=at)
    closed = list_of(meeting, code, version=version)
    closed.version += 1
    CLOSE.apply(closed)
    moved(room, at=at)
    CLOSE.record(closed, by=by, at=at, data={"meeting": meeting.key, "item": code})
    return closed


@transaction.atomic
def set_limits(*, meeting: Meeting, code: int, limits: Limits, version: int, by: User, at: datetime) -> SpeakersList:
    """Other limits for the list. Who waits gets them too, except where the chair gave a time of their own.

    :raises FloorChanged: if the list has another version.
    :raises FloorRefused: if a limit is too short or too long.
    """
    room = held(meeting, at=at)
    changed = list_of(meeting, code, version=version)
    _refuse_limits(*asdict(limits).values())
    for slot in changed.slots.filter(status=SlotStatus.WAITING):
        name = BY_KIND.get(SlotKind(slot.kind), "limit_seconds")
        if slot.limit_seconds == getattr(changed, name) != getattr(limits, name):
            slot.limit_seconds = getattr(limits, name)
            slot.version += 1
            slot.save()
    for name, seconds in asdict(limits).items():
        setattr(changed, name, seconds)
    changed.version += 1
    changed.save()
    moved(room, at=at)
    return changed


@transaction.atomic
def set_slot_limit(
    *, meeting: Meeting, slot: SpeakerSlot, seconds: int, version: int, by: User, at: datetime
) -> SpeakerSlot:
    """Another limit for one speaker, also while they speak.

    :raises FloorChanged: if the request has another version.
    :raises FloorRefused: if they have spoken, or the limit is too short or too long.
    """
    room = held(meeting, at=at)
    slot = slot_of(meeting, slot)
    if slot.version != version:
        raise FloorChanged(_("Somebody has changed this request since you opened the page. Look, then do it again."))
    if slot.status not in (SlotStatus.WAITING, SlotStatus.SPEAKING):
        raise FloorRefused(_("%(who)s does not wait for the floor any more.") % {"who": slot.delegation})
    _refuse_limits(seconds)
    slot.limit_seconds = seconds
    slot.version += 1
    slot.save()
    moved(room, at=at)
    return slot


@transaction.atomic
def switch_item(*, meeting: Meeting, code: int | None, seen: int | None, by: User, at: datetime) -> Room:
    """Take up an item, or none. ``seen`` is the item that the page showed as under discussion. Who was called, and
    whose clock has never run, waits again at the place they had.

    :raises FloorChanged: if another item was taken up meanwhile.
    :raises FloorRefused: if the published agenda has no such item, or somebody has begun to speak.
    """
    room = held(meeting, at=at)
    if room.code != seen:
        raise FloorChanged(_("Another item was taken up since you opened the page. Look, then do it again."))
    if code is not None and public_item(meeting, code) is None:
        raise FloorRefused(_("The published agenda has no such item."))
    if code != room.code and (speaking := has_the_floor(meeting)):
        if speaking.started_at is not None:
            raise FloorRefused(_("%(who)s has the floor. Stop the clock first.") % {"who": speaking.delegation})
        speaking.version += 1
        WAIT_AGAIN.apply(speaking)
    room.code = code
    moved(room, at=at)
    return room


@transaction.atomic
def ask(
    *,
    meeting: Meeting,
    code: int,
    delegation: Delegation,
    kind: str,
    by: User,
    at: datetime,
    on_behalf_of: str = "",
    by_chair: bool = False,
) -> SpeakerSlot:
    """Ask for the floor on an item. The chair may add somebody to a list that is closed.

    :raises FloorRefused: if the delegation does not take part, has asked already, may not ask as this, names no group
        for a group's statement, the list is closed, or the days of the meeting are over. The chair may still add
        somebody to a last sitting that runs past midnight.
    """
    room = held(meeting, at=at)
    if not by_chair and is_over(meeting, at=at):
        raise FloorRefused(_("The meeting is over."))
    delegation = Delegation.objects.select_related("state", "organisation").get(pk=delegation.pk, meeting=meeting)
    if delegation.status not in TAKES_PART:
        raise FloorRefused(_("%(who)s does not take part in this meeting.") % {"who": delegation})
    asked = list_of(meeting, code)
    if kind not in kinds_for(delegation):
        raise FloorRefused(_("%(who)s cannot ask for the floor as this.") % {"who": delegation})
    if asked.status == SpeakersStatus.CLOSED and not by_chair and kind != SlotKind.REPLY:
        raise FloorRefused(_("The list for this item is closed. The chair can still add you to it."))
    group = " ".join(writing.plain(on_behalf_of).split())[:200] if kind == SlotKind.GROUP else ""
    if kind == SlotKind.GROUP and not group:
        raise FloorRefused(_("Name the group for which the statement is given."))
    _refuse_twice(asked, delegation, kind, group)
    slot = SpeakerSlot.objects.create(
        list=asked,
        delegation=delegation,
        kind=kind,
        on_behalf_of=group,
        requested_by=by,
        requested_at=at,
        limit_seconds=limit_for(kind, asked),
    )
    _tie_text(slot)
    moved(room, at=at)
    return slot


@transaction.atomic
def withdraw(*, meeting: Meeting, slot: SpeakerSlot, by: User, at: datetime) -> SpeakerSlot:
    """Take a request back. A text that was handed in for it stays with the delegation, unpublished.

    :raises FloorRefused: if the delegation has the floor or has spoken.
    """
    room = held(meeting, at=at)
    slot = slot_of(meeting, slot)
    if slot.status == SlotStatus.WITHDRAWN:
        return slot
    if slot.status in (SlotStatus.SPEAKING, SlotStatus.SPOKEN):
        raise FloorRefused(_("%(who)s has been given the floor already.") % {"who": slot.delegation})
    slot.version += 1
    WITHDRAW_REQUEST.apply(slot)
    moved(room, at=at)
    return slot


def _refuse_twice(asked: SpeakersList, delegation: Delegation, kind: str, group: str) -> None:
    alive = asked.slots.filter(
        delegation=delegation,
        kind=kind,
        on_behalf_of__iexact=group,
        status__in=[SlotStatus.WAITING, SlotStatus.SPEAKING],
    ).first()
    if alive:
        words = {"who": delegation, "time": writing.time_text(alive.requested_at)}
        raise FloorRefused(_("%(who)s has asked for the floor already, at %(time)s.") % words)


def _refuse_limits(*seconds: int) -> None:
    if not all(SHORTEST <= one <= LONGEST for one in seconds):
        raise FloorRefused(_("A limit is between half a minute and an hour."))


def _tie_text(slot: SpeakerSlot) -> None:
    """A text that the delegation has handed in for this item, and that no live request holds, goes with this one."""
    if slot.kind == SlotKind.REPLY:
        return
    texts = Statement.objects.filter(
        meeting=slot.list.meeting_id,
        code=slot.list.code,
        delegation=slot.delegation,
        on_behalf_of__iexact=slot.on_behalf_of,
    )
    loose = texts.waiting_for_a_slot().order_by("handed_in_at").first()
    if loose:
        loose.slot = slot
        loose.save(update_fields=["slot"])
