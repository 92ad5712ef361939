"""What the public pages of one meeting are marked with: the record, and the item that the room has taken up."""

from typing import Any

from django.http import HttpRequest

from ccm_portal.core import clock
from ccm_portal.core.public_marks import record_mark
from meetings.models import Room


def meeting_mark(request: HttpRequest, key: str, *args: Any, **kwargs: Any) -> str:
    """Taking up an item is no act on record, and moves the tabs of every page of the meeting."""
    code = Room.objects.filter(meeting__key=key).values_list("code", flat=True).first()
    return f"{record_mark(at=clock.now())}|{code}"
