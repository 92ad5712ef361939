"""Meetings as everybody reads them: the list by year, and one meeting with all that is known of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from ccm_portal.core import writing
from ccm_portal.core.enums import Known
from committees.enums import BodyNature
from meetings.domain import words
from meetings.domain.local_times import day_there
from meetings.enums import MeetingAudience, MeetingKind, MeetingStatus, Office
from meetings.models import Meeting, MeetingPart, Officer, Sitting

FIRST_YEAR = 2010  # of the Convention in force, and of the First Meeting of States Parties


@dataclass
class Year:
    """The meetings of one year, earliest first, and what is said where the committees did not meet together."""

    year: int
    meetings: list[Meeting] = field(default_factory=list)
    no_joint_meeting: str = ""


@dataclass(frozen=True)
class Day:
    """The sittings of one day, in the venue's time."""

    day: date
    sittings: list[Sitting]


def listed(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """With what a line about a meeting says: places, hosts, who presides, who convenes."""
    presiding = Officer.objects.filter(office__in=[Office.PRESIDENT, Office.CHAIR]).select_related("state")
    return meetings.select_related("parent").prefetch_related(
        Prefetch("parts", MeetingPart.objects.select_related("host").order_by("number")),
        Prefetch("officers", presiding.order_by("position", "pk"), to_attr="presiding"),
        "convened_by__kind",
    )


def whole(meetings: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """With everything that the page of one meeting shows."""
    return meetings.select_related("parent").prefetch_related(
        Prefetch("parts", MeetingPart.objects.select_related("host").order_by("number")),
        "parts__date_changes",
        Prefetch("parts__sittings", Sitting.objects.order_by("starts_at")),
        Prefetch("officers", Officer.objects.select_related("state").order_by("position", "pk")),
        "convened_by__kind",
        "joint_with",
        "with_states",
    )


def is_joint_committee_meeting(meeting: Meeting) -> bool:
    """Whether the committees meet together in it, open to all: an intersessional meeting, or several in one."""
    if meeting.status == MeetingStatus.CANCELLED or meeting.audience != MeetingAudience.OPEN:
        return False
    if meeting.kind == MeetingKind.INTERSESSIONAL:
        return True
    committees = [body for body in meeting.convened_by.all() if body.kind.nature == BodyNature.COMMITTEE]
    return meeting.kind == MeetingKind.BODY and len(committees) > 1


def joint_meeting_words(year: int, meetings: Iterable[Meeting], *, on: date) -> str:
    """What is said of a year in which the committees do not meet together; empty where they do."""
    if any(is_joint_committee_meeting(meeting) for meeting in meetings):
        return ""
    if year < on.year:
        return _("No joint meeting of the committees is on record for %(year)s.") % {"year": year}
    return _("No joint meeting of the committees is planned for %(year)s.") % {"year": year}


def years(meetings: Iterable[Meeting], *, on: date) -> list[Year]:
    """Every year from the first to the last that has a meeting, and this one; the newest first."""
    by_year: dict[int, list[Meeting]] = defaultdict(list)
    for meeting in sorted(meetings, key=lambda one: (one.starts, one.key)):
        for year in sorted({part.starts.year for part in meeting.parts.all()} or {meeting.starts.year}):
            by_year[year].append(meeting)
    if not by_year:
        return []
    last = max(*by_year, on.year)
    return [
        Year(year, by_year[year], joint_meeting_words(year, by_year[year], on=on))
        for year in range(last, min(by_year) - 1, -1)
    ]


def upcoming(meetings: Iterable[Meeting], *, on: date) -> list[Meeting]:
    """What runs or lies ahead and was not called off, soonest first."""
    ahead = [one for one in meetings if one.ends >= on and one.status != MeetingStatus.CANCELLED]
    return sorted(ahead, key=lambda one: (one.starts, one.key))


def days(part: MeetingPart, zone: str) -> list[Day]:
    """The sittings of a part by the day at the venue."""
    by_day: dict[date, list[Sitting]] = defaultdict(list)
    for sitting in part.sittings.all():
        by_day[day_there(sitting.starts_at, zone)].append(sitting)
    return [Day(day, by_day[day]) for day in sorted(by_day)]


def host_is_affected(part: MeetingPart) -> bool:
    """Whether the host is affected by cluster munitions: the paper of 2010 prefers such places."""
    return part.host is not None and part.host.affected == Known.YES


def days_text(meeting: Meeting) -> str:
    """13–16 September 2027; of a meeting in parts the days of each. Its parts are at hand."""
    parts = list(meeting.parts.all())
    if len(parts) < 2:
        return words.span_text(meeting.starts, meeting.ends, meeting.precision)
    return writing.listed((words.span_text(part.starts, part.ends) for part in parts), strong=True)


def sentence(meeting: Meeting) -> str:
    """13–16 September 2027, Geneva. Its parts are at hand."""
    parts = list(meeting.parts.all())
    if len(parts) < 2:
        told = [words.span_text(meeting.starts, meeting.ends, meeting.precision), words.places_text(meeting)]
        return writing.listed(filter(None, told))
    spans = ([words.span_text(part.starts, part.ends), words.place_text(part)] for part in parts)
    return writing.listed((writing.listed(filter(None, span)) for span in spans), strong=True)


def is_running(meeting: Meeting, *, at: datetime) -> bool:
    """Whether one of its days is today at the venue."""
    today = day_there(at, meeting.time_zone)
    if meeting.status != MeetingStatus.PLANNED:
        return False
    return any(part.starts <= today <= part.ends for part in meeting.parts.all())
