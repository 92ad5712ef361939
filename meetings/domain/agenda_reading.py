"""The agenda as others read it: the newest published revision, or the outline on the desk.

Both give the same small objects, top to bottom, so that papers, speakers' lists and decisions can name an item by its
``code``. However many items there are, the desk costs one query and the published agenda three.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import get_language, get_language_bidi

from ccm_portal.core.models import State
from committees.models import Body
from meetings.domain.agenda_numbers import in_order, numbers
from meetings.enums import ItemKind
from meetings.models import AgendaItem, AgendaRevision, Meeting, Sitting


@dataclass(frozen=True)
class SittingOf:
    """A sitting as the agenda names it. ``pk`` is the row's; in a revision the times are those of its publication."""

    pk: int
    starts_at: datetime
    ends_at: datetime
    room: str = ""
    note: str = ""

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return int((self.ends_at - self.starts_at).total_seconds()) // 60


@dataclass(frozen=True)
class Item:
    """One item. ``language`` and ``text_language`` are empty where the words are in the reader's own language."""

    code: int
    number: str  # "9", "9(a)"; empty for opening acts
    title: str
    text: str
    language: str
    text_language: str
    kind: str
    minutes: int | None  # its own; what stands below it has minutes of its own
    speakers: int
    sitting: SittingOf | None  # its own, or that of the item above it
    lead: str
    about_state: State | None
    depth: int
    parent: int | None
    is_numbered: bool
    has_own_sitting: bool = False  # it was put there itself

    @property
    def label(self) -> str:
        """ "9(a) Clearance"; the title alone where there is no number, which runs left to right in every script."""
        number = f"\u2066{self.number}\u2069" if self.number and get_language_bidi() else self.number
        return f"{number} {self.title}".strip()

    @property
    def kind_label(self) -> str:
        return str(ItemKind(self.kind).label)


def desk_items(meeting: Meeting) -> list[Item]:
    """The outline on the desk, top to bottom. One query."""
    rows = AgendaItem.objects.filter(agenda__meeting=meeting).order_by("position", "code")
    rows = rows.select_related("lead_body", "lead_state", "about_state", "sitting")
    found = list(rows)
    codes = {row.pk: row.code for row in found}
    sittings = {row.sitting.pk: sitting_of(row.sitting) for row in found if row.sitting}
    told = [
        {
            "code": row.code,
            "parent": codes.get(row.parent_id) if row.parent_id else None,
            "numbered": row.is_numbered,
            "kind": row.kind,
            "words": row.words,
            "minutes": row.minutes,
            "speakers": row.speakers,
            "sitting": row.sitting_id,
            "lead": lead_text(row.lead_body, row.lead_state, row.lead_name),
            "about": row.about_state,
        }
        for row in found
    ]
    return _items(told, sittings, languages_of(meeting))


def public_items(meeting: Meeting) -> list[Item]:
    """The newest published agenda, top to bottom; empty before the first. Three queries."""
    newest = newest_revision(meeting)
    return revision_items(newest) if newest else []


def public_item(meeting: Meeting, code: int) -> Item | None:
    """One item of the newest published agenda; ``None`` if it does not hold it."""
    return next((one for one in public_items(meeting) if one.code == code), None)


def newest_revision(meeting: Meeting) -> AgendaRevision | None:
    """What the public reads now."""
    return AgendaRevision.objects.filter(meeting=meeting).order_by("-number").first()


def revision_items(revision: AgendaRevision) -> list[Item]:
    """A revision as it was published, with today's names of bodies and States in the reader's language."""
    content = json.loads(revision.content)
    rows: list[dict[str, Any]] = content["items"]
    bodies, states = names_in(rows)
    told = [
        row
        | {
            "lead": lead_text(bodies.get(row["lead_body"]), states.get(row["lead_state"]), row["lead_name"]),
            "about": states.get(row["about"]),
        }
        for row in rows
    ]
    return _items(told, sittings_in(content), content["languages"])


def sittings_in(content: Mapping[str, Any]) -> dict[int, SittingOf]:
    """The sittings of a revision by their numbers, in order of time."""
    return {
        told["pk"]: SittingOf(
            told["pk"],
            datetime.fromisoformat(told["starts_at"]),
            datetime.fromisoformat(told["ends_at"]),
            told["room"],
            told["note"],
        )
        for told in content["sittings"]
    }


def names_in(rows: Iterable[Mapping[str, Any]]) -> tuple[dict[str, Body], dict[str, State]]:
    """The bodies and States that rows of revisions name, by key and by code: two queries."""
    rows = list(rows)
    keys = {row["lead_body"] for row in rows} - {""}
    codes = {row[field] for row in rows for field in ("lead_state", "about")} - {""}
    bodies = {body.key: body for body in Body.objects.filter(key__in=keys)}
    states = {state.iso3: state for state in State.objects.filter(iso3__in=codes)}
    return bodies, states


def sitting_of(row: Sitting) -> SittingOf:
    return SittingOf(row.pk, row.starts_at, row.ends_at, row.room, row.note)


def sittings_of(meeting: Meeting) -> list[SittingOf]:
    """All sittings of the meeting in order of time. One query."""
    rows = Sitting.objects.filter(part__meeting=meeting).order_by("starts_at", "pk")
    return [sitting_of(row) for row in rows]


def languages_of(meeting: Meeting) -> list[str]:
    """The languages of the meeting, the first one leading; English where none was said."""
    return list(meeting.languages) or ["en"]


def language_to_write(meeting: Meeting) -> str:
    """The reader's own if the meeting works in it, else English, else the meeting's first."""
    languages = languages_of(meeting)
    return next((one for one in (get_language(), "en") if one in languages), languages[0])


def lead_text(body: Body | None, state: State | None, name: str) -> str:
    """Who leads: "Clearance · Norway"."""
    return " · ".join(part for part in (body.name if body else "", state.name if state else "", name) if part)


def spoken(words: Mapping[str, Mapping[str, str]], field: str, languages: Sequence[str]) -> tuple[str, str]:
    """The title or text in the reader's language; else in English, in the first language of the meeting that has it, or
    in any, with that language."""
    here = get_language() or "en"
    if text := words.get(here, {}).get(field):
        return text, ""
    for language in ("en", *languages, *words):
        if text := words.get(language, {}).get(field):
            return text, language
    return "", ""


def _items(rows: list[dict[str, Any]], sittings: Mapping[int, SittingOf], languages: Sequence[str]) -> list[Item]:
    by_code = {row["code"]: row for row in rows}
    children: dict[int | None, list[int]] = defaultdict(list)
    for row in rows:
        children[row["parent"]].append(row["code"])
    counted = numbers(children, {code: row["numbered"] for code, row in by_code.items()})
    held: dict[int | None, SittingOf | None] = {None: None}
    items = []
    for code, depth in in_order(children):
        row = by_code[code]
        held[code] = sittings.get(row["sitting"]) or held[row["parent"]]
        title, language = spoken(row["words"], "title", languages)
        text, text_language = spoken(row["words"], "text", languages)
        items.append(
            Item(
                code=code,
                number=counted[code],
                title=title,
                text=text,
                language=language,
                text_language=text_language,
                kind=row["kind"],
                minutes=row["minutes"],
                speakers=row["speakers"],
                sitting=held[code],
                lead=row["lead"],
                about_state=row["about"],
                depth=depth,
                parent=row["parent"],
                is_numbered=row["numbered"],
                has_own_sitting=row["sitting"] in sittings,
            )
        )
    return items
