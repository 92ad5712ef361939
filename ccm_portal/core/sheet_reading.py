"""Spreadsheets that come in: judged by content, limited before they are opened, and never run.

A formula is told as one, with the result that the spreadsheet last kept beside it. Macros are refused, links to other
files are not followed.
"""

import csv
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from ccm_portal.core import packed as packed_files
from ccm_portal.core.sheets import unguarded

LARGEST = 5 * 1024 * 1024  # of the file as it comes
LARGEST_UNPACKED = 64 * 1024 * 1024
MOST_ENTRIES = 400  # files inside the file
MOST_ROWS = 1_048_576  # of a sheet; XLSX has no more
MOST_COLUMNS = 500
MOST_CELLS = 600_000

Held = str | int | float | bool | datetime | date | time | timedelta


class SheetRefused(Exception):
    """The file is none that can be read. The message is fit to show the user."""


@dataclass(frozen=True, slots=True)
class FoundCell:
    """``kind``: text, number, truth, date, formula or error. ``look`` is the number format of the cell."""

    kind: str
    value: Held
    look: str = ""
    kept: str = ""  # of a formula: its last result

    @property
    def text(self) -> str:
        return self.value if isinstance(self.value, str) else ""


@dataclass(frozen=True)
class FoundSheet:
    """The cells of a sheet that hold something: ``{row: {column: cell}}``, both counted from 1."""

    title: str
    rows: dict[int, dict[int, FoundCell]] = field(default_factory=dict)
    is_hidden: bool = False


