"""Runs of days: their place, one more of them, and days that move with all that hangs on them."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max, Min, Q
from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from ccm_portal.core.writing import plain
from committees.domain.presidency import PresidencyRefused, keep_presidency
from meetings.domain import sittings
from meetings.domain.changing import MeetingRefused, held, noted, touch
from meetings.domain.convening import Place, refuse_days
from meetings.enums import FORMAL_KINDS, DatePrecision, MeetingStatus
from meetings.models import DateChange, Meeting, MeetingPart


@transaction.atomic
def place(*, part: MeetingPart, version: int, place: Place, by: User, at: datetime) -> MeetingPart:
    """Say where a part is held.

    :raises MeetingChanged: if the meeting has another version than the one seen.
    """
    meeting = held(part.meeting, version)
    fresh = _part(part)
    fresh.format, fresh.host = place.format, place.host
    fresh.city, fresh.venue = plain(place.city)[:80], plain(place.venue)[:200]
    _save(fresh)
    touch(meeting, at=at)
    meeting.save()
    noted("place", meeting, by=by, at=at, part=fresh.number, city=fresh.city, host=fresh.host and fresh.host.iso3)
    return fresh


@transaction.atomic
def move(
    *,
    part: MeetingPart,
    version: int,
    starts: date,
    ends: date,
    reason: str,
    basis: str = "",
    by: User,
    at: datetime,
) -> tuple[MeetingPart, int]:
    """Move the days of a part. The old ones are kept with the reason; sittings move along at the same hours (how many
    is returned), and the presidencies that hang on the meeting follow.

    :raises MeetingChanged: if the meeting has another version than the one seen.
    :raises MeetingRefused: if nothing moves, no reason is given, parts would overlap, or sittings would fall outside.
    """
    meeting = held(part.meeting, version)
    fresh = _part(part)
    refuse_days(starts, ends)
    if (starts, ends) == (fresh.starts, fresh.ends) and meeting.precision == DatePrecision.DAY:
        raise MeetingRefused(_("These are the days that it has."), "starts")
    reason, basis = plain(reason), plain(basis)
    if not reason and meeting.precision == DatePrecision.DAY:
        raise MeetingRefused(_("Say why the days move: everybody reads it beside the old ones."), "reason")
    if len(reason) > 300 or len(basis) > 300:
        raise MeetingRefused(_("Write at most %(limit)s characters.") % {"limit": 300}, "reason")
    _refuse_overlap(fresh, starts, ends)
    moved = sittings.move_along(
        fresh, days=(starts - fresh.starts).days, starts=starts, ends=ends, zone=meeting.time_zone
    )
    if meeting.precision == DatePrecision.DAY:
        DateChange.objects.create(
            part=fresh, starts=fresh.starts, ends=fresh.ends, moved_at=at, moved_by=by, reason=reason, basis=basis
        )
    before = fresh.starts
    fresh.starts, fresh.ends = starts, ends
    _save(fresh)
    meeting.precision = DatePrecision.DAY
    _span(meeting)
    touch(meeting, at=at)
    meeting.save()
    keep_presidencies(meeting, by=by, at=at)
    noted("move", meeting, by=by, at=at, part=fresh.number, before=before.isoformat(), starts=starts.isoformat())
    return fresh, moved


@transaction.atomic
def add(
    *, meeting: Meeting, version: int, starts: date, ends: date, place: Place, by: User, at: datetime
) -> MeetingPart:
    """One more run of days: the meeting is held in parts.

    :raises MeetingChanged: if the meeting has another version than the one seen.
    :raises MeetingRefused: if it overlaps another part.
    """
    fresh = held(meeting, version)
    refuse_days(starts, ends)
    number = (fresh.parts.aggregate(last=Max("number"))["last"] or 0) + 1
    part = MeetingPart(
        meeting=fresh,
        number=number,
        starts=starts,
        ends=ends,
        format=place.format,
        city=plain(place.city)[:80],
        host=place.host,
        venue=plain(place.venue)[:200],
    )
    _refuse_overlap(part, starts, ends)
    part.save()
    _span(fresh)
    touch(fresh, at=at)
    fresh.save()
    keep_presidencies(fresh, by=by, at=at)
    noted("add_part", fresh, by=by, at=at, part=number, starts=starts.isoformat())
    return part


@transaction.atomic
def remove(*, part: MeetingPart, version: int, by: User, at: datetime) -> Meeting:
    """Take a part away that has no sittings.

    :raises MeetingChanged: if the meeting has another version than the one seen.
    :raises MeetingRefused: if it is the only one, or has sittings.
    """
    meeting = held(part.meeting, version)
    fresh = _part(part)
    if meeting.parts.count() < 2:
        raise MeetingRefused(_("A meeting has at least one part. Call the meeting off instead."))
    if fresh.sittings.exists():
        raise MeetingRefused(_("This part has sittings. Take them away first."))
    number = fresh.number
    fresh.delete()
    _span(meeting)
    touch(meeting, at=at)
    meeting.save()
    keep_presidencies(meeting, by=by, at=at)
    noted("remove_part", meeting, by=by, at=at, part=number)
    return meeting


def keep_presidencies(meeting: Meeting, *, by: User | None, at: datetime) -> None:
    """A State presides from the end of one formal meeting to the end of its own: both follow the days.

    :raises MeetingRefused: if a presidency would end before it starts.
    """
    if meeting.kind not in FORMAL_KINDS:
        return
    row = _formal(also=meeting)
    at_place = next(index for index, one in enumerate(row) if one.pk == meeting.pk)
    try:
        for index in range(at_place, min(at_place + 2, len(row))):
            starts, ends = _in_office(row, index)
            keep_presidency(meeting_key=row[index].key, starts=starts, ends=ends, by=by, at=at)
    except PresidencyRefused as refusal:
        raise MeetingRefused(str(refusal), "starts") from refusal


def days_in_office() -> dict[int, tuple[date | None, date | None]]:
    """Meeting -> first day in office of its President, and the day after the last. Of formal meetings. One query."""
    row = _formal()
    return {one.pk: _in_office(row, index) for index, one in enumerate(row)}


def _formal(*, also: Meeting | None = None) -> list[Meeting]:
    """Formal meetings that are announced, and one more, in the order in which they end."""
    off = [MeetingStatus.CANCELLED, MeetingStatus.DRAFT]
    formal = Meeting.objects.filter(kind__in=FORMAL_KINDS)
    return list(formal.filter(~Q(status__in=off) | Q(pk=also.pk if also else None)).order_by("ends"))


def _in_office(row: list[Meeting], index: int) -> tuple[date | None, date | None]:
    before = row[index - 1] if index else None
    return before.ends + timedelta(days=1) if before else row[index].starts, _end(row[index])


def _end(meeting: Meeting) -> date | None:
    """The day after its last; not known where only the month is."""
    return meeting.ends + timedelta(days=1) if meeting.precision == DatePrecision.DAY else None


def _part(part: MeetingPart) -> MeetingPart:
    return MeetingPart.objects.select_for_update(of=("self",)).get(pk=part.pk)


def _save(part: MeetingPart) -> None:
    part.version += 1
    part.save()


def _span(meeting: Meeting) -> None:
    """The days of the meeting follow those of its parts."""
    span = meeting.parts.aggregate(starts=Min("starts"), ends=Max("ends"))
    meeting.starts, meeting.ends = span["starts"], span["ends"]
    meeting.year = meeting.starts.year


def _refuse_overlap(part: MeetingPart, starts: date, ends: date) -> None:
    others = MeetingPart.objects.filter(meeting=part.meeting, starts__lte=ends, ends__gte=starts)
    if others.exclude(pk=part.pk).exists():
        raise MeetingRefused(_("Another part of the meeting is held on these days."), "starts")
