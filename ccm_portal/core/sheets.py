"""Spreadsheets that leave: XLSX and CSV in which no cell can run, whatever text it holds.

In XLSX a text is a string cell, never a formula, and bears the mark that keeps it one when it is edited. CSV knows no
types, so there a text that a spreadsheet could take for a formula begins with an apostrophe (``guarded``), which
``unguarded`` takes off again. The same book gives the same bytes each time.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.utils.cell import quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | Decimal | date | None

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
BYTE_ORDER_MARK = "\ufeff"  # tells spreadsheets that a CSV is UTF-8

LONGEST_TEXT = 32_767  # of one cell of XLSX
LONGEST_TITLE = 31  # of a sheet
MOST_FIGURES = 15  # a spreadsheet keeps no more of a number
NARROWEST, WIDEST = 9, 60
CHOICES = "choices"  # the hidden sheet behind the lists to choose from

# What a spreadsheet may run: a formula, a command, also behind blanks or a mark that is not seen, also in wide letters.
_RUNS = r"(?:[\s\ufeff\u200b-\u200f]*[=+\-@＝＋－＠]|[\t\r])"
_GUARDED = re.compile(rf"'*{_RUNS}")
# What XML cannot hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_TITLE = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_OLDEST = (1980, 1, 1, 0, 0, 0)  # the first moment a ZIP can tell


@dataclass(frozen=True, kw_only=True)
class Column:
    """``key`` is what a program knows it by. ``faint``: not to be written in. ``choices`` are offered only."""

    label: str
    key: str = ""
    width: int = 0  # in letters; 0: by what stands in it
    faint: bool = False
    choices: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A table under one row of labels. ``keyed`` puts the keys into a hidden row below them."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    keyed: bool = False


@dataclass(frozen=True, kw_only=True)
class Page:
    """A sheet to read: a heading, then lines of a label and a text; a line without a label runs across."""

    title: str
    heading: str
    lines: Sequence[tuple[str, Value]]


@dataclass(frozen=True, kw_only=True)
class Book:
    """A whole file. ``mark`` says where it comes from and what may be done with it; ``at`` is its date."""

    title: str
    mark: str
    at: datetime
    sheets: Sequence[Sheet | Page]
    language: str = "en"

    @property
    def right_to_left(self) -> bool:
        return self.language == "ar"


def plain(text: str) -> str:
    """Without what XML cannot hold, and no longer than a cell."""
    return _NOT_XML.sub("", text.replace("\r\n", "\n"))[:LONGEST_TEXT]


def may_run(text: str) -> bool:
    """Whether a spreadsheet could take the text for a formula."""
    return bool(_GUARDED.match(text))


def guarded(text: str) -> str:
    """The text as it stands in CSV."""
    return f"'{text}" if may_run(text) else text


def unguarded(text: str) -> str:
    """The text that ``guarded`` was given."""
    return text[1:] if text.startswith("'") and may_run(text[1:]) else text


def csv_text(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV, with the mark that tells spreadsheets that it is UTF-8. Numbers are numbers; ``None`` is blank."""
    text = io.StringIO()
    csv.writer(text).writerows([[_csv_cell(value) for value in row] for row in rows])
    return BYTE_ORDER_MARK + text.getvalue()


def _csv_cell(value: object) -> object:
    if value is None:
        return ""
    return value if isinstance(value, int | Decimal) else guarded(str(value))


def sheet_titles(wanted: Iterable[str]) -> list[str]:
    """Names that every spreadsheet takes: short, without signs that mean something, each once whatever its case."""
    taken: set[str] = {"history", CHOICES}
    titles = []
    for name in wanted:
        clean = " ".join(_NOT_IN_TITLE.sub(" ", plain(name)).split()) or "1"
        title, number = _short(clean, LONGEST_TITLE), 2
        while title.casefold() in taken:
            ending = f" {number}"
            title, number = _short(clean, LONGEST_TITLE - len(ending)) + ending, number + 1
        taken.add(title.casefold())
        titles.append(title)
    return titles


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def xlsx(book: Book) -> bytes:
    """The book as a file. No cell of it is a formula, whatever it holds."""
    made = Workbook(write_only=True)
    made.properties.title = plain(book.title)
    made.properties.description = plain(book.mark)
    made.properties.language = book.language
    made.properties.creator = "Convention on Cluster Munitions portal"
    made.properties.created = made.properties.modified = book.at.astimezone(UTC).replace(tzinfo=None)
    looks = _Looks(made)
    lists: list[Sequence[str]] = []
    for sheet, title in zip(book.sheets, sheet_titles(sheet.title for sheet in book.sheets), strict=True):
        page = made.create_sheet(title)
        page.sheet_view.rightToLeft = book.right_to_left
        page.oddFooter.center.text = plain(book.mark)[:200].replace("&", "&&")
        if isinstance(sheet, Page):
            _write_page(page, sheet, looks)
        else:
            _write_sheet(page, sheet, looks, lists)
    if lists:
        _write_choices(made.create_sheet(CHOICES), lists, looks)
    written = io.BytesIO()
    made.save(written)
    return _same_each_time(written.getvalue(), book.at)


