"""What exists in meetings for the access tests. Each part gives names that the policy's rows may use."""

from typing import Any

from tests.meetings import (
    scene_agenda,
    scene_calendar,
    scene_decisions,
    scene_meetings,
    scene_papers,
    scene_people,
    scene_room,
)

PARTS = (scene_meetings, scene_agenda, scene_papers, scene_people, scene_room, scene_decisions, scene_calendar)


def build() -> dict[str, Any]:
    """The 14MSP, announced and open, and beside it what its parts make."""
    names: dict[str, Any] = {}
    for part in PARTS:
        names |= part.build(names)
    return names
