"""Changes to the answers of one section. Every function returns a new dict and leaves the old one as it was.

Only what changes is copied; the rest is shared between the old answers and the new ones. So never change answers in
place, and a table of many rows costs no more than one of few.

Answers look like this::

    {"parts": {
        "programme": {"values": {"status": cell}},
        "stocks": {"none": False, "rows": [{"id": "r1", "cells": {"munition_type": cell}}], "next": 2},
    }}

A cell is a value together with where it came from: ``{"is": "given", "text": "2-76", "from": "typed"}``.
A blank answer is no cell. ``next`` numbers the rows, so that the id of a removed row is never given again.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from reporting.form.common import Json
from reporting.form.parts import Field, Fields, Part, Section, Table, UnknownPlace
from reporting.form.values import Unreadable

ROW_ID = "[a-z0-9][a-z0-9-]{0,39}"


class AnswersRefused(Exception):
    """The change cannot be made. The message is fit to show the person."""


def blank(section: Section) -> Json:
    """No answers yet."""
    return {"parts": {part.key: _blank_part(part) for part in section.parts}}


def set_cell(
    section: Section, answers: Json, path: str, text: str, *, origin: str = "typed", language: str = "en"
) -> Json:
    """Answer one question with what a person typed.

    The same answer again keeps its origin. A text that cannot be read is kept as it is,
    with the sentence that says why.

    :raises UnknownPlace: if the form or the answers have no such place.
    """
    part, row_id, field = locate(section, path)
    old = _cells_of(part, answers, row_id).get(field.key)
    cell = read_cell(field, text, origin=origin, language=language)
    return _with_cell(part, answers, row_id, field, old if old and same_answer(cell, old) else cell)


def read_cell(field: Field, text: str, *, origin: str = "typed", language: str = "en") -> Json | None:
    """The cell for what a person typed; ``None`` for a blank answer."""
    try:
        value = field.kind.parse(text, language=language)
    except Unreadable as problem:
        value = {"is": "unreadable", "raw": text.replace("\x00", ""), "problem": problem.sentence}
    return None if value is None else {**value, "from": origin}


def put_cell(section: Section, answers: Json, path: str, cell: Json | None) -> Json:
    """Put a whole cell in its place, for instance last year's one.

    :raises UnknownPlace: if the form or the answers have no such place.
    """
    part, row_id, field = locate(section, path)
    return _with_cell(part, answers, row_id, field, copy.deepcopy(cell))


def add_row(section: Section, answers: Json, part: str, *, row_id: str | None = None, after: str | None = None) -> Json:
    """Add an empty row, at the end or behind another row.

    :raises AnswersRefused: if there is a row of that id already, or the id has signs it may not have.
    """
    answers, state = _copied(section, answers, part)
    number = state["next"]
    if row_id is None:
        row_id = f"r{number}"
    if not re.fullmatch(ROW_ID, row_id):
        raise AnswersRefused(_("“%(id)s” cannot be the name of a row.") % {"id": row_id})
    if any(row["id"] == row_id for row in state["rows"]):
        raise AnswersRefused(_("There is already a row “%(id)s”.") % {"id": row_id})
    at = len(state["rows"]) if after is None else _index(state, after) + 1
    state["rows"].insert(at, {"id": row_id, "cells": {}})
    state["none"] = False
    _count_past(state, row_id)
    return answers


def last_row_id(answers: Json, part: str) -> str:
    """The id that the latest ``add_row`` without one has given."""
    return f"r{answers['parts'][part]['next'] - 1}"


def remove_row(section: Section, answers: Json, part: str, row_id: str) -> tuple[Json, Json]:
    """Take a row out. The second result is what ``restore_row`` needs to put it back."""
    answers, state = _copied(section, answers, part)
    at = _index(state, row_id)
    row = state["rows"].pop(at)
    return answers, {"part": part, "at": at, "row": row}


def restore_row(section: Section, answers: Json, removed: Json) -> Json:
    """Put a removed row back where it was.

    :raises AnswersRefused: if it is there already.
    """
    answers, state = _copied(section, answers, removed["part"])
    row = copy.deepcopy(removed["row"])
    if any(other["id"] == row["id"] for other in state["rows"]):
        raise AnswersRefused(_("This row has been put back already."))
    state["rows"].insert(min(removed["at"], len(state["rows"])), row)
    state["none"] = False
    return answers


def move_row(section: Section, answers: Json, part: str, row_id: str, *, by: int) -> Json:
    """Move a row up (``by=-1``) or down (``by=1``); at the edge it stays."""
    answers, state = _copied(section, answers, part)
    rows = state["rows"]
    at = _index(state, row_id)
    row = rows.pop(at)
    rows.insert(max(0, min(len(rows), at + by)), row)
    return answers


def set_none(section: Section, answers: Json, part: str, none: bool) -> Json:
    """State that there is nothing to report in a table, or take that back.

    :raises AnswersRefused: if the table has rows with answers in them.
    """
    answers, state = _copied(section, answers, part)
    if none and any(row["cells"] for row in state["rows"]):
        raise AnswersRefused(
            _("There are rows in “%(table)s”. Remove them first if there is nothing to report.")
            % {"table": section.part(part).title}
        )
    if none:
        state["rows"] = []
    state["none"] = none
    return answers


def cells(section: Section, answers: Json) -> Iterator[tuple[str, Field, Json | None]]:
    """Every question in its order, with its answer: ("stocks.r1.munitions", field, cell)."""
    for part in section.parts:
        state = answers.get("parts", {}).get(part.key)
        if isinstance(part, Fields):
            values = (state or {}).get("values", {})
            for field in part.fields:
                yield f"{part.key}.{field.key}", field, values.get(field.key)
            continue
        for row in (state or {}).get("rows", []):
            for field in part.columns:
                yield f"{part.key}.{row['id']}.{field.key}", field, row["cells"].get(field.key)


def cell_at(section: Section, answers: Json, path: str) -> Json | None:
    """The answer at a place; ``None`` if it is blank or the row is not there."""
    part, row_id, field = locate(section, path)
    try:
        return _cells_of(part, answers, row_id).get(field.key)
    except UnknownPlace:
        return None


def locate(section: Section, path: str) -> tuple[Part, str | None, Field]:
    """What a path points at: the part, the row id if it is a table, the field.

    :raises UnknownPlace: if the form has no such place.
    """
    names = path.split(".")
    part = section.part(names[0])
    if isinstance(part, Table) and len(names) == 3:
        return part, names[1], part.field(names[2])
    if isinstance(part, Fields) and len(names) == 2:
        return part, None, part.field(names[1])
    raise UnknownPlace(f"There is no place “{path}” here.")


def same_answer(one: Json | None, other: Json | None) -> bool:
    """Whether two cells say the same, wherever they came from."""
    return _without_origin(one) == _without_origin(other)


def _without_origin(cell: Json | None) -> Json | None:
    if cell is None:
        return None
    return {key: value for key, value in cell.items() if key not in ("from", "problem")}


def _blank_part(part: Part) -> Json:
    return {"none": False, "rows": [], "next": 1} if isinstance(part, Table) else {"values": {}}


def _copied(section: Section, answers: Json, key: str) -> tuple[Json, Json]:
    """New answers and the copied state of one table in them, with a list of rows of its own."""
    part = section.part(key)
    if not isinstance(part, Table):
        raise UnknownPlace(f"“{key}” is not a table.")
    answers = {**answers, "parts": dict(answers.get("parts", {}))}
    state: Json = {**_blank_part(part), **answers["parts"].get(key, {})}
    state["rows"] = list(state["rows"])
    for row in state["rows"]:
        _count_past(state, row["id"])
    answers["parts"][key] = state
    return answers, state


def _with_cell(part: Part, answers: Json, row_id: str | None, field: Field, cell: Json | None) -> Json:
    cells = {key: value for key, value in _cells_of(part, answers, row_id).items() if key != field.key or cell}
    if cell is not None:
        cells[field.key] = cell
    state: Json = {**_blank_part(part), **answers.get("parts", {}).get(part.key, {})}
    if row_id is None:
        state["values"] = cells
    else:
        state["rows"] = list(state["rows"])
        at = _index(state, row_id)
        state["rows"][at] = {**state["rows"][at], "cells": cells}
        state["none"] = state["none"] and cell is None
    return {**answers, "parts": {**answers.get("parts", {}), part.key: state}}


def _count_past(state: Json, row_id: str) -> None:
    number = int(row_id[1:]) if re.fullmatch(r"r\d{1,9}", row_id) else 0
    state["next"] = max(state["next"], number + 1)


def _index(state: Json, row_id: str) -> int:
    for at, row in enumerate(state.get("rows", [])):
        if row["id"] == row_id:
            return at
    raise UnknownPlace(f"There is no row “{row_id}” here.")


def _cells_of(part: Part, answers: Json, row_id: str | None) -> Json:
    state = answers.get("parts", {}).get(part.key, {})
    if row_id is None:
        values: Json = state.get("values", {})
        return values
    cells: Json = state["rows"][_index(state, row_id)]["cells"]
    return cells
