"""What papers register with the kernel, once the apps are ready."""

from ccm_portal.core import document_readers, panels, search, sweeper, work_items
from meetings import emails_papers, panels_papers, rules_papers, search_papers, work_items_papers
from meetings.domain import digests
from meetings.panels import register_desk_link, register_item_panel, register_meeting_panel


def wire() -> None:
    """Called by ``MeetingsConfig.ready()``."""
    document_readers.register(rules_papers.read_before)
    emails_papers.register()
    digests.register()
    sweeper.register(digests.sweep)
    register_item_panel(panels_papers.papers_of_item)
    register_meeting_panel(panels_papers.papers_of_meeting)
    register_desk_link(panels_papers.desk_links)
    panels.register_desk(panels_papers.own_papers_panel)
    panels.register_state(panels_papers.papers_of_state)
    search.register(search_papers.PAPERS)
    work_items.register(work_items_papers.papers_to_look_at)
