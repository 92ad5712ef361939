"""Bring the meetings held before the portal to what the files in ``meetings/reference`` say. Safe to run any time.

What the office has changed since (a version above the first) is left alone.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.db import transaction

from ccm_portal.core import register
from ccm_portal.core.domain.reference import ReferenceRefused, Row, read
from ccm_portal.core.models import State, User
from meetings.domain import history_agendas
from meetings.domain.neighbours import bring_neighbours
from meetings.enums import FORMAL_KINDS, MeetingKind, Office
from meetings.models import DateChange, Meeting, MeetingPart, Officer

FOLDER = Path(__file__).parents[1] / "reference"


@transaction.atomic
def load_history(*, by: User | None, at: datetime, folder: Path = FOLDER) -> list[str]:
    """Load every file, publish the agendas that are known as revision 1, and say what changed, a line each.

    :raises ReferenceRefused: if a row names a State or a meeting that is not there; then nothing is changed.
    """
    states = {state.iso3: state for state in State.objects.all()}
    parts, changes = _by_meeting(folder / "parts.csv"), _by_meeting(folder / "date_changes.csv")
    officers = _by_meeting(folder / "officers.csv")
    told = []
    for row in read(folder / "meetings.csv"):
        if row["key"] not in parts:
            raise ReferenceRefused(f"{row['key']}: no days in parts.csv.")
        meeting, lines = _bring_meeting(row, parts[row["key"]], at=at)
        told += lines
        if not lines or meeting.version > 1:
            continue
        _bring_parts(meeting, parts[row["key"]], changes[row["key"]], states)
        _bring_officers(meeting, officers[row["key"]], states)
    for path in sorted((folder / "agendas").glob("*.json")):
        told += history_agendas.bring(json.loads(path.read_text(encoding="utf-8")), states=states, by=by, at=at)
    told += bring_neighbours(at=at, folder=folder)
    if told:
        register.append(action="meetings.history.load", by=by, at=at, data={"changes": told})
    return told


def _by_meeting(path: Path) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in read(path):
        rows[row["meeting"]].append(row)
    return rows


def _bring_meeting(row: Row, parts: list[Row], *, at: datetime) -> tuple[Meeting, list[str]]:
    """The meeting as its row says, and a line if it was not so."""
    fields: dict[str, Any] = {
        "kind": MeetingKind(row["kind"]),
        "ordinal": int(row["ordinal"]) if row["ordinal"] else None,
        "year": int(row["year"]),
        "title": row["title"],
        "is_formal": row["kind"] in {*FORMAL_KINDS, MeetingKind.PREPARATORY},
        "precision": row["precision"],
        "languages": row["languages"].split(),
        "time_zone": row["time_zone"],
        "symbol_stem": row["symbol_stem"],
        "confidence": row["confidence"],
        "source": row["source"],
        "about": row["about"],
        "starts": date.fromisoformat(min(part["starts"] for part in parts)),
        "ends": date.fromisoformat(max(part["ends"] for part in parts)),
    }
    meeting = Meeting.objects.select_for_update().filter(key=row["key"]).first()
    if meeting is None:
        parent = _parent(row)
        return Meeting.objects.create(key=row["key"], parent=parent, changed_at=at, **fields), [f"{row['key']}: added"]
    wrong = [name for name, value in fields.items() if getattr(meeting, name) != value]
    if not wrong or meeting.version > 1:
        return meeting, []
    for name in wrong:
        setattr(meeting, name, fields[name])
    meeting.changed_at = at
    meeting.save()
    return meeting, [f"{row['key']}: {', '.join(wrong)}"]


def _parent(row: Row) -> Meeting | None:
    """The conference that a preparatory meeting prepares. It stands above it in the file."""
    if not row["parent"]:
        return None
    parent = Meeting.objects.filter(key=row["parent"]).first()
    if parent is None:
        raise ReferenceRefused(f"{row['key']}: there is no meeting {row['parent']}.")
    return parent


def _bring_parts(meeting: Meeting, rows: Iterable[Row], changes: list[Row], states: dict[str, State]) -> None:
    for row in rows:
        part, _new = MeetingPart.objects.update_or_create(
            meeting=meeting,
            number=int(row["number"]),
            defaults={
                "starts": date.fromisoformat(row["starts"]),
                "ends": date.fromisoformat(row["ends"]),
                "format": row["format"],
                "city": row["city"],
                "host": _state(states, row["host"], row) if row["host"] else None,
            },
        )
        for change in changes:
            if change["number"] == row["number"]:
                DateChange.objects.update_or_create(
                    part=part,
                    starts=date.fromisoformat(change["starts"]),
                    ends=date.fromisoformat(change["ends"]),
                    defaults={
                        "moved_at": _moment(change["moved_on"], at=meeting.changed_at),
                        "reason": change["reason"],
                        "basis": change["basis"] or change["source"],
                    },
                )


def _moment(day: str, *, at: datetime) -> datetime | None:
    return datetime.combine(date.fromisoformat(day), time(12), tzinfo=at.tzinfo) if day else None


def _bring_officers(meeting: Meeting, rows: Iterable[Row], states: dict[str, State]) -> None:
    for position, row in enumerate(rows):
        Officer.objects.update_or_create(
            meeting=meeting,
            office=Office(row["office"]),
            state=_state(states, row["state"], row),
            defaults={"position": position},
        )


def _state(states: dict[str, State], iso3: str, row: Row) -> State:
    if iso3 not in states:
        raise ReferenceRefused(f"{row['meeting']}: there is no State {iso3}.")
    return states[iso3]
