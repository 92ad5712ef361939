"""What exists in committees for the access tests. Each part gives names that the policy's rows may use."""

from typing import Any

from tests.committees import scene_bodies, scene_workspace


def build() -> dict[str, Any]:
    """Lao PDR's and Lebanon's people stand outside; what is private holds ``CANARY``."""
    return {**scene_bodies.build(), **scene_workspace.build()}
