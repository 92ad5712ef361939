"""What the public pages of one meeting are marked with: the record, and the item that the room has taken up."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from ccm_portal.core import clock
from ccm_portal.core.public_marks import record_mark
from meetings.models import Meeting
from meetings.rules import public_meetings

UNDER_DISCUSSION = """
SELECT room.code FROM meetings_room room JOIN meetings_meeting meeting ON meeting.id = room.meeting_id
WHERE meeting.key = %s
"""


def meeting_mark(request: HttpRequest, key: str, *args: Any, **kwargs: Any) -> str:
    """Taking up an item is no act on record, and moves the tabs of every page of the meeting."""
    return record_mark(at=clock.now(), beside=UNDER_DISCUSSION, params=[key])


def with_rooms() -> QuerySet[Meeting]:
    """The public meetings, each with its room: the tabs of its pages lead there while it is to be followed."""
    return public_meetings().select_related("room")