def refuse_large(size: int) -> None:
    """:raises SheetRefused: if a file of so many bytes is too large. To be asked before it is read."""
    if size > LARGEST:
        raise SheetRefused(_("A workbook may have at most %(limit)s MB.") % {"limit": LARGEST // (1024 * 1024)})


def read_file(content: bytes) -> list[FoundSheet]:
    """The sheets of an XLSX or CSV file.

    :raises SheetRefused: for anything else, and for what is too large.
    """
    refuse_large(len(content))
    if content.startswith(b"PK\x03\x04"):
        return _read_xlsx(content)
    if content.startswith(packed_files.OLE):
        if packed_files.LOCKED in content:
            raise SheetRefused(
                _("This workbook is protected by a password. Save it without one, then upload it again.")
            )
        raise SheetRefused(_("This is a workbook of the old kind (.xls). Save it as “Excel workbook (.xlsx)”."))
    return [FoundSheet("CSV", _numbered(_read_csv(content)))]


def _read_xlsx(content: bytes) -> list[FoundSheet]:
    _judge(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found, has_formulas = _opened(content, results=False)
            return _with_results(found, content) if has_formulas else found
    except SheetRefused:
        raise
    except Exception as wrong:  # a broken file can break in any way
        raise SheetRefused(
            _("This workbook cannot be read. Open it, save it as .xlsx, then upload it again.")
        ) from wrong


def _judge(content: bytes) -> None:
    """Refuse before anything is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as wrong:
        raise SheetRefused(_("This workbook is damaged. Save it again, then upload it.")) from wrong
    names = [entry.filename for entry in entries]
    if "content.xml" in names:
        raise SheetRefused(_("This is an OpenDocument file. Save it as “Excel workbook (.xlsx)” or as CSV."))
    if "[Content_Types].xml" not in names:
        raise SheetRefused(_("This is no workbook. Upload an .xlsx file, or one table as CSV."))
    if any("vbaproject" in name.casefold() for name in names):
        raise SheetRefused(_("This workbook holds macros. Save it as “Excel workbook (.xlsx)”, which has none."))
    if packed_files.is_too_much(entries, most=MOST_ENTRIES, largest=LARGEST_UNPACKED):
        raise SheetRefused(_("This workbook unpacks to more than the portal takes. Leave out what is not asked for."))


def _opened(content: bytes, *, results: bool) -> tuple[list[FoundSheet], bool]:
    book = load_workbook(io.BytesIO(content), read_only=True, data_only=results, keep_links=False)
    counted, formulas, found = 0, False, []
    for sheet in book.worksheets:
        rows: dict[int, dict[int, FoundCell]] = {}
        sheet.reset_dimensions()
        for number, row in enumerate(sheet.iter_rows(), 1):
            counted += len(row)
            if number > MOST_ROWS or len(row) > MOST_COLUMNS or counted > MOST_CELLS:
                raise SheetRefused(_("The sheet “%(sheet)s” is larger than a table can be.") % {"sheet": sheet.title})
            cells = {at: cell for at, one in enumerate(row, 1) if (cell := _cell(one)) is not None}
            if cells:
                rows[number] = cells
                formulas = formulas or any(cell.kind == "formula" for cell in cells.values())
        found.append(FoundSheet(sheet.title, rows, sheet.sheet_state != "visible"))
    return found, formulas


def _cell(one: Any) -> FoundCell | None:
    value = one.value
    if value is None or value == "":
        return None
    kind = {"f": "formula", "e": "error", "b": "truth", "d": "date"}.get(one.data_type, "text")
    if kind == "formula":
        return FoundCell(kind, value if isinstance(value, str) else str(getattr(value, "text", "") or "="))
    if kind == "text" and isinstance(value, datetime | date | time | timedelta):
        kind = "date"
    elif kind == "text" and isinstance(value, int | float):
        kind = "number"
    look = one.number_format or "" if kind in ("number", "date") else ""
    if kind == "text":
        return FoundCell(kind, str(value)) if str(value).strip() else None
    return FoundCell(kind, value, look)


def _with_results(found: list[FoundSheet], content: bytes) -> list[FoundSheet]:
    """What each formula last gave, to be shown, never taken."""
    results, _formulas = _opened(content, results=True)
    return [
        FoundSheet(
            sheet.title,
            {
                number: {at: _with_result(cell, kept.rows.get(number, {}).get(at)) for at, cell in row.items()}
                for number, row in sheet.rows.items()
            },
            sheet.is_hidden,
        )
        for sheet, kept in zip(found, results, strict=True)
    ]


def _with_result(cell: FoundCell, kept: FoundCell | None) -> FoundCell:
    return FoundCell(cell.kind, cell.value, cell.look, str(kept.value)) if cell.kind == "formula" and kept else cell


def _read_csv(content: bytes) -> Iterator[list[str]]:
    text = _decoded(content)
    first = re.sub(r'"[^"]*"', "", text.partition("\n")[0])
    delimiter = max(";\t,", key=first.count)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    except csv.Error as wrong:
        raise SheetRefused(_("This CSV file cannot be read. Save it again, or upload the .xlsx file.")) from wrong


def _decoded(content: bytes) -> str:
    coding = "utf-16" if content.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    start = content[:200].lstrip(b"\xef\xbb\xbf \r\n\t")
    if coding != "utf-16" and (b"\x00" in content or start.startswith((b"<", b"%PDF", b"{"))):
        raise SheetRefused(_("This is no workbook. Upload an .xlsx file, or one table as CSV."))
    try:
        return content.decode(coding)
    except UnicodeDecodeError as wrong:
        raise SheetRefused(
            _("The letters of this file cannot be read. Save it as “CSV UTF-8”, or upload the .xlsx file.")
        ) from wrong


def _numbered(lines: Iterator[list[str]]) -> dict[int, dict[int, FoundCell]]:
    rows: dict[int, dict[int, FoundCell]] = {}
    counted = 0
    for number, line in enumerate(lines, 1):
        counted += len(line)
        if len(line) > MOST_COLUMNS or counted > MOST_CELLS:
            raise SheetRefused(_("The sheet “%(sheet)s” is larger than a table can be.") % {"sheet": "CSV"})
        cells = {at: FoundCell("text", unguarded(text)) for at, text in enumerate(line, 1) if text.strip()}
        if cells:
            rows[number] = cells
    return rows
