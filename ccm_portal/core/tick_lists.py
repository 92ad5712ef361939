"""Several of many: boxes to tick, folded in groups. Used where a list is too long to scroll with a key held down."""

from collections.abc import Callable
from typing import Any

from django import forms


class TickList(forms.CheckboxSelectMultiple):
    """Boxes to tick instead of a list in which a key has to be held. ``group`` names the group of a row of the
    database; groups stand in the order of their names, and one that holds a tick is open."""

    is_long = True

    def __init__(self, *args: Any, group: Callable[[Any], str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group


def groups_of(field: forms.BoundField) -> list[dict[str, Any]]:
    """The boxes of a field by group: ``name`` (empty without groups), ``boxes``, ``ticked`` (how many are)."""
    group = getattr(field.field.widget, "group", None)
    found: dict[str, list[Any]] = {}
    for box in field.subwidgets:
        row = getattr(box.data["value"], "instance", None)
        found.setdefault(group(row) if group and row is not None else "", []).append(box)
    return [
        {"name": name, "boxes": boxes, "ticked": sum(bool(box.data["selected"]) for box in boxes)}
        for name, boxes in sorted(found.items())
    ]


def region_of(state: Any) -> str:
    """The regional group of a State by name; the caller's queryset fetches it."""
    return str(state.region_group.name) if state.region_group else ""
