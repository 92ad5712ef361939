"""What the analysis of requests, and the decision on them, register with the kernel and with meetings."""

from ccm_portal.core import panels as pages
from ccm_portal.core import work_items
from compliance import panels_analysis, rules_analysis, work_items_analysis  # noqa: F401
from compliance.domain import request_decisions
from compliance.panels_requests import register_request_panel
from meetings import panels
from meetings.domain import decision_effects
from meetings.enums import DecisionKind


def wire() -> None:
    """Called by ``ComplianceConfig.ready()``."""
    decision_effects.register_effect(DecisionKind.EXTENSION, request_decisions.follow)
    for provider in work_items_analysis.PROVIDERS:
        work_items.register(provider)
    for panel in (
        panels_analysis.compared,
        panels_analysis.set_by_decision,
        panels_analysis.analysed,
        panels_analysis.asked,
        panels_analysis.commented,
    ):
        register_request_panel(panel)
    panels.register_meeting_panel(panels_analysis.of_meeting)
    panels.register_item_panel(panels_analysis.of_item)
    panels.register_desk_link(panels_analysis.desk_links)
    pages.register_desk(panels_analysis.on_the_desk)
