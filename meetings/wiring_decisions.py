"""What decisions register with the kernel and with the pages of meetings, once the apps are ready."""

from ccm_portal.core import panels as pages
from ccm_portal.core import search, sweeper, work_items
from committees.panels import register_workspace_panel
from meetings import emails_decisions, panels, panels_decisions, rules_decisions, work_items_decisions  # noqa: F401
from meetings.domain import silence
from meetings.search_decisions import DECISIONS


def wire() -> None:
    """Called by ``MeetingsConfig.ready()``."""
    emails_decisions.register()
    sweeper.register(silence.sweep)
    for provider in work_items_decisions.PROVIDERS:
        work_items.register(provider)
    panels.register_meeting_panel(panels_decisions.of_meeting)
    panels.register_meeting_panel(panels_decisions.that_set_it)
    panels.register_item_panel(panels_decisions.of_item)
    panels.register_desk_link(panels_decisions.desk_links)
    register_workspace_panel(panels_decisions.of_workspace)
    pages.register_state(panels_decisions.on_state)
    search.register(DECISIONS)