class _Looks:
    """The few ways a cell looks, each made once: giving every cell its own costs ten times as much."""

    def __init__(self, book: Any) -> None:
        scratch = book.create_sheet("scratch")
        wrapped = Alignment(vertical="top", wrap_text=True)
        band = PatternFill("solid", fgColor="DCE6F0")
        faint = PatternFill("solid", fgColor="EDEDED")
        self.text = self._made(scratch, alignment=wrapped, number_format="@", quotePrefix=True)
        self.faint = self._made(
            scratch, alignment=wrapped, number_format="@", quotePrefix=True, fill=faint, font=Font(color="6B6B6B")
        )
        self.number = self._made(scratch, alignment=Alignment(vertical="top"), number_format="General")
        self.date = self._made(scratch, alignment=Alignment(vertical="top"), number_format="yyyy-mm-dd")
        self.label = self._made(
            scratch, alignment=wrapped, number_format="@", quotePrefix=True, fill=band, font=Font(bold=True)
        )
        self.heading = self._made(scratch, number_format="@", quotePrefix=True, font=Font(bold=True, size=14))
        self.strong = self._made(scratch, alignment=wrapped, number_format="@", quotePrefix=True, font=Font(bold=True))
        book.remove(scratch)

    @staticmethod
    def _made(sheet: Any, **how: Any) -> Any:
        cell = WriteOnlyCell(sheet)
        for name, value in how.items():
            setattr(cell, name, value)
        return copy(cell._style)


def _cell(sheet: Worksheet, value: Value, look: Any) -> Any:
    """A cell whose type is what we say, not what its text looks like."""
    cell = WriteOnlyCell(sheet)
    if isinstance(value, str):
        cell._value, cell.data_type = plain(value), "s"
    elif value is not None:
        cell.value = value
    cell._style = look
    return cell


def _written(sheet: Worksheet, value: Value, looks: _Looks, *, faint: bool = False) -> Any:
    if isinstance(value, int | Decimal):
        if len(str(value).lstrip("-0.").replace(".", "")) > MOST_FIGURES:
            return _cell(sheet, str(value), looks.text)
        return _cell(sheet, value, looks.number)
    if isinstance(value, date):
        return _cell(sheet, value, looks.date)
    if value is None and not faint:
        return _cell(sheet, None, looks.text)
    return _cell(sheet, value, looks.faint if faint else looks.text)


def _write_page(sheet: Worksheet, page: Page, looks: _Looks) -> None:
    sheet.column_dimensions["A"].width = 28
    sheet.column_dimensions["B"].width = 80
    sheet.append([_cell(sheet, page.heading, looks.heading)])
    sheet.append([])
    for label, text in page.lines:
        sheet.append([_cell(sheet, label, looks.strong), _written(sheet, text, looks)])


def _write_sheet(sheet: Worksheet, table: Sheet, looks: _Looks, lists: list[Sequence[str]]) -> None:
    above = 2 if table.keyed else 1
    sheet.freeze_panes = f"{'B' if table.columns and table.columns[0].faint else 'A'}{above + 1}"
    if table.keyed:
        sheet.row_dimensions[2].hidden = True
    for at, column in enumerate(table.columns):
        whole = sheet.column_dimensions[get_column_letter(at + 1)]
        whole.width = column.width or _width(table, at)
        if table.keyed:
            whole._style = copy(looks.text)  # what is typed into a new row stays text too: 2-76 is no date
        if column.choices:
            sheet.data_validations.append(_offered(column, get_column_letter(at + 1), above + 1, lists))
    sheet.append([_cell(sheet, column.label, looks.label) for column in table.columns])
    if table.keyed:
        sheet.append([_cell(sheet, column.key, looks.faint) for column in table.columns])
    faint = [column.faint for column in table.columns]
    for row in table.rows:
        sheet.append([_written(sheet, value, looks, faint=dim) for value, dim in zip(row, faint, strict=True)])


def _width(table: Sheet, at: int) -> int:
    """Wide enough for most of what stands in the first rows."""
    texts = [str(row[at] or "") for row in table.rows[:100]]
    longest = max([len(line) for text in texts for line in text.split("\n")] or [0])
    return min(max(longest + 2, len(table.columns[at].label) // 2 + 4, NARROWEST), WIDEST)


def _offered(column: Column, letter: str, first: int, lists: list[Sequence[str]]) -> DataValidation:
    """A list to choose from. Other texts may be written too: "unknown" is an answer."""
    if column.choices not in lists:
        lists.append(column.choices)
    at = get_column_letter(lists.index(column.choices) + 1)
    source = f"{quote_sheetname(CHOICES)}!${at}$1:${at}${len(column.choices)}"
    offered = DataValidation(type="list", formula1=source, allow_blank=True, showErrorMessage=False)
    offered.add(f"{letter}{first}:{letter}{first + 20_000}")
    return offered


def _write_choices(sheet: Worksheet, lists: list[Sequence[str]], looks: _Looks) -> None:
    sheet.sheet_state = "hidden"
    for at in range(max(map(len, lists))):
        sheet.append([_cell(sheet, one[at] if at < len(one) else None, looks.text) for one in lists])


def _same_each_time(content: bytes, at: datetime) -> bytes:
    """The same file without the moment of its writing: the same content gives the same bytes."""
    moment = at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>" + moment, part)
            entry = zipfile.ZipInfo(name, _OLDEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, part)
    return packed.getvalue()
