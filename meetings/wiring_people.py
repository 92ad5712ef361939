"""What delegations add to the rest of the portal: work to do, lines on a meeting's private page, the end of names."""

from ccm_portal.core import sweeper, work_items
from meetings import emails_people, panels
from meetings.domain import retention
from meetings.panels_people import delegation_links
from meetings.work_items_people import PROVIDERS


def wire() -> None:
    """Called by ``MeetingsConfig.ready()``."""
    emails_people.register()
    for provider in PROVIDERS:
        work_items.register(provider)
    panels.register_desk_link(delegation_links)
    sweeper.register(retention.sweep)
