"""What the part on sealed has for the access tests."""

from typing import Any


def build(names: dict[str, Any]) -> dict[str, Any]:
    """Names that the policy's rows may use; ``names`` holds those of the parts before."""
    return {}
