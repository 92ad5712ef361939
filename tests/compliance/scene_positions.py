"""Part of the scene of the access tests: what Lao PDR says of transit, and what an observer proposed of it."""

from typing import Any

from tests.compliance import factories_positions as factories

CANARY = "CANARY-P1"  # a proposed position: whoever proposed it and the ISO alone


def build(names: dict[str, Any]) -> dict[str, Any]:
    """Makes it, and names it for the policy's rows."""
    said = factories.stated("LAO", "We hold that transit is prohibited.")
    proposed = factories.proposed("LAO", f"{CANARY} transit is allowed", translation=f"{CANARY} translated")
    return {
        "position": said.pk,
        "position_version": said.version,
        "position_proposed": proposed.pk,
        "position_proposed_version": proposed.version,
    }
