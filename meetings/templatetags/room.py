"""Template tags of the room: minutes and seconds, instants for the clock of a page, whom a slot is for."""

from datetime import datetime
from zoneinfo import ZoneInfo

from babel.dates import format_time
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ccm_portal.core import writing
from meetings.domain import floor_words

register = template.Library()


@register.filter
def minutes(seconds: int | None) -> SafeString:
    """{{ slot.limit_seconds|minutes }} -> 4:00, kept left to right."""
    if seconds is None:
        return SafeString("")
    return format_html('<bdi dir="ltr">{}</bdi>', floor_words.clock_text(seconds))


@register.filter
def clock_digits(seconds: int) -> str:
    """{{ slot.limit_seconds|clock_digits }} -> 4:00 without markup, for a box."""
    return floor_words.clock_text(seconds)


@register.filter
def row_id(pk: int, name: str) -> str:
    """{{ slot.pk|row_id:"up" }} -> up-17: a place that the keyboard returns to."""
    return f"{name}-{pk}"


@register.filter
def milliseconds(moment: datetime | None) -> str:
    """{{ slot.counted_from|milliseconds }} -> 1821168000000: what the clock of a page counts from."""
    return str(round(moment.timestamp() * 1000)) if moment else ""


@register.filter
def second_in(moment: datetime | None, zone: str) -> SafeString:
    """{{ slot.started_at|second_in:meeting.time_zone }} -> <time>10:42:05</time>, at the venue."""
    if moment is None:
        return SafeString("")
    text = format_time(moment, "HH:mm:ss", tzinfo=ZoneInfo(zone or "UTC"), locale=writing.locale())
    return format_html('<time datetime="{}">{}</time>', moment.isoformat(timespec="seconds"), text)
