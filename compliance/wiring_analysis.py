"""What the analysis of requests, and the decision on them, register with the kernel and with meetings."""

from compliance.domain import request_decisions
from meetings.domain import decision_effects
from meetings.enums import DecisionKind


def wire() -> None:
    """Called by ``ComplianceConfig.ready()``."""
    decision_effects.register_effect(DecisionKind.EXTENSION, request_decisions.follow)
