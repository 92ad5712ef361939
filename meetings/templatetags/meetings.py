"""Template tags of the pages of meetings: their tabs, their days and hours in words."""

from datetime import date, datetime
from typing import Any

from django import template
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from ccm_portal.core import clock
from meetings.domain import reading, words
from meetings.domain.floor import is_live
from meetings.enums import MeetingStatus
from meetings.models import Meeting, MeetingPart, Sitting
from meetings.rules import is_public

register = template.Library()

ROOM = "room"
TABS = (
    ("overview", "meetings:meeting-detail", pgettext_lazy("tab of a meeting", "Overview")),
    ("agenda", "meetings:agenda", _("Agenda")),
    ("papers", "meetings:meeting-papers", pgettext_lazy("tab of a meeting", "Papers")),
    ("participants", "meetings:participants", _("Participants")),
    ("decisions", "meetings:meeting-decisions", pgettext_lazy("tab of a meeting", "Decisions")),
    (ROOM, "meetings:room", pgettext_lazy("tab of a meeting", "In the room")),
)
# The same for a meeting of members alone, as far as there are such pages.
FOR_MEMBERS = {
    "overview": "meetings:meeting-desk",
    "agenda": "meetings:agenda-for-members",
    "decisions": "meetings:decisions-for-members",
    ROOM: "meetings:room-members",
}


@register.simple_tag(takes_context=True)
def meeting_tabs(context: Context, meeting: Meeting, here: str) -> list[dict[str, Any]]:
    """The views of a meeting whose address exists. The room stands there while it is to be followed (``on``)."""
    on, public = context.get("on"), is_public(meeting)
    tabs = []
    for name, address, label in TABS:
        if name == ROOM and here != ROOM and not (on and is_live(meeting, on=on)):
            continue
        if not public and name not in FOR_MEMBERS:
            continue
        try:
            url = reverse(address if public else FOR_MEMBERS[name], args=[meeting.key])
        except NoReverseMatch:
            continue
        tabs.append({"label": label, "url": url, "current": name == here})
    return tabs


@register.filter
def status_words(meeting: Meeting) -> str:
    """{{ meeting|status_words }} -> Announced; Held once its last day is over, which no status says."""
    if meeting.status == MeetingStatus.PLANNED and meeting.ends < clock.today():
        return pgettext("meeting status", "Held")
    return str(meeting.get_status_display())


@register.filter
def when_where(meeting: Meeting) -> str:
    """{{ meeting|when_where }} -> 13–16 September 2027, Geneva"""
    return reading.sentence(meeting)


@register.filter
def all_days(meeting: Meeting) -> str:
    """{{ meeting|all_days }} -> 25–27 November 2020; 20–21 September 2021"""
    return reading.days_text(meeting)


@register.filter
def span(thing: Any) -> str:
    """{{ part|span }} -> 13–16 September 2027, of anything with two days, a precision too where it has one."""
    return words.span_text(thing.starts, thing.ends, getattr(thing, "precision", "day"))


@register.filter
def place(part: MeetingPart) -> str:
    """{{ part|place }} -> Geneva, and online"""
    return words.place_text(part)


@register.filter
def weekday(day: date) -> str:
    """{{ day|weekday }} -> Monday, 13 September 2027"""
    return words.weekday_text(day)


@register.simple_tag
def hours(sitting: Sitting, zone: str) -> SafeString:
    """{% hours sitting zone %} -> 10:00–13:00, each end a <time> that says the instant in UTC."""
    return format_html(
        '<span class="hours"><time datetime="{}">{}</time>–<time datetime="{}">{}</time></span>',
        _utc(sitting.starts_at),
        words.clock_text(sitting.starts_at, zone),
        _utc(sitting.ends_at),
        words.clock_text(sitting.ends_at, zone),
    )


def _utc(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%MZ}"


@register.filter
def offset_in(moment: datetime, zone: str) -> str:
    """{{ sitting.starts_at|offset_in:zone }} -> UTC+2"""
    return words.offset_text(moment, zone)


@register.filter
def languages_named(codes: list[str]) -> str:
    """{{ meeting.languages|languages_named }} -> English, French, Arabic"""
    return words.languages_text(codes)


@register.filter
def places(meeting: Meeting) -> str:
    """{{ meeting|places }} -> Vientiane, of all its parts."""
    return words.places_text(meeting)


@register.filter
def host_affected(meeting: Meeting) -> bool:
    """Whether a host of the meeting is affected by cluster munitions."""
    return any(reading.host_is_affected(part) for part in meeting.parts.all())
