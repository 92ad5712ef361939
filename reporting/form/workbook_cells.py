"""From a cell as a spreadsheet keeps it to the text that a person would have typed."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from ccm_portal.core.sheet_reading import FoundCell
from reporting.form.parts import Field
from reporting.form.values import DateRange, PartialDate, Text, Unreadable
from reporting.form.values.base import quoted
from reporting.form.values.dates import show_date
from reporting.form.values.numbers import as_written, plain
from reporting.form.values.vocabulary import YES_NO, say

MOST_FIGURES = 15  # a spreadsheet keeps no more of a number


def text_of(asked: Field, cell: FoundCell, *, language: str) -> str:
    """The text of a cell, for the kind of answer to read.

    :raises Unreadable: for a formula, an error, and where the spreadsheet has made something else of what was typed.
    """
    value = cell.value
    if cell.kind == "formula":
        raise Unreadable(_formula(cell))
    if cell.kind == "error":
        raise Unreadable(_("This cell holds an error of the spreadsheet. Write the answer itself."))
    if isinstance(value, bool):
        return say(YES_NO, "yes" if value else "no", language)
    if isinstance(value, int | float):
        return _number(asked, value, cell.look, language)
    if isinstance(value, datetime | date):
        return _date(asked, value, cell.look, language)
    if isinstance(value, time | timedelta):
        raise Unreadable(_("Excel has made a time of this. Give the cell the format “Text” and write it again."))
    return value


def _formula(cell: FoundCell) -> str:
    if cell.kept:
        return _("This cell holds a formula. Write the figure itself; its last result was %(result)s.") % {
            "result": quoted(cell.kept)
        }
    return _("This cell holds a formula. Write the figure itself.")


def _number(asked: Field, value: int | float, look: str, language: str) -> str:
    number = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise Unreadable(_("This cell holds an error of the spreadsheet. Write the answer itself."))
    if isinstance(asked.kind, Text) and abs(number) >= 10**MOST_FIGURES:
        raise Unreadable(
            _("Excel rounds numbers of more than 15 figures. Give the cell the format “Text” and write it again.")
        )
    if isinstance(value, float):
        number = Decimal(f"{value:.{MOST_FIGURES}g}")  # as the spreadsheet shows it: 0.3, not 0.30000000000000004
    if "%" in look:
        return f"{as_written(plain(number * 100), language)} %"
    return as_written(plain(number), language)


def _date(asked: Field, value: datetime | date, look: str, language: str) -> str:
    day = value.date() if isinstance(value, datetime) else value
    known = _as_far_as_known(day, look)
    if isinstance(asked.kind, PartialDate | DateRange):
        return known
    raise Unreadable(
        _(
            "Excel has made a date of this: %(date)s. Give the cell the format “Text” and write again what stood there,"
            " for instance %(example)s."
        )
        % {"date": show_date(known, language), "example": f"{day.month}-{day.year % 100:02d}"}
    )


def _as_far_as_known(day: date, look: str) -> str:
    """A day that is shown as a month or a year was typed as one."""
    shown = look.casefold()
    if "d" in shown or "y" not in shown:
        return day.isoformat()
    return day.isoformat()[: 7 if "m" in shown else 4]
