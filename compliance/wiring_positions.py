"""What positions register with the kernel and with the pages of meetings, once the apps are ready."""

from ccm_portal.core import panels, search, work_items
from ccm_portal.core.domain import reference
from compliance import panels_positions, rules_positions  # noqa: F401
from compliance.domain.reference_positions import load_topics
from compliance.search_positions import POSITIONS
from compliance.work_items_positions import proposals_to_settle
from meetings.models import Statement
from meetings.panels import register_desk_link
from reporting.models import ReportVersion


def wire() -> None:
    """Called by ``ComplianceConfig.ready()``."""
    reference.register_loader(load_topics)
    search.register(POSITIONS)
    panels.register_state(panels_positions.on_state)
    panels.register_record(ReportVersion, panels_positions.on_report)
    panels.register_record(Statement, panels_positions.on_statement)
    panels.register_desk(panels_positions.on_desk)
    register_desk_link(panels_positions.desk_links)
    work_items.register(proposals_to_settle)
