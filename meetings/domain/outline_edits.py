"""What can be done to an outline. Each is one change, names the version that was seen, and can be undone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from ccm_portal.core.writing import plain
from meetings.domain import outline
from meetings.domain.agenda_numbers import DEEPEST
from meetings.domain.agenda_publishing import AgendaRefused
from meetings.domain.agenda_reading import spoken
from meetings.domain.outline import Outline, Row
from meetings.domain.steps import Told
from meetings.enums import ItemKind
from meetings.models import Agenda, Meeting

LONGEST_TITLE = 300
LONGEST_TEXT = 5000
MOST_MINUTES = 1440
MOST_SPEAKERS = 500
EMPTY: Row = {
    "parent": None,
    "position": 0,
    "is_numbered": True,
    "kind": ItemKind.OTHER.value,
    "words": {},
    "minutes": None,
    "speakers": 0,
    "lead_name": "",
    "sitting": None,
    "lead_body": None,
    "lead_state": None,
    "about_state": None,
    "problem": None,
}
# Which fields a change touches, and what it is then called.
CALLED = (
    ({"words"}, "worded"),
    ({"minutes"}, "timed"),
    ({"speakers"}, "expected"),
    ({"sitting"}, "placed"),
    ({"lead_body", "lead_state", "lead_name"}, "led"),
)


@dataclass(frozen=True)
class Seen:
    """The outline that somebody looked at, and who changes it when."""

    meeting: Meeting
    version: int
    by: User | None
    at: datetime

    def change(self, how: outline.Change) -> Agenda:
        return outline.change(meeting=self.meeting, version=self.version, by=self.by, at=self.at, how=how)


def add(seen: Seen, *, fields: Mapping[str, Any], under: int | None = None) -> tuple[Agenda, int]:
    """A new item at the end, or at the end of what stands under another. Returns it with its code.

    :raises AgendaChanged, AgendaRefused: see ``outline.change``; without a title, or too deep.
    """
    made: list[int] = []

    def how(lines: Outline) -> Told:
        if under is not None:
            _there(lines, under)
        if lines.depth(under) + 1 > DEEPEST:
            raise AgendaRefused(_too_deep())
        row = {**EMPTY, **_clean(fields), "parent": under, "position": len(lines.children(under))}
        if not any(words.get("title") for words in row["words"].values()):
            raise AgendaRefused(_("Give the item a title."))
        made.append(lines.add(row))
        return Told("added", title_of(row))

    return seen.change(how), made[0]


def edit(seen: Seen, *, code: int, fields: Mapping[str, Any]) -> Agenda:
    """Change some of an item's fields; ``words`` names the languages that are changed, the others stay."""

    def how(lines: Outline) -> Told:
        touched = _edited(lines, code, fields)
        verb = next((called for names, called in CALLED if touched and touched <= names), "changed")
        return Told(verb, title_of(lines.rows[code]))

    return seen.change(how)


def edit_many(
    seen: Seen, *, changes: Mapping[int, Mapping[str, Any]], minutes_per_speaker: int | None = None
) -> Agenda:
    """The times of several items at once, as a page without script sends them. One step."""

    def how(lines: Outline) -> Told:
        touched = {code: names for code, fields in changes.items() if (names := _edited(lines, code, fields))}
        if minutes_per_speaker is not None and minutes_per_speaker != lines.minutes_per_speaker:
            if not 1 <= minutes_per_speaker <= 60:
                raise AgendaRefused(_("A speaker has between 1 and 60 minutes."))
            lines.minutes_per_speaker = minutes_per_speaker
            if not touched:
                return Told("limit")
        if len(touched) != 1:
            return Told("several")
        code, names = next(iter(touched.items()))
        verb = next((called for fields, called in CALLED if names <= fields), "changed")
        return Told(verb, title_of(lines.rows[code]))

    return seen.change(how)


def remove(seen: Seen, *, code: int) -> Agenda:
    """Take an item out, with what stands under it. Its code is not given again; undoing brings all back."""

    def how(lines: Outline) -> Told:
        title = title_of(_there(lines, code))
        under = lines.rows[code]["parent"]
        for gone in {code} | lines.below(code):
            del lines.rows[gone]
        lines.settle(under, lines.children(under))
        return Told("removed", title)

    return seen.change(how)


