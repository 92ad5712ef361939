"""What meetings themselves register with the apps below."""

from ccm_portal.core import panels, search, work_items
from committees import panels as body_panels
from meetings import panels as meeting_panels
from meetings import panels_meetings, work_items_meetings
from meetings.search import MEETINGS


def wire() -> None:
    """Called by ``MeetingsConfig.ready()``."""
    panels.register_home(panels_meetings.whats_next)
    panels.register_desk(panels_meetings.on_the_desk)
    panels.register_state(panels_meetings.of_state)
    body_panels.register_body_panel(panels_meetings.of_body)
    body_panels.register_workspace_panel(panels_meetings.of_workspace)
    meeting_panels.register_desk_link(panels_meetings.run_links)
    for provider in work_items_meetings.PROVIDERS:
        work_items.register(provider)
    search.register(MEETINGS)
