"""Part of the scene of the access tests: requests."""

from typing import Any

from tests.compliance import factories_requests as make

CANARY = "CANARY-R1"  # in what only the State and those it invites may read


def build(names: dict[str, Any]) -> dict[str, Any]:
    """Lao PDR has lodged a request for clearance."""
    make.request("LAO", "art4")
    return {}
