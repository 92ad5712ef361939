"""The days around a request: which meeting decides, by when it must be lodged, how far an extension can reach."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from ccm_portal.core.clock_sentences import explain
from ccm_portal.core.enums import Clock
from ccm_portal.core.models import StateClock
from ccm_portal.treaty import deadlines
from ccm_portal.treaty.clocks import Obligation, Reasoned, deciding_meeting, extension_limit, extension_lodging
from meetings.enums import FORMAL_KINDS, DatePrecision, MeetingStatus
from meetings.models import Meeting
from meetings.rules import public_meetings

# States Parties meet once a year: a deadline further than that from the last known meeting has others before it.
LONGEST_BETWEEN_MEETINGS = timedelta(days=400)


@dataclass(frozen=True)
class Lodging:
    """By when a request on a clock is to be lodged. ``last`` is the last meeting that can decide in time, None while
    it is not convened; ``decides`` is the one that will: the next one, where the last has been held. ``due`` is not
    known while the days of the last one are not; then the ``deadline`` itself is the latest day there is."""

    deadline: date
    last: Meeting | None
    decides: Meeting | None
    due: Reasoned | None

    def days_late(self, at: datetime) -> int:
        """How many days late a request lodged ``at`` is; counted from the deadline where no earlier day is known."""
        return deadlines.days_late(due=self.by, at=at, utc_offset_hours=settings.LATE_AFTER_UTC_OFFSET_HOURS)

    @property
    def by(self) -> date:
        """The last day on which a request is not late."""
        return self.due.day if self.due else self.deadline


def formal_meetings() -> QuerySet[Meeting]:
    """Meetings of States Parties and Review Conferences, the earliest first. One query for all clocks of a page."""
    held = public_meetings().exclude(status=MeetingStatus.CANCELLED)
    return held.filter(kind__in=FORMAL_KINDS).order_by("starts", "pk")


def lodging(clock: StateClock, *, on: date, meetings: Iterable[Meeting]) -> Lodging:
    """By when a request on this clock must be lodged, counted from the deadline that counts now (Articles 3(5), 4(6)).

    :param meetings: ``formal_meetings()``.
    """
    by_day = {meeting.starts: meeting for meeting in meetings}
    opens = deciding_meeting(deadline=clock.current, openings=by_day)
    later = any(day > clock.current for day in by_day)
    if opens and not later and clock.current - opens > LONGEST_BETWEEN_MEETINGS:
        opens = None
    last = by_day[opens] if opens else None
    ahead = min((day for day in by_day if day >= on), default=None)
    decides = last if last and last.ends >= on else by_day[ahead] if ahead else None
    known = last is not None and last.precision == DatePrecision.DAY
    due = extension_lodging(meeting_opens=opens, obligation=obligation_of(clock)) if opens and known else None
    return Lodging(deadline=clock.current, last=last, decides=decides, due=due)


def obligation_of(clock: StateClock) -> Obligation:
    """Which of the two obligations with an extension this clock is of.

    :raises ValueError: if it is of neither.
    """
    if clock.clock == Clock.ART3:
        return Obligation.STOCKPILE
    if clock.clock in (Clock.ART4, Clock.NEW_CLEARANCE):
        return Obligation.CLEARANCE
    raise ValueError(f"{clock.clock} cannot be extended.")


def beyond_the_limit(clock: StateClock, until: date | None, *, deadline: date | None = None) -> str:
    """The sentence that says how far one extension can reach, where ``until`` is later; else empty."""
    limit = extension_limit(deadline=deadline or clock.current, obligation=obligation_of(clock))
    return explain(limit) if until and until > limit.day else ""


def why_that_day(opens: date | None, clock: StateClock) -> str:
    """Why a request was to be lodged by the day it was: counted from the meeting that opens on ``opens``."""
    return explain(extension_lodging(meeting_opens=opens, obligation=obligation_of(clock))) if opens else ""
