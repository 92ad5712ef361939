"""Which meeting decides a lodged request, asked again as meetings are convened, moved and cancelled. By when it was to
be lodged, and how late it came, stay as they were told then."""

from datetime import date, datetime

from django.db import transaction

from ccm_portal.core import register
from compliance.domain import request_clock
from compliance.enums import RequestOutcome
from compliance.models import ExtensionRequest, clock_slug
from compliance.rules_analysis import OPEN
from meetings.enums import MeetingStatus
from meetings.models import Meeting


def sweep(*, at: datetime) -> int:
    """Give every waiting request the meeting that decides it now. One that is on an agenda, or has a decision drafted,
    stays where it is.

    :returns: how many went to another meeting.
    """
    waiting = list(
        ExtensionRequest.objects.select_related("clock", "meeting").filter(
            status__in=OPEN, decision=None, code=None, lodged_on__isnull=False
        )
    )
    if not waiting:
        return 0
    meetings = list(request_clock.formal_meetings())
    return sum(_keep(one, _wanted(one, meetings, on=at.date()), at=at) for one in waiting)


def _wanted(request: ExtensionRequest, meetings: list[Meeting], *, on: date) -> Meeting | None:
    """The meeting that has begun keeps it until it decides; so does the one to which it was deferred."""
    now = request.meeting
    stays = now is not None and (now.starts <= on or request.outcome == RequestOutcome.DEFERRED)
    if now and stays and now.status != MeetingStatus.CANCELLED:
        return now
    return request_clock.lodging(request.clock, on=on, meetings=meetings).decides


@transaction.atomic
def _keep(request: ExtensionRequest, meeting: Meeting | None, *, at: datetime) -> bool:
    if meeting is None or meeting.pk == request.meeting_id:
        return False
    fresh = ExtensionRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
    if fresh.version != request.version:
        return False  # somebody was first; the next sweep looks again
    fresh.meeting = meeting
    fresh.version += 1
    fresh.save(update_fields=["meeting", "version"])
    told = {"clock": clock_slug(request.clock), "number": fresh.number, "meeting": meeting.key}
    register.append(
        action="compliance.extensionrequest.meeting", by=None, at=at, state=fresh.state, obj=fresh, data=told
    )
    return True
