"""Meetings of related instruments: their usual slots computed for a year, real dates, and what the office enters."""

import calendar
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.domain.reference import ReferenceRefused, Row, read
from ccm_portal.core.models import State, User
from ccm_portal.core.workflow import locked
from ccm_portal.core.writing import plain
from meetings.domain.changing import MeetingRefused
from meetings.enums import DatePrecision
from meetings.models import NeighbourMeeting

FOLDER = Path(__file__).parents[1] / "reference"
AHEAD = 2  # years after this one for which usual slots are brought in


@dataclass(frozen=True, kw_only=True)
class Said:
    """What is said of a meeting of a related instrument."""

    instrument: str
    title: str
    city: str = ""
    host: State | None = None
    starts: date
    ends: date
    precision: str = DatePrecision.DAY
    is_usual: bool = False
    source: str = ""
    attending_both: int | None = None


def slot(row: Row, year: int) -> tuple[date, date]:
    """The days of a usual slot: so many days from a weekday of the first, second … or last week that begins in the
    month; without a week, the same day of the month every year."""
    month, days = int(row["month"]), int(row["days"])
    if not row["week"]:
        starts = date(year, month, int(row["weekday"]))
    else:
        mondays = [
            day
            for day in range(1, calendar.monthrange(year, month)[1] + 1)
            if date(year, month, day).weekday() == calendar.MONDAY
        ]
        week = int(row["week"])
        starts = date(year, month, mondays[week - 1 if week > 0 else week]) + timedelta(days=int(row["weekday"]))
    return starts, starts + timedelta(days=days - 1)


def bring_neighbours(*, at: datetime, folder: Path = FOLDER) -> list[str]:
    """The known dates of the past, and the usual slots of this year and the next two. What is there stays.

    :raises ReferenceRefused: if a row names a State that is not there.
    """
    states = {state.iso3: state.pk for state in State.objects.all()}
    there = set(NeighbourMeeting.objects.values_list("key", flat=True))
    rows = [_held(row, states) for row in read(folder / "neighbours_held.csv")]
    for year in range(at.year, at.year + AHEAD + 1):
        rows += _usual(year, states, folder)
    new = NeighbourMeeting.objects.bulk_create(row for row in rows if row.key not in there)
    return [f"neighbours: {len(new)} added"] if new else []


@transaction.atomic
def fill_year(*, year: int, by: User, at: datetime, folder: Path = FOLDER) -> int:
    """Bring the usual slots of a year in; what is there stays. How many are new."""
    states = {state.iso3: state.pk for state in State.objects.all()}
    there = set(NeighbourMeeting.objects.values_list("key", flat=True))
    new = NeighbourMeeting.objects.bulk_create(row for row in _usual(year, states, folder) if row.key not in there)
    register.append(action="meetings.neighbours.fill", by=by, at=at, data={"year": year, "added": len(new)})
    return len(new)


@transaction.atomic
def enter(*, said: Said, by: User, at: datetime) -> NeighbourMeeting:
    """Enter a meeting of a related instrument.

    :raises MeetingRefused: if it has no title, or ends before it starts.
    """
    row = NeighbourMeeting()
    _set(row, said)
    stem = f"{row.instrument.replace('_', '-')}-{row.starts.year}"
    taken = set(NeighbourMeeting.objects.filter(key__startswith=stem).values_list("key", flat=True))
    row.key = next(key for number in range(1, 1000) if (key := f"{stem}-{number}") not in taken)
    row.save()
    register.append(action="meetings.neighbour.enter", by=by, at=at, obj=row, data={"key": row.key})
    return row


@transaction.atomic
def edit(*, neighbour: NeighbourMeeting, version: int, said: Said, by: User, at: datetime) -> NeighbourMeeting:
    """Correct it: real days in place of a usual slot, another city.

    :raises MeetingRefused: if somebody has changed it since it was seen, or what is said does not fit.
    """
    fresh = _seen(neighbour, version)
    _set(fresh, said)
    fresh.version += 1
    fresh.save()
    register.append(action="meetings.neighbour.edit", by=by, at=at, obj=fresh, data={"key": fresh.key})
    return fresh


@transaction.atomic
def remove(*, neighbour: NeighbourMeeting, version: int, by: User, at: datetime) -> None:
    """Take it out of the calendar.

    :raises MeetingRefused: if somebody has changed it since it was seen, or one of our meetings is held with it.
    """
    fresh = _seen(neighbour, version)
    if fresh.joint_meetings.exists():
        raise MeetingRefused(_("A meeting is held together with it. Change that meeting first."))
    key = fresh.key
    fresh.delete()
    register.append(action="meetings.neighbour.remove", by=by, at=at, data={"key": key})


def _seen(neighbour: NeighbourMeeting, version: int) -> NeighbourMeeting:
    fresh = locked(neighbour)
    if fresh.version != version:
        raise MeetingRefused(_("This entry was changed after you opened the page. What you typed is kept: compare."))
    return fresh


def _set(row: NeighbourMeeting, said: Said) -> None:
    title = plain(said.title)
    if not title:
        raise MeetingRefused(_("Give the meeting a title."), "title")
    if said.ends < said.starts:
        raise MeetingRefused(_("The last day lies before the first."), "ends")
    row.instrument, row.title, row.city, row.host = said.instrument, title[:200], plain(said.city)[:80], said.host
    row.starts, row.ends, row.precision, row.is_usual = said.starts, said.ends, said.precision, said.is_usual
    row.source, row.attending_both = plain(said.source)[:300], said.attending_both


def _usual(year: int, states: dict[str, int], folder: Path) -> list[NeighbourMeeting]:
    rows = []
    for row in read(folder / "neighbours.csv"):
        starts, ends = slot(row, year)
        made = _row(row, states)
        made.key = f"{row['key']}-{year}"
        made.starts, made.ends, made.precision = starts, ends, row["precision"]
        made.is_usual = bool(row["week"])
        rows.append(made)
    return rows


def _held(row: Row, states: dict[str, int]) -> NeighbourMeeting:
    made = _row(row, states)
    made.key = row["key"]
    made.starts, made.ends = date.fromisoformat(row["starts"]), date.fromisoformat(row["ends"])
    return made


def _row(row: Row, states: dict[str, int]) -> NeighbourMeeting:
    if row["host"] and row["host"] not in states:
        raise ReferenceRefused(f"{row['key']}: there is no State {row['host']}.")
    return NeighbourMeeting(
        instrument=row["instrument"],
        title=row["title"],
        city=row["city"],
        host_id=states[row["host"]] if row["host"] else None,
        source=row["source"],
    )
