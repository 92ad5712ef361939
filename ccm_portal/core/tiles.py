"""Squares of the tile map: one for each State, near where it lies."""

from typing import Any

from ccm_portal.core.models import State


def tile(state: State, *, status: str, words: str, url: str) -> dict[str, Any] | None:
    """One square as the tag ``tile_map`` draws it; None for a State that has no place on the map."""
    if state.tile_col is None or state.tile_row is None:
        return None
    return {
        "col": state.tile_col,
        "row": state.tile_row,
        "code": state.iso3,
        "name": state.name,
        "status": status,
        "words": words,
        "url": url,
    }
