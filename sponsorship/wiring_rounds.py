"""What rounds register with the kernel and with the pages of meetings, once the apps are ready."""

from ccm_portal.core import due_items, grants, panels, search, sweeper, work_items
from ccm_portal.core.domain import reference
from meetings.panels import register_meeting_panel
from sponsorship import emails_rounds, panels_rounds, rules_rounds  # noqa: F401
from sponsorship.domain import rounds
from sponsorship.domain.reference_facts import load_facts
from sponsorship.due_items_rounds import calls_closing
from sponsorship.models import RoundPlace
from sponsorship.search_rounds import ROUNDS
from sponsorship.work_items_rounds import calls_to_open


def wire() -> None:
    """Called by ``SponsorshipConfig.ready()``."""
    reference.register_loader(load_facts)
    grants.register(RoundPlace)
    emails_rounds.register()
    sweeper.register(rounds.sweep)
    due_items.register(calls_closing)
    work_items.register(calls_to_open)
    search.register(ROUNDS)
    panels.register_state(panels_rounds.on_state)
    panels.register_desk(panels_rounds.on_desk)
    register_meeting_panel(panels_rounds.on_meeting)
    panels_rounds.register_round_panel(panels_rounds.own_programmes)
