"""How a sitting is named in a line: in the venue's time."""

from babel.dates import format_skeleton

from ccm_portal.core import writing
from meetings.domain.agenda_reading import SittingOf
from meetings.domain.local_times import day_there
from meetings.domain.words import clock_text


def sitting_text(sitting: SittingOf, zone: str) -> str:
    """Mon 13 Sept, 10:00."""
    return writing.listed((day_text(sitting, zone), clock_text(sitting.starts_at, zone)))


def short_text(sitting: SittingOf, zone: str) -> str:
    """Mon 13, 10:00: for lists where the month is plain."""
    day = day_there(sitting.starts_at, zone)
    return writing.listed((format_skeleton("Ed", day, locale=writing.locale()), clock_text(sitting.starts_at, zone)))


def day_text(sitting: SittingOf, zone: str) -> str:
    """Mon 13 Sept."""
    day, here = day_there(sitting.starts_at, zone), writing.locale()
    if here.language == "ar":
        return f"{format_skeleton('EEE', day, locale=here)} {day.day} {writing.ARABIC_MONTHS[day.month - 1]}"
    return format_skeleton("MMMEd", day, locale=here)
