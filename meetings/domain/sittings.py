"""Mornings and afternoons: hours at the venue, kept as moments in time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core import writing
from ccm_portal.core.models import User
from ccm_portal.core.writing import plain
from meetings.domain import local_times
from meetings.domain.changing import MeetingRefused, held, noted, touch
from meetings.domain.local_times import TimeRefused, local, moment, which_of_two
from meetings.models import Meeting, MeetingPart, Sitting

USUAL = ((time(10), time(13)), (time(15), time(18)))  # what the United Nations interprets in one day


@dataclass(frozen=True, kw_only=True)
class Hours:
    """A sitting as the clocks at the venue show it. ``which`` says which hour is meant, where one comes twice."""

    day: date
    begins: time
    ends: time
    room: str = ""
    note: str = ""
    which: int | None = None


@transaction.atomic
def add(*, part: MeetingPart, version: int, hours: Hours, by: User, at: datetime) -> Sitting:
    """One more sitting.

    :raises MeetingChanged: if the meeting has another version than the one seen.
    :raises MeetingRefused: if the hours do not fit the part, do not exist, come twice, or overlap in one room.
    """
    meeting, part = _held(part, version)
    sitting = Sitting(part=part)
    _set(sitting, hours, meeting)
    touch(meeting, at=at)
    meeting.save()
    noted("add_sitting", meeting, by=by, at=at, day=hours.day.isoformat())
    return sitting


@transaction.atomic
def edit(*, sitting: Sitting, version: int, hours: Hours, by: User, at: datetime) -> Sitting:
    """Other hours, another room. What stands in it stays in it.

    :raises MeetingChanged: if the meeting has another version than the one seen.
    :raises MeetingRefused: if the hours do not fit.
    """
    meeting, part = _held(sitting.part, version)
    fresh = Sitting.objects.select_for_update(of=("self",)).get(pk=sitting.pk)
    fresh.part = part
    fresh.version += 1
    _set(fresh, hours, meeting)
    touch(meeting, at=at)
    meeting.save()
    noted("edit_sitting", meeting, by=by, at=at, day=hours.day.isoformat())
    return fresh


@transaction.atomic
def remove(*, sitting: Sitting, version: int, by: User, at: datetime) -> None:
    """Take a sitting away. Agenda items that stood in it stay on the agenda, without a sitting.

    :raises MeetingChanged: if the meeting has another version than the one seen.
    """
    meeting, _part = _held(sitting.part, version)
    day = local(sitting.starts_at, meeting.time_zone)[0]
    Sitting.objects.filter(pk=sitting.pk).delete()
    touch(meeting, at=at)
    meeting.save()
    noted("remove_sitting", meeting, by=by, at=at, day=day.isoformat())


@transaction.atomic
def usual_days(*, part: MeetingPart, version: int, by: User, at: datetime) -> list[Sitting]:
    """From ten to one and from three to six, on every day that has no sitting yet.

    :raises MeetingChanged: if the meeting has another version than the one seen.
    :raises MeetingRefused: if every day has one.
    """
    meeting, part = _held(part, version)
    taken = {local(one.starts_at, meeting.time_zone)[0] for one in part.sittings.all()}
    made = []
    for offset in range((part.ends - part.starts).days + 1):
        day = part.starts + timedelta(days=offset)
        if day in taken:
            continue
        for begins, ends in USUAL:
            sitting = Sitting(part=part)
            _set(sitting, Hours(day=day, begins=begins, ends=ends), meeting)
            made.append(sitting)
    if not made:
        raise MeetingRefused(_("Every day has its sittings already."))
    touch(meeting, at=at)
    meeting.save()
    noted("usual_sittings", meeting, by=by, at=at, sittings=len(made))
    return made


def move_along(part: MeetingPart, *, days: int, starts: date, ends: date, zone: str) -> int:
    """The sittings of a part that moves by ``days``, each at the same hours. How many there are.

    :raises MeetingRefused: if some would lie outside the new days, or an hour does not exist there.
    """
    rows = list(part.sittings.select_for_update())
    outside = [row for row in rows if not starts <= local(row.starts_at, zone)[0] + timedelta(days=days) <= ends]
    if outside:
        raise MeetingRefused(
            ngettext(
                "%(count)s sitting would lie outside the new days. Take it away first, or choose more days.",
                "%(count)s sittings would lie outside the new days. Take them away first, or choose more days.",
                len(outside),
            )
            % {"count": writing.number_text(len(outside))},
            "ends",
        )
    for row in rows:
        row.starts_at = _moved(row.starts_at, zone, zone, days)
        row.ends_at = _moved(row.ends_at, zone, zone, days)
        row.version += 1
        row.save()
    return len(rows)


def keep_hours(meeting: Meeting, zone: str) -> None:
    """The sittings of a meeting that is held in another zone than thought, each at the same hours of the clock.

    :raises MeetingRefused: if an hour does not exist there.
    """
    for row in Sitting.objects.select_for_update(of=("self",)).filter(part__meeting=meeting):
        row.starts_at = _moved(row.starts_at, meeting.time_zone, zone, 0)
        row.ends_at = _moved(row.ends_at, meeting.time_zone, zone, 0)
        row.version += 1
        row.save()


def _moved(at: datetime, old: str, new: str, days: int) -> datetime:
    day, clock = local(at, old)
    try:
        return moment(day + timedelta(days=days), clock, new, which=which_of_two(at, old))
    except TimeRefused as refusal:
        raise MeetingRefused(str(refusal), "starts") from refusal


def _held(part: MeetingPart, version: int) -> tuple[Meeting, MeetingPart]:
    meeting = held(part.meeting, version)
    return meeting, MeetingPart.objects.select_for_update(of=("self",)).get(pk=part.pk)


def _set(sitting: Sitting, hours: Hours, meeting: Meeting) -> None:
    """Its moments, checked, and saved."""
    part = sitting.part
    if not part.starts <= hours.day <= part.ends:
        raise MeetingRefused(_("The meeting is not held on that day."), "day")
    if hours.ends <= hours.begins:
        raise MeetingRefused(_("The sitting would end before it begins."), "ends")
    sitting.starts_at = _at(hours, hours.begins, meeting, "begins")
    sitting.ends_at = _at(hours, hours.ends, meeting, "ends")
    sitting.room, sitting.note = plain(hours.room)[:80], plain(hours.note)[:160]
    _refuse_overlap(sitting, meeting)
    sitting.save()


def _at(hours: Hours, clock: time, meeting: Meeting, name: str) -> datetime:
    try:
        return moment(hours.day, clock, meeting.time_zone, which=hours.which)
    except local_times.TimeAsked as asked:
        raise MeetingRefused(str(asked), "which") from asked
    except TimeRefused as refusal:
        raise MeetingRefused(str(refusal), name) from refusal


def _refuse_overlap(sitting: Sitting, meeting: Meeting) -> None:
    """Two sittings at the same time, in the same room or where no room tells them apart."""
    others = Sitting.objects.filter(
        part__meeting=meeting, starts_at__lt=sitting.ends_at, ends_at__gt=sitting.starts_at, room=sitting.room
    ).exclude(pk=sitting.pk)
    other = others.first()
    if other is not None:
        here = ZoneInfo(meeting.time_zone)
        raise MeetingRefused(
            _("There is a sitting from %(begins)s to %(ends)s already. Name another room, or choose other hours.")
            % {
                "begins": f"{other.starts_at.astimezone(here):%H:%M}",
                "ends": f"{other.ends_at.astimezone(here):%H:%M}",
            },
            "begins",
        )
