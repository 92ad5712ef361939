"""Which meetings the coordination body prepares: the formal and intersessional ones that are not over."""

from collections.abc import Iterator
from datetime import date

from committees.coming import register_coming
from meetings.enums import MeetingKind, MeetingStatus
from meetings.rules import public_meetings

PREPARED = (MeetingKind.MSP, MeetingKind.REVIEW_CONFERENCE, MeetingKind.INTERSESSIONAL)


def wire() -> None:
    """Called by ``MeetingsConfig.ready()``."""
    register_coming(to_prepare)


def to_prepare(on: date) -> Iterator[tuple[str, str, date | None, str]]:
    """What everybody may know of, that was not called off. One query."""
    ahead = public_meetings().filter(kind__in=PREPARED, ends__gte=on).exclude(status=MeetingStatus.CANCELLED)
    for meeting in ahead.order_by("starts", "pk"):
        yield meeting.key, meeting.name, meeting.starts, meeting.get_absolute_url()
