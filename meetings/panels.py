"""Blocks and links that the parts of ``meetings`` add to the pages of a meeting and of an agenda item."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ccm_portal.core.models import User
from ccm_portal.core.panels import Panel
from meetings.models import Meeting


@dataclass(frozen=True)
class DeskLink:
    """One line on the private page of a meeting: where this person can do something. Fits ``task_list.html``."""

    title: str
    url: str
    detail: str = ""
    who: str = ""
    status: str = ""  # of a badge
    label: str = ""  # its words


MeetingPanel = Callable[[Meeting, datetime], Panel | None]
ItemPanel = Callable[[Meeting, int, datetime], Panel | None]  # the int is the item's code
DeskLinks = Callable[[Meeting, User], list[DeskLink]]
_meeting: list[MeetingPanel] = []
_item: list[ItemPanel] = []
_desk: list[DeskLinks] = []


def register_meeting_panel(panel: MeetingPanel) -> MeetingPanel:
    """A block of the public page of a meeting. Called by ``ready()``; drawn in the order of registration."""
    if panel not in _meeting:
        _meeting.append(panel)
    return panel


def register_item_panel(panel: ItemPanel) -> ItemPanel:
    """A block of the public page of an agenda item. Called by ``ready()``."""
    if panel not in _item:
        _item.append(panel)
    return panel


def register_desk_link(links: DeskLinks) -> DeskLinks:
    """Lines on the private page of a meeting, for whom they are open. Called by ``ready()``."""
    if links not in _desk:
        _desk.append(links)
    return links


def meeting_panels(meeting: Meeting, *, at: datetime) -> list[Panel]:
    return [panel for make in _meeting if (panel := make(meeting, at))]


def item_panels(meeting: Meeting, code: int, *, at: datetime) -> list[Panel]:
    return [panel for make in _item if (panel := make(meeting, code, at))]


def desk_links(meeting: Meeting, user: User) -> list[DeskLink]:
    """What this person can do for the meeting, in the order of registration."""
    return [link for links in _desk for link in links(meeting, user)]
