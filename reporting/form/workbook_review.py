"""A workbook that was read beside the answers that stand: what is new, what changes, what is missing from the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reporting.form.answers import same_answer
from reporting.form.common import Json
from reporting.form.parts import Field, Fields, Part, Section, Table

NEW, CHANGED, SAME, MISSING = "new", "changed", "same", "missing"


@dataclass(frozen=True, slots=True)
class Met:
    """One row of the file and the row of the draft that it is. ``number`` is its row in the sheet, 0 if missing."""

    part: Part
    what: str
    number: int
    row_id: str
    old: Json
    new: Json


@dataclass(frozen=True)
class CellChange:
    label: str
    old: str
    new: str
    problem: str = ""


@dataclass(frozen=True)
class RowChange:
    """One row in words, for the page."""

    part: str
    what: str
    number: int
    label: str
    cells: tuple[CellChange, ...]


class Review:
    """The whole comparison. ``known_ids`` names the rows of each table of the earlier report, which may come back."""

    def __init__(
        self, section: Section, answers: Json, read: Json, *, known_ids: Mapping[str, Collection[str]] | None = None
    ) -> None:
        self.section = section
        self.read = read
        known = known_ids or {}
        self.met = [
            one
            for part in section.parts
            for one in (
                met_rows(part, answers, read["tables"][part.key], known.get(part.key, ()))
                if isinstance(part, Table) and part.key in read["tables"]
                else met_fields(part, answers, read["fields"][part.key])
                if isinstance(part, Fields) and part.key in read["fields"]
                else ()
            )
        ]

    def counts(self) -> dict[str, int]:
        counted = Counter(one.what for one in self.met)
        return {what: counted[what] for what in (CHANGED, NEW, MISSING, SAME)}

    def of(self, *whats: str) -> list[Met]:
        return [one for one in self.met if one.what in whats]

    def merged(self, answers: Json, *, remove: bool) -> Json:
        """The answers with the file's rows in them; rows missing from the file go only if ``remove`` says so."""
        parts = dict(answers.get("parts", {}))
        for part in self.section.parts:
            met = [one for one in self.met if one.part is part]
            if any(one.what in (NEW, CHANGED) or (one.what == MISSING and remove) for one in met):
                merge = _merged_rows if isinstance(part, Table) else _merged_values
                parts[part.key] = merge(parts.get(part.key, {}), met, remove)
        return {**answers, "parts": parts}

    def removed(self, answers: Json) -> dict[str, Json]:
        """What brings each missing row back: ``{"stocks.r1": …}``."""
        gone = {(one.part.key, one.row_id) for one in self.met if one.what == MISSING}
        return {
            f"{key}.{row['id']}": {"part": key, "at": at, "row": row}
            for key, state in answers.get("parts", {}).items()
            for at, row in enumerate(state.get("rows", []))
            if (key, row["id"]) in gone
        }


def met_rows(part: Table, answers: Json, read: Json, known_ids: Collection[str] = ()) -> Iterator[Met]:
    """Each row of the file, then the rows that are in the draft alone.

    A row is the one whose id it bears; a copied row, with an id a second time, is a new one. A column that the file
    does not have says nothing about its answers.
    """
    state = answers.get("parts", {}).get(part.key, {})
    stored = {row["id"]: row["cells"] for row in state.get("rows", [])}
    columns = read["columns"]
    seen: set[str] = set()
    taken = set(stored)
    following = _following(state, {row["id"] for row in read["rows"]} & set(known_ids))
    for row in read["rows"]:
        row_id = row["id"]
        old = stored.get(row_id) if row_id not in seen else None
        if old is not None:
            new = {**{key: cell for key, cell in old.items() if key not in columns}, **_kept(old, row["cells"])}
            yield Met(part, SAME if same_answers(old, new) else CHANGED, row["row"], row_id, old, new)
        else:
            if row_id in seen or row_id in taken or row_id not in known_ids:
                row_id = next(following)
            yield Met(part, NEW, row["row"], row_id, {}, row["cells"])
        seen.add(row_id)
    for row_id, cells in stored.items():
        if row_id not in seen and cells:
            yield Met(part, MISSING, 0, row_id, cells, cells)


