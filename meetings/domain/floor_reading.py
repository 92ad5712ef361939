"""What stands on the screens: the item, who speaks, who is next, who has used how much time.

Nothing here depends on the time of reading, so that one drawn page serves everybody until the room moves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Count, QuerySet, Sum

from meetings.domain.agenda_reading import Item, public_items
from meetings.domain.floor_order import in_order
from meetings.enums import MeetingAudience, MeetingStatus, SlotStatus
from meetings.models import Delegation, Meeting, Room, SpeakersList, SpeakerSlot

TIMED = (SlotStatus.SPOKEN,)


@dataclass(frozen=True)
class TimeUsed:
    """What a delegation has used in the whole meeting, by statements that have ended."""

    delegation: Delegation
    seconds: int
    statements: int


@dataclass(frozen=True)
class Floor:
    """The room at one version."""

    meeting: Meeting
    version: int
    items: list[Item]
    code: int | None  # of the item under discussion, also where the agenda has lost it
    item: Item | None
    speakers_list: SpeakersList | None
    speaking: SpeakerSlot | None
    waiting: list[SpeakerSlot]
    spoken: list[SpeakerSlot]
    passed: list[SpeakerSlot]
    used: list[TimeUsed]
    changed_at: datetime | None

    @property
    def next(self) -> SpeakerSlot | None:
        return self.waiting[0] if self.waiting else None

    @property
    def expected_seconds(self) -> int:
        """What those who wait may use, at most."""
        return sum(slot.limit_seconds for slot in self.waiting)


def floor(meeting: Meeting) -> Floor:
    """The room as it stands. However many speak, a constant number of queries."""
    room = Room.objects.filter(meeting=meeting).first()
    items = public_items(meeting)
    code = room.code if room else None
    current = SpeakersList.objects.filter(meeting=meeting, code=code).first() if code is not None else None
    slots = list(slots_of(current)) if current else []
    by_status = {status: [slot for slot in slots if slot.status == status] for status in SlotStatus}
    return Floor(
        meeting=meeting,
        version=room.version if room else 0,
        items=items,
        code=code,
        item=next((one for one in items if one.code == code), None),
        speakers_list=current,
        speaking=next(iter(by_status[SlotStatus.SPEAKING]), None),
        waiting=in_order(by_status[SlotStatus.WAITING], current.order) if current else [],
        spoken=sorted(by_status[SlotStatus.SPOKEN], key=_ended),
        passed=by_status[SlotStatus.PASSED],
        used=time_used(meeting),
        changed_at=room.changed_at if room else None,
    )


def slots_of(of: SpeakersList) -> Iterable[SpeakerSlot]:
    """All requests of a list, with whose they are. One query."""
    return of.slots.select_related("delegation__state", "delegation__organisation").order_by("requested_at", "pk")


def time_used(meeting: Meeting) -> list[TimeUsed]:
    """Who has used how much, most first. Two queries."""
    rows = (
        SpeakerSlot.objects.filter(list__meeting=meeting, status__in=TIMED)
        .values("delegation")
        .annotate(seconds=Sum("used_seconds"), statements=Count("pk"))
        .order_by("-seconds", "delegation")
    )
    told = list(rows)
    who = Delegation.objects.select_related("state", "organisation").in_bulk([row["delegation"] for row in told])
    return [TimeUsed(who[row["delegation"]], row["seconds"], row["statements"]) for row in told]


# Says the same as ``rules.PUBLIC``, in plain SQL since every page in every room asks it every second.
PUBLIC_VERSION = """
    SELECT COALESCE(room.version, 0)
      FROM meetings_meeting AS meeting LEFT JOIN meetings_room AS room ON room.meeting_id = meeting.id
     WHERE meeting.key = %s AND meeting.audience = %s AND meeting.status <> %s
"""


def public_version(key: str) -> int | None:
    """The one number that is polled, of a meeting that everybody may know of; 0 for a room that nobody has entered."""
    with connection.cursor() as cursor:
        cursor.execute(PUBLIC_VERSION, [key, MeetingAudience.OPEN, MeetingStatus.DRAFT])
        row = cursor.fetchone()
    return row[0] if row else None


def version_of(key: str, meetings: QuerySet[Meeting]) -> int | None:
    """The same number of one of ``meetings``. One query."""
    row = meetings.filter(key=key).values_list("pk", "room__version").first()
    return None if row is None else (row[1] or 0)


def _ended(slot: SpeakerSlot) -> tuple[float, int]:
    return (slot.ended_at.timestamp() if slot.ended_at else 0.0, slot.pk)
