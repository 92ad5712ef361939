"""What a filled workbook says, cell by cell: answers as the form stores them, and what could not be read.

Nothing is dropped in silence: sheets and columns that the form does not know are named. The result is plain data::

    {"format": "ccm-workbook/1", "language": "fr",
     "tables": {"stocks": {"sheet": "Stocks", "columns": ["lot_numbers"],
                           "rows": [{"row": 3, "id": "r1", "cells": {"lot_numbers": cell}}]}},
     "fields": {"programme": {"sheet": "Programme", "cells": {"starts": cell or None}}},
     "problems": [{"sheet", "row", "column", "label", "text", "sentence"}],
     "unknown": {"sheets": ["Budget"], "columns": [{"sheet", "column", "label", "filled"}]}}
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time

from django.utils.translation import gettext as _
from django.utils.translation import override
from openpyxl.utils import get_column_letter

from ccm_portal.core.sheet_reading import FoundCell, FoundSheet
from ccm_portal.core.sheets import CHOICES
from reporting.form.answers import read_cell
from reporting.form.common import LANGUAGES, Json
from reporting.form.parts import Edition, Field, Part, Section, Table
from reporting.form.values import Unreadable
from reporting.form.values.base import LONGEST, quoted, too_long
from reporting.form.values.vocabulary import fold
from reporting.form.workbook_cells import text_of
from reporting.form.workbooks import ANSWER, FORMAT, HELP, QUESTION, ROW_ID

Row = Mapping[int, FoundCell]


class WorkbookRefused(Exception):
    """The file is no workbook of this section. The message is fit to show the person."""


def read(
    edition: Edition, section: Section, found: Iterable[FoundSheet], *, language: str, origin: str, most_rows: int
) -> Json:
    """Read the sheets of a file as answers to this section.

    :raises WorkbookRefused: if no sheet belongs to it, or one has more than ``most_rows`` rows.
    """
    reading = _Reading(edition, section, language, origin, most_rows)
    for sheet in found:
        reading.take(sheet)
    if not reading.tables and not reading.fields:
        raise WorkbookRefused(reading.why_nothing())
    return {
        "format": FORMAT,
        "language": language,
        "tables": reading.tables,
        "fields": reading.fields,
        "problems": reading.problems,
        "unknown": {"sheets": reading.unknown_sheets, "columns": reading.unknown_columns},
    }


@dataclass
class _Reading:
    edition: Edition
    section: Section
    language: str
    origin: str
    most_rows: int
    tables: Json = field(default_factory=dict)
    fields: Json = field(default_factory=dict)
    problems: list[Json] = field(default_factory=list)
    unknown_sheets: list[str] = field(default_factory=list)
    unknown_columns: list[Json] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)
    parsed: dict[tuple[str, str, str], Json | None] = field(default_factory=dict)

    def take(self, sheet: FoundSheet) -> None:
        if not sheet.rows or (sheet.is_hidden and sheet.title == CHOICES) or _is_read_me(sheet):
            return
        part, keys, first = self._recognised(sheet)
        if part is None or part.key in self.tables or part.key in self.fields:
            self.unknown_sheets.append(sheet.title)
            return
        body = {number: row for number, row in sheet.rows.items() if number >= first}
        if isinstance(part, Table):
            self._table(sheet.title, part, keys, body, self._labels_above(sheet, first))
        else:
            self._fields(sheet.title, part, keys, body)

    def why_nothing(self) -> str:
        for key in self.elsewhere:
            for section in self.edition.all_sections:
                if section.key == key:
                    return _("This workbook is of the section “%(other)s”. Upload it on the page of that section.") % {
                        "other": section.title
                    }
        return _(
            "No sheet of this file belongs to the section “%(section)s”. Download its workbook and fill that in."
        ) % {"section": self.section.title}

    # Which part a sheet is

    def _recognised(self, sheet: FoundSheet) -> tuple[Part | None, dict[int, str], int]:
        """The part, the key of each column, and the first row that holds an answer."""
        for number in sorted(sheet.rows)[:3]:
            place = sheet.rows[number].get(1)
            if place and place.text.startswith("ccm:"):
                return self._by_place(place.text, sheet, number)
        return self._by_labels(sheet)

    def _by_place(self, place: str, sheet: FoundSheet, number: int) -> tuple[Part | None, dict[int, str], int]:
        edition, section, key = (*place.removeprefix("ccm:").split("/"), "", "")[:3]
        part = next((part for part in self.section.parts if part.key == key), None)
        if (edition, section) != (self.edition.key, self.section.key) or part is None:
            self.elsewhere.append(section)
            return None, {}, 0
        keys = {at: cell.text.strip() for at, cell in sheet.rows[number].items() if at > 1}
        labels = sheet.rows.get(number - 1, {})
        if isinstance(part, Table):
            known = _labels_of(part)
            for at, label in labels.items():  # a column that came later may bear a label that we know
                if at > 1 and at not in keys and (found := known.get(fold(label.text))) and found not in keys.values():
                    keys[at] = found
        return part, {1: ROW_ID, **keys}, number + 1

    def _by_labels(self, sheet: FoundSheet) -> tuple[Part | None, dict[int, str], int]:
        """Without its row of keys a sheet is known by the labels above its columns, in any language."""
        first = min(sheet.rows)
        best: tuple[int, Part | None, dict[int, str]] = (0, None, {})
        for part in self.section.parts:
            if isinstance(part, Table):
                known = _labels_of(part)
                keys: dict[int, str] = {}
                for at, cell in sheet.rows[first].items():
                    key = known.get(fold(cell.text))
                    if key and key not in keys.values():
                        keys[at] = key
                named = fold(sheet.title) in _titles_of(part)
                weight = 2 * len(keys) + named
                if len(keys) * 2 >= min(len(part.columns), len(sheet.rows[first])) and weight > best[0] and keys:
                    best = (weight, part, keys)
        return best[1], best[2], first + 1

    def _labels_above(self, sheet: FoundSheet, first: int) -> dict[int, str]:
        """The label of each column: the topmost row of the sheet."""
        top = sheet.rows.get(min(sheet.rows), {}) if min(sheet.rows) < first else {}
        return {at: cell.text for at, cell in top.items()}

    # What stands in it

    def _table(
        self, title: str, part: Table, keys: dict[int, str], body: Mapping[int, Row], labels: dict[int, str]
    ) -> None:
        known = {column.key: column for column in part.columns}
        columns = {at: known[key] for at, key in keys.items() if key in known}
        self._name_unknown(title, {*columns, *(at for at, key in keys.items() if key == ROW_ID)}, body, labels)
        ids = next((at for at, key in keys.items() if key == ROW_ID), 0)
        rows = []
        for number, row in body.items():
            cells = {
                column.key: cell
                for at, column in columns.items()
                if at in row and (cell := self._answer(title, number, at, part.key, column, row[at])) is not None
            }
            if cells:
                rows.append({"row": number, "id": _id_in(row.get(ids)), "cells": cells})
        if len(rows) > self.most_rows:
            raise WorkbookRefused(
                _("The sheet “%(sheet)s” has %(rows)s rows; a table has room for %(most)s.")
                % {"sheet": title, "rows": len(rows), "most": self.most_rows}
            )
        self.tables[part.key] = {"sheet": title, "columns": [c.key for c in columns.values()], "rows": rows}

    def _fields(self, title: str, part: Part, keys: dict[int, str], body: Mapping[int, Row]) -> None:
        answer = next((at for at, key in keys.items() if key == ANSWER), 3)
        beside = {at for at, key in keys.items() if key in (ROW_ID, QUESTION, HELP)}
        known = {one.key: one for one in part.fields}
        labels = _labels_of(part)
        cells: Json = {}
        for number, row in body.items():
            asked = known.get(_id_in(row.get(1)) or labels.get(fold(row[2].text) if 2 in row else "", ""))
            if asked is None or asked.key in cells:
                if answer in row:
                    self._problem(
                        title,
                        number,
                        answer,
                        _text_in(row.get(2) or row.get(1)),
                        row[answer],
                        _("The form has no such question. Write the answer beside one of its own questions."),
                    )
                continue
            cells[asked.key] = (
                self._answer(title, number, answer, part.key, asked, row[answer]) if answer in row else None
            )
        self._name_unknown(title, {answer, *beside}, body, {})
        self.fields[part.key] = {"sheet": title, "cells": cells}

    def _answer(self, title: str, number: int, at: int, part: str, asked: Field, cell: FoundCell) -> Json | None:
        try:
            text = text_of(asked, cell, language=self.language)
        except Unreadable as problem:
            self._problem(title, number, at, str(asked.label), cell, problem.sentence)
            raw = _text_in(cell)
            return {"is": "unreadable", "raw": raw, "problem": problem.sentence, "from": self.origin}
        if length := too_long(text):
            self._problem(title, number, at, str(asked.label), cell, length)
            return {"is": "unreadable", "raw": text[:LONGEST], "problem": length, "from": self.origin}
        key = (part, asked.key, text)
        if key not in self.parsed:
            self.parsed[key] = read_cell(asked, text, origin=self.origin, language=self.language)
        answer = self.parsed[key]
        if answer and answer["is"] == "unreadable":
            self._problem(title, number, at, str(asked.label), cell, answer["problem"])
        return answer

    def _problem(self, title: str, number: int, at: int, label: str, cell: FoundCell, sentence: str) -> None:
        self.problems.append(
            {
                "sheet": title,
                "row": number,
                "column": get_column_letter(at),
                "label": label,
                "text": quoted(_text_in(cell)),
                "sentence": sentence,
            }
        )

    def _name_unknown(self, title: str, known: set[int], body: Mapping[int, Row], labels: dict[int, str]) -> None:
        filled: dict[int, int] = {}
        for row in body.values():
            for at in row.keys() - known:
                filled[at] = filled.get(at, 0) + 1
        for at in sorted(filled):
            self.unknown_columns.append(
                {"sheet": title, "column": get_column_letter(at), "label": labels.get(at, ""), "filled": filled[at]}
            )


def _is_read_me(sheet: FoundSheet) -> bool:
    return any(cell.text.startswith(FORMAT) for row in sheet.rows.values() for cell in row.values())


def _id_in(cell: FoundCell | None) -> str:
    return _text_in(cell).strip()[:40]


def _text_in(cell: FoundCell | None) -> str:
    if cell is None:
        return ""
    if isinstance(cell.value, datetime) and cell.value.time() == time():
        return cell.value.date().isoformat()
    return str(cell.value)


def _labels_of(part: Part) -> dict[str, str]:
    """The labels of the columns in every language, folded, and the keys themselves."""
    known: dict[str, str] = {}
    for language in LANGUAGES:
        with override(language):
            for asked in part.fields:
                known.setdefault(fold(str(asked.label)), asked.key)
    return {**{fold(asked.key): asked.key for asked in part.fields}, **known}


def _titles_of(part: Part) -> set[str]:
    titles = {fold(part.key)}
    for language in LANGUAGES:
        with override(language):
            titles.add(fold(str(part.title)))
    return titles
