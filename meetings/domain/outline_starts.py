"""How an outline begins: from a template or another meeting's agenda; and how items are spread over the sittings."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ccm_portal.core.models import State
from committees.models import Body
from meetings.domain import outline
from meetings.domain.agenda_clock import spread
from meetings.domain.agenda_publishing import AgendaRefused, content_of
from meetings.domain.agenda_reading import Item, SittingOf, newest_revision, sittings_of
from meetings.domain.outline import Outline, Row
from meetings.domain.outline_edits import EMPTY, Seen
from meetings.domain.steps import Told
from meetings.models import Agenda, Meeting

FOLDER = Path(__file__).resolve().parents[1] / "reference" / "templates"
FIELDS = ("kind", "words", "minutes", "speakers", "lead_name")


@dataclass(frozen=True)
class Template:
    """The shape of an agenda. ``kinds`` are those of meetings that it fits best."""

    key: str
    names: Mapping[str, str]
    kinds: tuple[str, ...]
    source: str
    minutes_per_speaker: int
    items: tuple[dict[str, Any], ...]

    @property
    def name(self) -> str:
        return self.names.get(get_language() or "en") or self.names["en"]

    @property
    def size(self) -> int:
        """How many items it has, sub-items counted."""
        return sum(1 + len(item.get("items", ())) for item in self.items)


@cache
def templates() -> tuple[Template, ...]:
    """The templates that come with the portal."""
    found = []
    for path in sorted(FOLDER.glob("*.json")):
        told = json.loads(path.read_text(encoding="utf-8"))
        found.append(
            Template(
                key=told["key"],
                names=told["name"],
                kinds=tuple(told["kinds"]),
                source=told["source"],
                minutes_per_speaker=told["minutes_per_speaker"],
                items=tuple(told["items"]),
            )
        )
    return tuple(found)


def templates_for(meeting: Meeting) -> list[Template]:
    """All templates, those made for its kind of meeting first."""
    return sorted(templates(), key=lambda one: meeting.kind not in one.kinds)


def from_template(seen: Seen, *, key: str) -> Agenda:
    """Begin an empty outline from a template, its items spread over the sittings that there are.

    :raises AgendaChanged, AgendaRefused: see ``outline.change``; if there is no such template, or there are items.
    """
    template = next((one for one in templates() if one.key == key), None)
    if template is None:
        raise AgendaRefused(_("There is no such template."))
    bodies = dict(Body.objects.values_list("key", "pk"))
    sittings = sittings_of(seen.meeting)

    def how(lines: Outline) -> Told:
        _refuse_filled(lines)
        last: set[int] = set()

        def lay(items: Iterable[Mapping[str, Any]], under: int | None) -> None:
            for place, item in enumerate(items):
                row: Row = {
                    **EMPTY,
                    **{name: item[name] for name in FIELDS if name in item},
                    "parent": under,
                    "position": place,
                    "is_numbered": item.get("numbered", True),
                    "lead_body": bodies.get(item.get("body", "")),
                }
                code = lines.add(row)
                if item.get("last"):
                    last.add(code)
                lay(item.get("items", ()), code)

        lay(template.items, None)
        lines.minutes_per_speaker = template.minutes_per_speaker
        _spread(lines, sittings, last)
        return Told("template", template.name)

    return seen.change(how)


def from_meeting(seen: Seen, *, other: Meeting) -> Agenda:
    """Begin an empty outline from another meeting's newest revision, or from its desk where nothing is published.
    Items that were about one State's request are its own year's: they stay behind, and so do sittings.

    :raises AgendaChanged, AgendaRefused: see ``outline.change``; if there are items, or the other has none.
    """
    revision = newest_revision(other)
    if revision is not None:
        content = json.loads(revision.content)
    else:
        desk = Agenda.objects.filter(meeting=other).first()
        content = content_of(desk) if desk else {"items": []}
    if not content["items"]:
        raise AgendaRefused(_("%(meeting)s has no agenda yet.") % {"meeting": other.name})
    bodies = dict(Body.objects.values_list("key", "pk"))
    states = dict(State.objects.values_list("iso3", "pk"))
    sittings = sittings_of(seen.meeting)

    def how(lines: Outline) -> Told:
        _refuse_filled(lines)
        given: dict[int, int] = {}
        for item in _tops_first(content["items"]):
            if item["about"] or (item["parent"] is not None and item["parent"] not in given):
                continue
            row: Row = {
                **EMPTY,
                **{name: item[name] for name in FIELDS},
                "parent": given.get(item["parent"]),
                "position": item.get("position", len(given)),
                "is_numbered": item["numbered"],
                "lead_body": bodies.get(item["lead_body"]),
                "lead_state": states.get(item["lead_state"]),
            }
            given[item["code"]] = lines.add(row)
        for under in {None, *given.values()}:
            lines.settle(under, lines.children(under))
        lines.minutes_per_speaker = content["minutes_per_speaker"]
        _spread(lines, sittings, set())
        return Told("copied", other.short_name)

    return seen.change(how)


def spread_over_sittings(seen: Seen) -> Agenda:
    """Put every item into the sitting where it begins if all run in order from the first.

    :raises AgendaRefused: if the meeting has no sittings.
    """
    sittings = sittings_of(seen.meeting)
    if not sittings:
        raise AgendaRefused(_("The meeting has no sittings yet. Set them first, then spread the items."))

    def how(lines: Outline) -> Told:
        _spread(lines, sittings, set())
        return Told("spread")

    return seen.change(how)


def _refuse_filled(lines: Outline) -> None:
    if lines.rows:
        raise AgendaRefused(_("The outline has items already. A template or last time's agenda begins an empty one."))


def _tops_first(items: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Each item after the one it stands under."""
    left, found, there = list(items), [], {None}
    while left:
        ready = [item for item in left if item["parent"] in there]
        if not ready:
            break
        found += ready
        there |= {item["code"] for item in ready}
        left = [item for item in left if item["code"] not in there]
    return found


def _spread(lines: Outline, sittings: list[SittingOf], last: set[int]) -> None:
    """Set the sittings of all rows. Those in ``last`` go to the last sitting, whatever comes before."""
    if not sittings:
        return
    order = outline.in_reading_order(lines)
    places = spread([_as_item(code, lines.rows[code]) for code in order], sittings)
    for code, sitting in places.items():
        lines.rows[code]["sitting"] = sittings[-1].pk if code in last else sitting


def _as_item(code: int, row: Row) -> Item:
    """What spreading looks at: the minutes, and what stands under what."""
    return Item(
        code=code,
        number="",
        title="",
        text="",
        language="",
        text_language="",
        kind=row["kind"],
        minutes=row["minutes"],
        speakers=row["speakers"],
        sitting=None,
        lead="",
        about_state=None,
        depth=0,
        parent=row["parent"],
        is_numbered=row["is_numbered"],
    )


def copied_from(meetings: Iterable[Meeting], meeting: Meeting) -> list[Meeting]:
    """Of the meetings that one may see, those whose agenda could begin this one: the same kind first, newest first."""
    found = [one for one in meetings if one.pk != meeting.pk]
    return sorted(found, key=lambda one: (one.kind != meeting.kind, -one.starts.toordinal()))
