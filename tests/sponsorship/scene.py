"""What exists in sponsorship for the access tests. Each part gives names that the policy's rows may use."""

from typing import Any

from tests.sponsorship import (
    scene_applications,
    scene_assessment,
    scene_money,
    scene_rounds,
    scene_sealed,
    scene_settlement,
    scene_travel,
)

PARTS = (
    scene_rounds,
    scene_money,
    scene_applications,
    scene_assessment,
    scene_sealed,
    scene_travel,
    scene_settlement,
)


def build() -> dict[str, Any]:
    """Lao PDR's people are those that the policy calls "own"; Lebanon's stand outside."""
    names: dict[str, Any] = {}
    for part in PARTS:
        names |= part.build(names)
    return names
