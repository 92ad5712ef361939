"""Part of the scene of the access tests."""

from typing import Any


def build() -> dict[str, Any]:
    """Makes it, and names it for the policy's rows."""
    return {}
