"""Which meetings the coordination body prepares: the formal and intersessional ones that are not over."""

from collections.abc import Iterator
from datetime import date

from ccm_portal.core.models import User
from committees.coming import Told, register_coming, register_meetings_of_body
from committees.models import Body
from meetings.domain import parts, reading
from meetings.enums import MeetingKind, MeetingStatus
from meetings.rules import public_meetings, visible_meetings

PREPARED = (MeetingKind.MSP, MeetingKind.REVIEW_CONFERENCE, MeetingKind.INTERSESSIONAL)


def wire() -> None:
    """Called by ``MeetingsConfig.ready()``."""
    register_coming(to_prepare)
    register_meetings_of_body(of_body)


def to_prepare(on: date) -> Iterator[Told]:
    """What everybody may know of, that was not called off, and who presides from when. Two queries."""
    in_office = parts.days_in_office()
    ahead = public_meetings().filter(kind__in=PREPARED, ends__gte=on).exclude(status=MeetingStatus.CANCELLED)
    for meeting in ahead.order_by("starts", "pk"):
        yield meeting.key, meeting.name, meeting.starts, meeting.get_absolute_url(), in_office.get(meeting.pk)


def of_body(body: Body, user: User) -> Iterator[tuple[str, str]]:
    """The meetings that the body convenes, closed ones too, the last first. A constant number of queries."""
    for meeting in reading.listed(visible_meetings(user).filter(convened_by=body)).order_by("-starts", "-pk"):
        yield meeting.key, f"{meeting.name} ({reading.days_text(meeting)})"
