"""When a day has ended, and how late something is.

The Convention counts in days and names no time zone. A day ends everywhere on Earth before
anything due on it is late: at the end of that day at UTC-12, the last offset in use. The offset
is an argument because it is a choice of the portal, not a rule of the Convention.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone

EVERYWHERE_ON_EARTH = -12


def ends_at(day: date, *, utc_offset_hours: int = EVERYWHERE_ON_EARTH) -> datetime:
    """The first instant, in UTC, at which ``day`` has ended at the given offset."""
    zone = timezone(timedelta(hours=utc_offset_hours))
    return datetime.combine(day + timedelta(days=1), time.min, tzinfo=zone).astimezone(UTC)


def is_late(*, due: date, at: datetime, utc_offset_hours: int = EVERYWHERE_ON_EARTH) -> bool:
    """Whether ``at`` is after the whole of the day ``due``.

    :raises ValueError: if ``at`` does not say its time zone.
    """
    if at.tzinfo is None:
        raise ValueError("An instant needs a time zone to be late.")
    return at >= ends_at(due, utc_offset_hours=utc_offset_hours)


def days_late(*, due: date, at: datetime, utc_offset_hours: int = EVERYWHERE_ON_EARTH) -> int:
    """How many days late ``at`` is; 0 when on time.

    Counted between the two dates a reader sees, the due date and the date of ``at`` in UTC, so
    that what arrived on 5 May and was due on 30 April is five days late at any hour of that day.

    :raises ValueError: if ``at`` does not say its time zone.
    """
    if not is_late(due=due, at=at, utc_offset_hours=utc_offset_hours):
        return 0
    return max(1, (at.astimezone(UTC).date() - due).days)
