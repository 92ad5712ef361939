"""What the room adds to the pages of a meeting and of an item: who speaks now, what was said, where one can act."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.models import User
from ccm_portal.core.panels import Panel
from ccm_portal.core.permissions import may
from ccm_portal.core.writing import number_text
from meetings.domain import floor_requests, places, statements_reading
from meetings.enums import MeetingStatus
from meetings.models import Meeting, SpeakersList
from meetings.panels import DeskLink
from meetings.rules import is_public
from meetings.rules_room import members_statements, public_statements


def in_the_room(meeting: Meeting, at: datetime) -> Panel | None:
    """While the meeting runs: where to follow it. What stands in the room moves without the register, so that this
    names no speaker; afterwards, and as soon as there are any: its statements."""
    count = public_statements().filter(meeting=meeting).count()
    runs = meeting.starts <= at.date() <= meeting.ends and meeting.status != MeetingStatus.CANCELLED
    if not runs and not count:
        return None
    return Panel("meetings/panels/room.html", {"meeting": meeting, "runs": runs, "count": count})


def statements_of_item(meeting: Meeting, code: int, at: datetime) -> Panel | None:
    """The statements on an item."""
    statements = statements_reading.listed(public_statements().filter(meeting=meeting, code=code))
    if not statements:
        return None
    return Panel("meetings/panels/item_statements.html", {"meeting": meeting, "statements": statements})


def room_links(meeting: Meeting, user: User) -> list[DeskLink]:
    """To the chair's page, to ask for the floor, and for a meeting of members alone the page to follow."""
    if meeting.status == MeetingStatus.CANCELLED:
        return []
    links = []
    if may(user, "meetings.chair_meeting", meeting):
        links.append(
            DeskLink(
                title=_("Chair the meeting"),
                url=reverse("meetings:room-chair", args=[meeting.key]),
                detail=_("Speakers' lists, the clock, the item under discussion."),
            )
        )
    if may(user, "meetings.ask_for_the_floor", meeting):
        open_lists = SpeakersList.objects.filter(meeting=meeting, status="open").count()
        words = ngettext("%(number)s speakers' list is open.", "%(number)s speakers' lists are open.", open_lists)
        links.append(
            DeskLink(
                title=_("Ask for the floor, hand in a statement"),
                url=reverse("meetings:room-floor", args=[meeting.key]),
                detail=words % {"number": number_text(open_lists)} if open_lists else "",
            )
        )
    if not is_public(meeting) and floor_requests.code_under_discussion(meeting) is not None:
        links.append(DeskLink(title=_("In the room now"), url=reverse("meetings:room-members", args=[meeting.key])))
    if members_statements(user).filter(meeting=meeting).exists():
        links.append(DeskLink(title=_("Statements"), url=places.statements(meeting)))
    return links
