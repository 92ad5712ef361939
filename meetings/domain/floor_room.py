"""The room of a meeting: locked by whoever changes anything in it, so that changes come one after another.

Every change moves ``Room.version`` in its own transaction. It is the one number that each screen asks for.
"""

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _

from ccm_portal.core.workflow import locked
from meetings.enums import MeetingStatus, SlotStatus
from meetings.models import Meeting, Room, SpeakersList, SpeakerSlot


class FloorRefused(Exception):
    """It cannot be done in the room now. The message is fit to show the user."""


class FloorChanged(FloorRefused):
    """Somebody else has changed what the page showed. The message says what."""


def held(meeting: Meeting, *, at: datetime) -> Room:
    """The room, locked until the transaction ends; made when it is first entered.

    :raises FloorRefused: if the meeting is cancelled.
    """
    if meeting.status == MeetingStatus.CANCELLED:
        raise FloorRefused(_("This meeting is cancelled. Nobody asks for the floor in it."))
    room, _made = Room.objects.get_or_create(meeting_id=meeting.pk, defaults={"changed_at": at})
    return locked(room)


def code_under_discussion(meeting: Meeting) -> int | None:
    """The item on the screens, as of when the meeting was fetched, if it was fetched with its room."""
    return getattr(getattr(meeting, "room", None), "code", None)


def moved(room: Room, *, at: datetime) -> None:
    """Tell every screen that something is new."""
    room.version += 1
    room.changed_at = max(at, room.changed_at)
    room.save()


def agenda_published(meeting: Meeting, *, at: datetime) -> None:
    """The words of an item may stand otherwise: tell the screens, where there are any."""
    if room := Room.objects.select_for_update().filter(meeting=meeting).first():
        moved(room, at=at)


def list_of(meeting: Meeting, code: int, *, version: int | None = None) -> SpeakersList:
    """The list of an item, fresh. Call it with the room held.

    :raises FloorRefused: if there is none.
    :raises FloorChanged: if it has another version than the one seen.
    """
    found = SpeakersList.objects.filter(meeting=meeting, code=code).first()
    if found is None:
        raise FloorRefused(_("No speakers' list has been opened for this item."))
    if version is not None and found.version != version:
        raise FloorChanged(_("Somebody has changed this list since you opened the page. Look at it, then do it again."))
    return found


def slot_of(meeting: Meeting, slot: SpeakerSlot) -> SpeakerSlot:
    """The request, fresh. Call it with the room held."""
    rows = SpeakerSlot.objects.select_related("list", "delegation__state", "delegation__organisation")
    return rows.get(pk=slot.pk, list__meeting=meeting)


def has_the_floor(meeting: Meeting) -> SpeakerSlot | None:
    """Who speaks now: one in the whole meeting, whatever the item."""
    rows = SpeakerSlot.objects.select_related("list", "delegation__state", "delegation__organisation")
    return rows.filter(list__meeting=meeting, status=SlotStatus.SPEAKING).first()


def database_now() -> datetime:
    """The time of the one database: what several web servers agree on to the millisecond. For views."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment
