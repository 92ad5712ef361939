"""What the room adds to the pages of a meeting and of an item: who speaks now, what was said, where one can act."""

from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core import clock
from ccm_portal.core.models import User
from ccm_portal.core.panels import Panel
from ccm_portal.core.permissions import may
from ccm_portal.core.writing import number_text
from meetings.domain import places, statements_reading
from meetings.domain.agenda_reading import public_item
from meetings.domain.floor import is_live, is_over
from meetings.domain.floor_room import code_under_discussion
from meetings.enums import MeetingStatus
from meetings.models import Meeting, SpeakersList
from meetings.panels import DeskLink
from meetings.rules import is_public
from meetings.rules_room import members_statements, public_statements


def in_the_room(meeting: Meeting, at: datetime) -> Panel | None:
    """While the meeting runs or an item is under discussion: which, and where to follow it. The mark of the page moves
    with the item, not with who speaks, so that this names no speaker; as soon as there are any: its statements."""
    count = public_statements().filter(meeting=meeting).count()
    runs = is_live(meeting, on=at.date())
    if not runs and not count:
        return None
    code = code_under_discussion(meeting) if runs else None
    item = public_item(meeting, code) if code is not None else None
    told = {"meeting": meeting, "runs": runs, "item": item, "asks": not is_over(meeting, at=at), "count": count}
    return Panel("meetings/panels/room.html", told)


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
        over = is_over(meeting, at=clock.now())
        open_lists = SpeakersList.objects.filter(meeting=meeting, status="open").count()
        words = ngettext("%(number)s speakers' list is open.", "%(number)s speakers' lists are open.", open_lists)
        links.append(
            DeskLink(
                title=_("Statement texts") if over else _("Ask for the floor, hand in a statement"),
                url=reverse("meetings:room-floor", args=[meeting.key]),
                detail=words % {"number": number_text(open_lists)} if open_lists and not over else "",
            )
        )
    if not is_public(meeting) and code_under_discussion(meeting) is not None:
        links.append(DeskLink(title=_("In the room now"), url=reverse("meetings:room-members", args=[meeting.key])))
    if members_statements(user).filter(meeting=meeting).exists():
        links.append(DeskLink(title=_("Statements"), url=places.statements(meeting)))
    return links
