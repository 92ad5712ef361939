"""Which States Parties are in the room on a day, and what follows for the quorum and the vote."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import State, User
from meetings.domain import voting
from meetings.domain.delegations import DelegationRefused, require_open
from meetings.domain.local_times import day_there
from meetings.models import Delegation, Meeting, MeetingPresence
from meetings.rules_room import TAKES_PART


@dataclass(frozen=True)
class Seat:
    """A State at the meeting: whether it may vote on the day, and whether it is in the room."""

    delegation: Delegation
    standing: voting.Standing
    is_present: bool


@dataclass(frozen=True)
class Room:
    """The States of a meeting on a day."""

    day: date
    seats: tuple[Seat, ...]
    quorum: voting.Quorum
    absent_parties: int  # States Parties that have no delegation at the meeting

    @property
    def voters(self) -> list[Seat]:
        return [seat for seat in self.seats if seat.standing.may_vote]

    @property
    def without_vote(self) -> list[Seat]:
        return [seat for seat in self.seats if not seat.standing.may_vote]

    @property
    def present_ids(self) -> list[int]:
        return [seat.delegation.pk for seat in self.seats if seat.is_present]


def days_of(meeting: Meeting) -> list[date]:
    """Every day of the meeting, of all its parts."""
    spans = meeting.parts.order_by("starts").values_list("starts", "ends")
    return [starts + timedelta(days=n) for starts, ends in spans for n in range((ends - starts).days + 1)]


def day_at(meeting: Meeting, *, at: datetime) -> date:
    """Today at the venue where that is a day of the meeting; else its next day, or its last one."""
    days = days_of(meeting) or [meeting.starts]
    today = day_there(at, meeting.time_zone)
    return next((day for day in days if day >= today), days[-1])


def last_day_by(meeting: Meeting, *, on: date) -> date:
    """The last day of the meeting that has come by ``on``; its first one where none has."""
    days = days_of(meeting) or [meeting.starts]
    return max((day for day in days if day <= on), default=days[0])


def day_before(meeting: Meeting, day: date) -> date | None:
    """The day of the meeting before this one; ``None`` on its first."""
    return max((one for one in days_of(meeting) if one < day), default=None)


def room(meeting: Meeting, *, on: date) -> Room:
    """Who is there, who may vote, and whether that is enough. Four queries, however many States."""
    delegations = (
        Delegation.objects.filter(meeting=meeting, state__isnull=False, status__in=TAKES_PART)
        .select_related("state")
        .order_by("pk")
    )
    present = set(MeetingPresence.objects.filter(meeting=meeting, day=on).values_list("delegation_id", flat=True))
    seats = [
        Seat(one, voting.standing(one.state, on=on), one.pk in present) for one in delegations if one.state is not None
    ]
    seats.sort(key=lambda seat: seat.standing.state.sorts_by)
    parties = set(State.objects.parties_on(on).values_list("pk", flat=True))
    quorum = voting.quorum(
        participating=[seat.standing.state for seat in seats],
        present=[seat.standing.state for seat in seats if seat.is_present],
        all_parties=len(parties),
        on=on,
    )
    absent = len(parties - {seat.standing.state.pk for seat in seats})
    return Room(day=on, seats=tuple(seats), quorum=quorum, absent_parties=absent)


@transaction.atomic
def mark(*, meeting: Meeting, day: date, was: Collection[int], present: Collection[int], by: User, at: datetime) -> int:
    """Mark who is in the room. ``was`` are the delegations that the page showed as present: what two people change at
    the same time adds up, and nobody undoes what the other has just marked. How many are present now.

    :raises DelegationRefused: if the day is none of the meeting's.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    require_open(meeting)
    if day not in days_of(meeting):
        raise DelegationRefused(_("That is none of the days of the meeting."))
    came, left = set(present) - set(was), set(was) - set(present)
    states = Delegation.objects.filter(meeting=meeting, state__isnull=False, status__in=TAKES_PART)
    MeetingPresence.objects.filter(meeting=meeting, day=day, delegation__in=left).delete()
    MeetingPresence.objects.bulk_create(
        [MeetingPresence(meeting=meeting, delegation=one, day=day) for one in states.filter(pk__in=came)],
        ignore_conflicts=True,
    )
    count = MeetingPresence.objects.filter(meeting=meeting, day=day).count()
    register.append(
        action="meetings.meeting.mark_presence",
        by=by,
        at=at,
        obj=meeting,
        data={"day": day.isoformat(), "came": len(came), "left": len(left), "present": count},
    )
    return count
