"""What differs between two revisions of an agenda, in words: added, removed, moved, renumbered, worded, timed.

Items are the same where their codes are, through every renumbering. Pure functions over what the revisions hold.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ccm_portal.core.writing import number_text
from meetings.domain.agenda_budget import minutes_text
from meetings.domain.agenda_reading import Item
from meetings.domain.agenda_times import sitting_text


@dataclass(frozen=True)
class Field:
    """One thing of an item, as it was and as it is; empty where it was nothing."""

    name: str
    label: str
    old: str
    new: str


@dataclass(frozen=True)
class ItemChange:
    """An item that came (``added``), went (``removed``) or differs (``changed``)."""

    how: str
    item: Item
    is_moved: bool
    fields: tuple[Field, ...]
    place: str = ""  # where it moved, in words


@dataclass(frozen=True)
class AgendaDifference:
    """All that differs. ``renumbered`` are those whose number alone is another, with the old one."""

    changes: list[ItemChange]
    renumbered: list[tuple[str, Item]]

    @property
    def is_empty(self) -> bool:
        return not self.changes and not self.renumbered

    @property
    def size(self) -> int:
        return len(self.changes)


def compare(old: Sequence[Item], new: Sequence[Item], zone: str) -> AgendaDifference:
    """``new`` beside ``old``, in the order of ``new``; what is gone stands where it was."""
    before, after = {item.code: item for item in old}, {item.code: item for item in new}
    moved = moved_codes(old, new)
    changes, renumbered = [], []
    for item in new:
        was = before.get(item.code)
        if was is None:
            changes.append(ItemChange("added", item, False, _facts(item, zone)))
            continue
        fields = _fields(was, item, zone)
        if item.code in moved:
            changes.append(ItemChange("changed", item, True, fields, _place(was, item, before, after)))
        elif fields:
            changes.append(ItemChange("changed", item, False, fields))
        elif was.number != item.number:
            renumbered.append((was.number, item))
    gone = [item for item in old if item.code not in after]
    order = {item.code: place for place, item in enumerate(old)}
    for item in gone:
        following = [c for c in changes if c.how != "added" and order[c.item.code] > order[item.code]]
        at = changes.index(following[0]) if following else len(changes)
        changes.insert(at, ItemChange("removed", item, False, ()))
    return AgendaDifference(changes, renumbered)


def moved_codes(old: Sequence[Item], new: Sequence[Item]) -> set[int]:
    """The items that changed places: under another item, or past others under the same one. As few as explain it: of
    items in another order the longest run that kept its order stays."""
    parent = {item.code: item.parent for item in old}
    place = {item.code: at for at, item in enumerate(old)}
    moved = {item.code for item in new if item.code in parent and parent[item.code] != item.parent}
    by_parent: dict[int | None, list[int]] = {}
    for item in new:
        if item.code in parent and item.code not in moved:
            by_parent.setdefault(item.parent, []).append(item.code)
    for codes in by_parent.values():
        kept = _longest_in_order([place[code] for code in codes])
        moved |= {code for at, code in enumerate(codes) if at not in kept}
    return moved


def _longest_in_order(values: Sequence[int]) -> set[int]:
    """The places of one longest increasing run."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int | None] = []
    for at, value in enumerate(values):
        length = bisect_left(tails, value)
        before.append(ends[length - 1] if length else None)
        tails[length : length + 1] = [value]
        ends[length : length + 1] = [at]
    kept: set[int] = set()
    here = ends[-1] if ends else None
    while here is not None:
        kept.add(here)
        here = before[here]
    return kept


def _fields(was: Item, item: Item, zone: str) -> tuple[Field, ...]:
    old, new = _told(was, zone), _told(item, zone)
    return tuple(Field(name, label, old[name][1], text) for name, (label, text) in new.items() if old[name][1] != text)


def _facts(item: Item, zone: str) -> tuple[Field, ...]:
    """What a new item brings, its title apart."""
    told = _told(item, zone)
    return tuple(
        Field(name, label, "", text) for name, (label, text) in told.items() if text and name not in ("title", "kind")
    )


def _told(item: Item, zone: str) -> dict[str, tuple[str, str]]:
    """Name -> its label and what the item says."""
    return {
        "title": (_("Title"), item.title),
        "text": (_("Annotation"), item.text),
        "minutes": (_("Time"), minutes_text(item.minutes) if item.minutes is not None else ""),
        "sitting": (_("Sitting"), sitting_text(item.sitting, zone) if item.sitting else ""),
        "kind": (_("What the item is for"), item.kind_label),
        "lead": (_("Led by"), item.lead),
        "about": (_("About the State"), item.about_state.name if item.about_state else ""),
        "speakers": (_("Expected speakers"), number_text(item.speakers) if item.speakers else ""),
    }


def _place(was: Item, item: Item, before: dict[int, Item], after: dict[int, Item]) -> str:
    if was.parent != item.parent:
        top = pgettext("place in an agenda", "the top level")
        old = f"“{before[was.parent].label}”" if was.parent is not None else top
        new = f"“{after[item.parent].label}”" if item.parent is not None else top
        return _("From %(old)s to %(new)s") % {"old": old, "new": new}
    if was.number and item.number and was.number != item.number:
        return _("It was %(old)s and is now %(new)s") % {"old": was.number, "new": item.number}
    return _("To another place")
