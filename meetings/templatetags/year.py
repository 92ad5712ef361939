"""The drawing of a year: where each run of days lies on a line of 365 days."""

from datetime import date
from typing import Any

from babel.dates import get_month_names
from django import template

from ccm_portal.core import writing
from meetings.domain.year_calendar import Entry, Row

register = template.Library()
SHORTEST = 4  # days: what is shorter could not be seen


@register.simple_tag
def year_bars(row: Row, year: int) -> list[dict[str, Any]]:
    """The bars of one instrument, in days from 1 January; only what lies in the year."""
    return [_bar(one, year) for one in row.entries]


def _bar(one: Entry, year: int) -> dict[str, Any]:
    first, last = date(year, 1, 1), date(year, 12, 31)
    starts, ends = max(one.starts, first), min(one.ends, last)
    x, width = (starts - first).days, max((ends - starts).days + 1, SHORTEST)
    kind = "off" if one.is_off else "usual" if one.is_usual or not one.is_exact else "known"
    return {"x": min(x, 365 - width), "width": width, "kind": kind, "words": f"{one.title}: {one.when}"}


@register.simple_tag
def month_starts(year: int) -> list[int]:
    """The day of the year on which each month but the first begins."""
    return [(date(year, month, 1) - date(year, 1, 1)).days for month in range(2, 13)]


@register.simple_tag
def month_initials() -> list[dict[str, str]]:
    """The months as a narrow head of twelve columns, each with its full name."""
    here = writing.locale()
    names = get_month_names("wide", context="stand-alone", locale=here)
    short = get_month_names("narrow", context="stand-alone", locale=here)
    return [{"short": short[number], "name": names[number]} for number in range(1, 13)]


@register.simple_tag
def day_of_year(day: date, year: int) -> int | None:
    """Where today stands on the line; none in another year."""
    return (day - date(year, 1, 1)).days if day.year == year else None
