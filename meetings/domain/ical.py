"""iCalendar (RFC 5545): events and the clocks of their zones, as text. No query.

The same events give the same bytes each time. ``icalendar`` writes the lines; the descriptions of zones are made here,
since an onset is written by the clock that was in force before it (3.6.5), also where the clocks go forward.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from unicodedata import category
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Timezone, TimezoneDaylight, TimezoneStandard
from icalendar.prop import vUTCOffset

PRODUCT = "-//Convention on Cluster Munitions//CCM portal//EN"
HOST = "ccm-portal"  # of every UID, whatever the address of the portal: an event stays the same event
CONFIRMED, TENTATIVE, CANCELLED = "CONFIRMED", "TENTATIVE", "CANCELLED"
REFRESH = "PT1H"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One event. Days are whole days, the last included; moments are in UTC and shown by the clocks of ``zone``."""

    uid: str
    title: str
    starts: date | datetime
    ends: date | datetime
    changed_at: datetime
    zone: str = ""
    sequence: int = 0
    status: str = CONFIRMED
    place: str = ""
    text: str = ""
    url: str = ""
    category: str = ""


def calendar(name: str, entries: Sequence[Entry]) -> bytes:
    """A whole feed."""
    feed = Calendar()
    feed.add("prodid", PRODUCT)
    feed.add("version", "2.0")
    feed.add("calscale", "GREGORIAN")
    feed.add("method", "PUBLISH")
    feed.add("name", one_line(name))
    feed.add("x-wr-calname", one_line(name))
    feed.add("refresh-interval", timedelta(hours=1), parameters={"value": "DURATION"})
    feed.add("x-published-ttl", REFRESH)
    for zone, first, last in _zones(entries):
        feed.add_component(zone_component(zone, first, last))
    for entry in entries:
        feed.add_component(_event(entry))
    written: bytes = feed.to_ical(sorted=False)
    return written


def _event(entry: Entry) -> Event:
    event = Event()
    event.add("uid", f"{entry.uid}@{HOST}")
    event.add("dtstamp", entry.changed_at.astimezone(UTC))
    event.add("last-modified", entry.changed_at.astimezone(UTC))
    event.add("sequence", entry.sequence)
    event.add("status", entry.status)
    event.add("summary", one_line(entry.title))
    if isinstance(entry.starts, datetime) and isinstance(entry.ends, datetime):
        there = ZoneInfo(entry.zone) if entry.zone else UTC
        event.add("dtstart", entry.starts.astimezone(there))
        event.add("dtend", entry.ends.astimezone(there))
    else:
        event.add("dtstart", entry.starts)
        event.add("dtend", entry.ends + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
    said_of = (("location", one_line(entry.place)), ("description", _lines(entry.text)), ("url", entry.url))
    for name, said in said_of:
        if said:
            event.add(name, said)
    if entry.category:
        event.add("categories", [entry.category])
    return event


def one_line(text: str) -> str:
    """On one line, without signs that a calendar may not hold."""
    return " ".join(_lines(text).split())


def _lines(text: str) -> str:
    """Line by line, whatever sign was set between: a sign that some reader takes for the end of a line would begin a
    property of its own. Other control characters have no place in a calendar (RFC 5545, 3.3.11)."""
    lines = text.splitlines()
    return "\n".join("".join(sign for sign in line if sign == "\t" or category(sign) != "Cc") for line in lines)


def _zones(entries: Iterable[Entry]) -> list[tuple[str, int, int]]:
    """Each zone with the years that its clocks are to be described for."""
    years: dict[str, set[int]] = {}
    for entry in entries:
        if entry.zone and isinstance(entry.starts, datetime):
            years.setdefault(entry.zone, set()).update({entry.starts.year, entry.ends.year})
    return [(zone, min(years[zone]), max(years[zone])) for zone in sorted(years)]


def zone_component(zone: str, first: int, last: int) -> Timezone:
    """The clocks of a zone from the beginning of the year ``first`` to the end of the year ``last``."""
    component = Timezone()
    component.add("tzid", zone)
    begins = datetime(first - 1, 12, 31, tzinfo=UTC)
    component.add_component(_observance(zone, begins, onset=begins.replace(tzinfo=None), before=begins))
    for change in changes(zone, first, last):
        before = change - timedelta(seconds=1)
        onset = (change + _offset(zone, before)).replace(tzinfo=None)
        component.add_component(_observance(zone, change, onset=onset, before=before))
    return component


def _observance(zone: str, at: datetime, *, onset: datetime, before: datetime) -> TimezoneStandard | TimezoneDaylight:
    here = at.astimezone(ZoneInfo(zone))
    observance = TimezoneDaylight() if here.dst() else TimezoneStandard()
    observance.add("dtstart", onset)
    observance.add("tzname", here.tzname())
    observance.add("tzoffsetfrom", vUTCOffset(_offset(zone, before)))
    observance.add("tzoffsetto", vUTCOffset(_offset(zone, at)))
    return observance


@lru_cache(maxsize=256)
def changes(zone: str, first: int, last: int) -> tuple[datetime, ...]:
    """The instants, in UTC and to the second, at which the clocks of a zone are changed within these years."""
    found = []
    day, end = datetime(first, 1, 1, tzinfo=UTC), datetime(last + 1, 1, 1, tzinfo=UTC)
    while day < end:
        following = day + timedelta(days=1)
        if _offset(zone, day) != _offset(zone, following):
            before, after = day, following
            while after - before > timedelta(seconds=1):
                middle = before + (after - before) // 2
                middle = middle.replace(microsecond=0)
                if _offset(zone, middle) == _offset(zone, day):
                    before = middle
                else:
                    after = middle
            found.append(after)
        day = following
    return tuple(found)


def _offset(zone: str, at: datetime) -> timedelta:
    return at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
