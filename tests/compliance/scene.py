"""What exists in compliance for the access tests. Each part gives names that the policy's rows may use."""

from typing import Any

from tests.compliance import (
    scene_account,
    scene_analysis,
    scene_cases,
    scene_obligations,
    scene_positions,
    scene_requests,
)

PARTS = (scene_obligations, scene_requests, scene_analysis, scene_positions, scene_cases, scene_account)


def build() -> dict[str, Any]:
    """Lao PDR's people are those that the policy calls "own"; Lebanon's stand outside."""
    names: dict[str, Any] = {}
    for part in PARTS:
        names |= part.build(names)
    return names
