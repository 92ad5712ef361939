"""What the rows of a table add up to, for readers. Derived, never part of what a State files.

A total is drawn only where it is true whatever the State meant:

* Counts, areas and money that statistics know (``Field.measure``) add up. Years, names, shares and lengths do not, nor
  do rows that count different things (all casualties so far, and those of the period).
* Exact numbers give an exact total. One kind of inexact number passes on to it: "about", "at least" or "at most".
  "Unknown" and blank may hide a number: the total is "at least". Two kinds together give none.
* "None" is nothing, and so is "not applicable".
* Money is added up in each currency by itself.
* A table in which the State itself wrote a total has it, and gets no second one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from reporting.form.common import Json
from reporting.form.figures import measure_named, number_of
from reporting.form.parts import Field, Table
from reporting.form.values import Area, Money
from reporting.form.values.measures import money_text, size_text
from reporting.form.values.numbers import in_locale, plain
from reporting.form.values.vocabulary import fold, with_precision

EXACT, AT_LEAST = "exact", "at_least"
A_NAME = 40  # letters; a longer text is prose

_TOTALS = re.compile(
    r"\b(?:sub-?|grand )?totals?\b|\btotaux\b|\bsubtotal(?:es)?\b|\btotales\b|\bsum\b|\bsomme\b|\bsuma\b"
    r"|\b(?:итого|всего|итог|сумма)\b|\b(?:ال)?(?:مجموع|اجمالي)\b"
    "|总计|合计|小计|总数|總計|合計"
)


def totals(table: Table, columns: Sequence[Field], rows: Sequence[Json], language: str) -> tuple[str, ...]:
    """A text for each of ``columns``, "" where there is no total; nothing at all if no column has one.

    :param rows: all rows of the table that say something.
    """
    if len(rows) < 2 or any(_is_total(table, row) for row in rows):
        return ()
    found = tuple(_total(column, rows, language) for column in columns)
    return found if any(found) else ()


def _is_total(table: Table, row: Json) -> bool:
    """Whether the State calls this row a total, in any of its languages."""
    return any(_TOTALS.search(fold(text)) for text in _names(table, row["cells"]))


def _names(table: Table, cells: Json) -> Iterator[str]:
    """The short texts of a row, where somebody would write what it is. Prose may speak of totals."""
    for column in table.columns:
        text = str((cells.get(column.key) or {}).get("text", ""))
        prose = column.kind.multiline and not (column.names_row and len(text) <= A_NAME)
        if text and not prose:
            yield text


def _total(column: Field, rows: Sequence[Json], language: str) -> str:
    if not column.measure or len({measure_named(column, row["cells"]) for row in rows}) > 1:
        return ""
    cells = [row["cells"].get(column.key) for row in rows]
    if any(cell and cell["is"] == "unreadable" for cell in cells):
        return ""
    given = [cell for cell in cells if cell and cell["is"] == "given"]
    open_ended = any(cell is None or cell["is"] == "unknown" for cell in cells)
    if isinstance(column.kind, Money):
        return "\n".join(_of_money(column, given, open_ended, language))
    if len([cell for cell in cells if cell and cell["is"] in ("given", "none")]) < 2:
        return ""
    precision = _precision(given, open_ended)
    number = sum((_number(column, cell) for cell in given), Decimal(0))
    return with_precision(precision, _written(column, number, given, language), language) if precision else ""


def _of_money(column: Field, given: Sequence[Json], open_ended: bool, language: str) -> Iterator[str]:
    """One subtotal for each currency, unless every row has a currency of its own or one of them has no true total."""
    by_currency: dict[str, list[Json]] = {}
    for cell in given:
        by_currency.setdefault(cell["currency"], []).append(cell)
    precisions = {currency: _precision(cells, open_ended) for currency, cells in by_currency.items()}
    if all(len(cells) < 2 for cells in by_currency.values()) or not all(precisions.values()):
        return
    for currency, cells in by_currency.items():
        number = sum((_number(column, cell) for cell in cells), Decimal(0))
        yield with_precision(precisions[currency], money_text(plain(number), currency, language), language)


def _number(column: Field, cell: Json) -> Decimal:
    number, _unit = number_of(column, cell)
    return number or Decimal(0)


def _precision(given: Sequence[Json], open_ended: bool) -> str:
    """How exact the sum is; "" if nothing true can be said of it."""
    kinds = {cell["precision"] for cell in given} | ({AT_LEAST} if open_ended else set())
    kinds.discard(EXACT)
    if len(kinds) > 1:
        return ""
    return kinds.pop() if kinds else EXACT


def _written(column: Field, number: Decimal, given: Sequence[Json], language: str) -> str:
    """Land in the unit of all its rows, if they have one, and in square metres."""
    if not isinstance(column.kind, Area):
        return in_locale(plain(number), language)
    units = {cell["unit"] for cell in given}
    unit = units.pop() if len(units) == 1 else "m2"
    amount = sum((Decimal(cell["amount"]) for cell in given), Decimal(0)) if unit != "m2" else number
    return size_text(plain(amount), unit, plain(number), language)
