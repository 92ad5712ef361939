"""Days, places and hours of a meeting in words. Pure functions."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_skeleton, format_time
from django.utils.translation import gettext as _

from ccm_portal.core import writing
from meetings.enums import DatePrecision, MeetingFormat
from meetings.models import Meeting, MeetingPart


def span_text(starts: date, ends: date, precision: str = DatePrecision.DAY) -> str:
    """13–16 September 2027; 30 August – 2 September 2022; September 2013 where only the month is known."""
    if precision == DatePrecision.MONTH:
        return writing.month_text(starts.year, starts.month)
    if starts == ends:
        return writing.date_text(starts)
    here, end = writing.locale(), writing.date_text(ends)
    if starts.year != ends.year:
        return f"{writing.date_text(starts)} – {end}"
    if here.language == "zh":
        rest = f"{ends.day}日" if starts.month == ends.month else format_skeleton("MMMMd", ends, locale=here)
        return f"{writing.date_text(starts)}至{rest}"
    if starts.month == ends.month:
        return f"{starts.day}–{end}"
    if here.language == "ar":
        return f"{starts.day} {writing.ARABIC_MONTHS[starts.month - 1]} – {end}"
    return f"{format_skeleton('MMMMd', starts, locale=here)} – {end}"


def weekday_text(day: date) -> str:
    """Monday, 13 September 2027."""
    here = writing.locale()
    return f"{format_date(day, 'EEEE', locale=here)}{writing.separator()}{writing.date_text(day)}"


def clock_text(moment: datetime, zone: str) -> str:
    """10:00, in the zone."""
    return format_time(moment, "HH:mm", tzinfo=ZoneInfo(zone), locale=writing.locale())


def offset_text(moment: datetime, zone: str) -> str:
    """UTC+2: how far the clocks of the zone stand from UTC at this moment."""
    offset = moment.astimezone(ZoneInfo(zone)).utcoffset()
    minutes = int(offset.total_seconds()) // 60 if offset else 0
    hours, rest = divmod(abs(minutes), 60)
    return f"UTC{'-' if minutes < 0 else '+'}{hours}{f':{rest:02}' if rest else ''}" if minutes else "UTC"


def place_text(part: MeetingPart) -> str:
    """Geneva; Geneva and online; Online; empty where nothing is known."""
    if part.format == MeetingFormat.VIRTUAL:
        return _("Online")
    if part.format == MeetingFormat.HYBRID:
        return _("%(city)s, and online") % {"city": part.city} if part.city else _("In a room and online")
    return part.city


def places_text(meeting: Meeting) -> str:
    """The places of all parts, each once. Its parts are at hand."""
    return writing.listed(dict.fromkeys(place for part in meeting.parts.all() if (place := place_text(part))))


def languages_text(codes: Iterable[str]) -> str:
    """English, French, Arabic; a code that nobody knows stands as it is."""
    return writing.listed(writing.language_name(code) for code in codes)
