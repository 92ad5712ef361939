"""Months and years on the calendar. A day that the target month lacks becomes its last day."""

from calendar import monthrange
from datetime import date


def add_months(day: date, months: int) -> date:
    """The same day number ``months`` later (or earlier, if negative), clamped to the month's end."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    month = month0 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def add_years(day: date, years: int) -> date:
    """The same day and month ``years`` later; 29 February becomes 28 February where it must."""
    return add_months(day, 12 * years)