def met_fields(part: Fields, answers: Json, read: Json) -> Iterator[Met]:
    """The questions of a part, each as a row of one cell."""
    stored = answers.get("parts", {}).get(part.key, {}).get("values", {})
    for asked in part.fields:
        if asked.key not in read["cells"]:
            continue
        before, after = stored.get(asked.key), read["cells"][asked.key]
        if before is None and after is None:
            continue
        old, new = ({asked.key: cell} if cell else {} for cell in (before, after))
        what = SAME if same_answers(old, new) else NEW if not old else CHANGED
        yield Met(part, what, 0, asked.key, old, old if what == SAME else new)


def same_answers(old: Json, new: Json) -> bool:
    return old.keys() == new.keys() and all(same_answer(old[key], new[key]) for key in old)


def in_words(met: Met, *, language: str) -> RowChange:
    """A row as the page shows it: of a changed row the cells that change, of another all."""
    keys = [f for f in met.part.fields if f.key in met.old or f.key in met.new]
    if met.what == CHANGED:
        keys = [f for f in keys if not same_answer(met.old.get(f.key), met.new.get(f.key))]
    cells = [
        CellChange(
            str(f.label),
            _shown(f, met.old.get(f.key), language) if met.what != NEW else "",
            _shown(f, met.new.get(f.key), language),
            (met.new.get(f.key) or {}).get("problem", ""),
        )
        for f in keys
    ]
    return RowChange(str(met.part.title), met.what, met.number, label_of(met, language=language), tuple(cells))


def label_of(met: Met, *, language: str) -> str:
    """What the row is about, by the columns that name it."""
    if isinstance(met.part, Fields):
        return ""
    cells = met.new or met.old
    names = [_shown(f, cells[f.key], language) for f in met.part.naming_columns if f.key in cells]
    return " · ".join(names)[:80] or _("row %(number)s") % {"number": met.number or met.row_id}


def _shown(asked: Field, cell: Json | None, language: str) -> str:
    return asked.kind.show(cell, language=language) if cell else ""


def _kept(old: Json, new: Json) -> Json:
    """The cells of the file, but the same answer again keeps its origin."""
    return {key: old[key] if key in old and same_answer(old[key], cell) else cell for key, cell in new.items()}


def _following(state: Json, reserved: Collection[str]) -> Iterator[str]:
    """Ids that no row has had."""
    taken = {row["id"] for row in state.get("rows", [])} | set(reserved)
    number = state.get("next", 1)
    while True:
        if f"r{number}" not in taken:
            yield f"r{number}"
        number += 1


def _merged_rows(state: Json, met: list[Met], remove: bool) -> Json:
    """Rows keep their order; new ones follow."""
    changed = {one.row_id: one.new for one in met if one.what == CHANGED}
    gone = {one.row_id for one in met if one.what == MISSING} if remove else set()
    rows = [
        {**row, "cells": changed[row["id"]]} if row["id"] in changed else row
        for row in state.get("rows", [])
        if row["id"] not in gone
    ]
    rows += [{"id": one.row_id, "cells": one.new} for one in met if one.what == NEW]
    numbers = [
        int(row["id"][1:])
        for row in rows
        if row["id"][:1] == "r" and row["id"][1:].isascii() and row["id"][1:].isdigit()
    ]
    return {**state, "none": False, "rows": rows, "next": max([state.get("next", 1), *(n + 1 for n in numbers)])}


def _merged_values(state: Json, met: list[Met], remove: bool) -> Json:
    values = dict(state.get("values", {}))
    for one in met:
        values.pop(one.row_id, None)
        values.update(one.new)
    return {**state, "values": values}
