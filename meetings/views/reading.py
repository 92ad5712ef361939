"""What the world reads of meetings: the list, and the page of one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from ccm_portal.core import clock
from ccm_portal.core.http import public_page
from ccm_portal.core.views.marks import mark
from meetings import panels
from meetings.domain import convening, reading
from meetings.enums import MeetingKind, Office
from meetings.models import Meeting
from meetings.rules import public_meetings
from meetings.views.marks import meeting_mark, with_rooms


@public_page(mark)
def meeting_list(request: HttpRequest) -> HttpResponse:
    on = clock.today()
    meetings = list(reading.listed(public_meetings()))
    ahead = reading.upcoming(meetings, on=on)
    context = {"on": on, "upcoming": ahead, "years": reading.years(meetings, on=on)}
    return render(request, "meetings/meeting_list.html", context)


@public_page(meeting_mark)
def meeting_detail(request: HttpRequest, key: str) -> HttpResponse:
    meeting = get_object_or_404(reading.whole(with_rooms()), key=key)
    now = clock.now()
    context = {
        "meeting": meeting,
        "on": now.date(),
        "is_running": reading.is_running(meeting, at=now),
        "preparatory": list(reading.listed(public_meetings().filter(parent=meeting)).order_by("starts")),
        "panels": panels.meeting_panels(meeting, at=now),
        **facts(meeting),
    }
    return render(request, "meetings/meeting_detail.html", context)


def facts(meeting: Meeting) -> dict[str, Any]:
    """What the public page and the private one both show of a meeting fetched whole."""
    officers = list(meeting.officers.all())
    heads = [one for one in officers if one.office in (Office.PRESIDENT, Office.CHAIR)]
    return {
        "invited": convening.invited(meeting) if meeting.kind == MeetingKind.LEADERS else "",
        "parts": [
            {
                "it": part,
                "days": reading.days(part, meeting.time_zone),
                "affected": reading.host_is_affected(part),
                "moved": list(part.date_changes.all()),
            }
            for part in meeting.parts.all()
        ],
        "heads": heads,
        "officers": [one for one in officers if one not in heads],
        "parent": meeting.parent if meeting.parent and public_meetings().filter(pk=meeting.parent_id) else None,
    }
