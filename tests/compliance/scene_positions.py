"""Part of the scene of the access tests: positions."""

from typing import Any


def build(names: dict[str, Any]) -> dict[str, Any]:
    """Makes it, and names it for the policy's rows."""
    return {}
