"""A day and an hour at the venue as one moment in time, also where the clocks are changed. Pure functions."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from ccm_portal.core import writing

FIRST, SECOND = 0, 1  # of two hours of the same name: Python's fold


class TimeRefused(Exception):
    """There is no such time. The message is fit to show the user."""


class TimeAsked(TimeRefused):
    """The time comes twice, and nobody has said which is meant."""


def moment(day: date, clock: time, zone: str, *, which: int | None = None) -> datetime:
    """The moment in UTC at which the clocks of ``zone`` show ``clock`` on ``day``. ``which`` says whether the first or
    the second is meant, where the time comes twice; elsewhere it is not looked at.

    :raises TimeRefused: if the clocks are put forward over that time.
    :raises TimeAsked: if it comes twice and ``which`` is not given.
    """
    here = ZoneInfo(zone)
    first = datetime.combine(day, clock.replace(fold=FIRST), tzinfo=here)
    second = datetime.combine(day, clock.replace(fold=SECOND), tzinfo=here)
    told = {"time": f"{clock:%H:%M}", "date": writing.date_text(day), "zone": zone}
    if first.astimezone(UTC).astimezone(here).time() != clock.replace(fold=FIRST):
        raise TimeRefused(
            _(
                "There is no %(time)s on %(date)s in %(zone)s: the clocks are put forward over that hour."
                " Choose an earlier or a later time."
            )
            % told
        )
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    if which is None:
        raise TimeAsked(
            _(
                "%(time)s comes twice on %(date)s in %(zone)s, since the clocks are put back."
                " Say whether the first or the second is meant."
            )
            % told
        )
    return (second if which == SECOND else first).astimezone(UTC)


def day_there(at: datetime, zone: str) -> date:
    """The day that the calendars of ``zone`` show."""
    return at.astimezone(ZoneInfo(zone)).date()


def local(at: datetime, zone: str) -> tuple[date, time]:
    """What the calendar and the clocks of ``zone`` show."""
    there = at.astimezone(ZoneInfo(zone))
    return there.date(), there.time()


def which_of_two(at: datetime, zone: str) -> int:
    """Whether this is the first or the second of two hours of the same name; the first where there is one."""
    return at.astimezone(ZoneInfo(zone)).fold
