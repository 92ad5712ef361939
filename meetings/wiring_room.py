"""What the room registers with the portal, once the apps are ready."""

from ccm_portal.core import search
from meetings import panels
from meetings.panels_room import in_the_room, room_links, statements_of_item
from meetings.search_room import STATEMENTS


def wire() -> None:
    """Called by ``MeetingsConfig.ready()``."""
    panels.register_meeting_panel(in_the_room)
    panels.register_item_panel(statements_of_item)
    panels.register_desk_link(room_links)
    search.register(STATEMENTS)