def move(seen: Seen, *, code: int, way: str) -> Agenda:
    """One place ``up`` or ``down``, ``in`` under the item before it, or ``out`` after the item above it.

    :raises AgendaRefused: if there is no such place.
    """

    def how(lines: Outline) -> Told:
        row = _there(lines, code)
        siblings = lines.children(row["parent"])
        place = siblings.index(code)
        if way == "up" and place > 0:
            _put(lines, code, row["parent"], place - 1)
        elif way == "down" and place < len(siblings) - 1:
            _put(lines, code, row["parent"], place + 1)
        elif way == "in" and place > 0:
            above = siblings[place - 1]
            _put(lines, code, above, len(lines.children(above)))
        elif way == "out" and row["parent"] is not None:
            above = row["parent"]
            grandparent = lines.rows[above]["parent"]
            _put(lines, code, grandparent, lines.children(grandparent).index(above) + 1)
        else:
            raise AgendaRefused(_NOWHERE[way]() if way in _NOWHERE else _("There is no such place."))
        return Told("moved", title_of(row))

    return seen.change(how)


def move_to(seen: Seen, *, code: int, under: int | None, place: int) -> Agenda:
    """To a place among the children of another item, or at the top (``under=None``); ``place`` counts from 0 without
    the item itself.

    :raises AgendaRefused: if that is the item itself or stands under it, or lies too deep.
    """

    def how(lines: Outline) -> Told:
        row = _there(lines, code)
        if under is not None:
            _there(lines, under)
        _put(lines, code, under, place)
        return Told("moved", title_of(row))

    return seen.change(how)


def title_of(row: Row) -> str:
    """For the step's label: in the reader's language, else in any."""
    return spoken(row["words"], "title", ["en"])[0]


def _put(lines: Outline, code: int, under: int | None, place: int) -> None:
    if under == code:
        raise AgendaRefused(_("An item cannot stand under itself."))
    if under is not None and under in lines.below(code):
        raise AgendaRefused(
            _("“%(item)s” stands under “%(moved)s”. An item cannot move below what is below it.")
            % {"item": title_of(lines.rows[under]), "moved": title_of(lines.rows[code])}
        )
    if lines.depth(under) + 1 + lines.height(code) > DEEPEST:
        raise AgendaRefused(_too_deep())
    left = lines.rows[code]["parent"]
    order = [one for one in lines.children(under) if one != code]
    place = max(0, min(place, len(order)))
    lines.settle(under, [*order[:place], code, *order[place:]])
    if left != under:
        lines.settle(left, lines.children(left))


def _too_deep() -> str:
    return _("An agenda has three levels: 9, 9(a) and 9(a)(i). This item would stand on a fourth.")


_NOWHERE = {
    "up": lambda: _("This item is the first here already."),
    "down": lambda: _("This item is the last here already."),
    "in": lambda: _("There is no item before this one under which it could stand."),
    "out": lambda: _("This item stands at the top level already."),
}


def _there(lines: Outline, code: int) -> Row:
    if code not in lines.rows:
        raise AgendaRefused(_("This item is no longer in the outline. Undo brings back what was removed."))
    return lines.rows[code]


def _edited(lines: Outline, code: int, fields: Mapping[str, Any]) -> set[str]:
    """Set the fields. Returns which ones are now different."""
    row = _there(lines, code)
    wanted = _clean(fields)
    if "words" in wanted:
        merged = {**row["words"], **wanted["words"]}
        wanted["words"] = {language: words for language, words in merged.items() if words["title"] or words["text"]}
        if not any(words["title"] for words in wanted["words"].values()):
            raise AgendaRefused(_("Give the item a title."))
    touched = {name for name, value in wanted.items() if row[name] != value}
    row |= wanted
    return touched


def _clean(fields: Mapping[str, Any]) -> Row:
    """The fields as they are kept.

    :raises AgendaRefused: with what is wrong.
    """
    row = dict(fields)
    if unknown := row.keys() - EMPTY.keys():
        raise ValueError(f"no such fields: {unknown}")
    if "words" in row:
        row["words"] = {language: _clean_words(language, words) for language, words in row["words"].items()}
    if "kind" in row and row["kind"] not in ItemKind.values:
        raise AgendaRefused(_("There is no such kind of item."))
    minutes = row.get("minutes")
    if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
        raise AgendaRefused(_("An item has at most %(limit)s minutes.") % {"limit": MOST_MINUTES})
    if not 0 <= row.get("speakers", 0) <= MOST_SPEAKERS:
        raise AgendaRefused(_("At most %(limit)s speakers can be expected.") % {"limit": MOST_SPEAKERS})
    return row


def _clean_words(language: str, words: Mapping[str, str]) -> dict[str, str]:
    if language not in dict(settings.LANGUAGES):
        raise AgendaRefused(_("There is no such language."))
    kept = {"title": " ".join(plain(words.get("title", "")).split()), "text": plain(words.get("text", ""))}
    if len(kept["title"]) > LONGEST_TITLE:
        raise AgendaRefused(_("A title has at most %(limit)s characters.") % {"limit": LONGEST_TITLE})
    if len(kept["text"]) > LONGEST_TEXT:
        raise AgendaRefused(_("Write at most %(limit)s characters.") % {"limit": LONGEST_TEXT})
    return kept
