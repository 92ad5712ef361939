"""What is done of itself about journeys: officers are told of a new risk once, a State's delegates of what they have to
do, and what the meeting's records say of duties is written down.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from ccm_portal.core.enums import STATE_ROLES
from ccm_portal.core.models import Membership, State, User
from sponsorship import emails_travel
from sponsorship.domain import duties, risks
from sponsorship.domain.travel import derive_passport
from sponsorship.domain.visa_clock import NOT_APPLIED, visa_clock
from sponsorship.enums import DutyKind, OfferStatus, RoundStatus
from sponsorship.models import Duty, Round, TravelFile

# Days from the day that counts on which the State is reminded.
VISA_RUNGS = (-30, -14, 1)
REPORT_RUNGS = (-29, -7, 1)  # the first on the day after the meeting
STOOD_STILL = 3  # days after a rung on which it is still told
AFTERWARDS = timedelta(days=120)  # after the meeting, duties are looked for
MOVED = timedelta(minutes=10)  # a meeting that was changed within these has its passports looked at again


@dataclass(frozen=True)
class Reminder:
    """One rung about one thing that a State has to do by a day."""

    of: TravelFile | Duty
    state: State
    day: date
    rung: int


def sweep(*, at: datetime) -> int:
    """Look at every round whose journeys are still ahead, or whose duties are still looked for.

    :returns: how many mails are owed, and duties were found.
    """
    running = Round.objects.exclude(status__in=(RoundStatus.PLANNED, RoundStatus.OPEN)).select_related("meeting")
    done = 0
    for round in running.filter(meeting__ends__gte=at.date() - AFTERWARDS, offers__travel__isnull=False).distinct():
        if round.meeting.changed_at >= at - MOVED:
            _passports(round)
        done += tell_risks(round, at=at) + _visas(round, at=at)
        if at.date() >= round.meeting.starts:
            done += duties.look(round, at=at) + _reports(round, at=at)
    return done


@transaction.atomic
def tell_risks(round: Round, *, at: datetime) -> int:
    """Tell the officers of what was not told before; what went away and comes back is told again. Returns how many
    mails are owed."""
    locked = TravelFile.objects.select_for_update(of=("self",))
    rows = list(risks.with_round(locked.filter(offer__round=round, offer__status=OfferStatus.ACCEPTED)))
    new = []
    for travel in rows:
        its = risks.of_journey(travel, on=at.date())
        told = set(travel.told_risk.split())
        fresh = [risk for risk in its if risk.kind not in told]
        stands = " ".join(sorted({risk.kind for risk in its}))
        if stands != travel.told_risk:
            told_at = at if fresh else travel.told_at
            TravelFile.objects.filter(pk=travel.pk).update(told_risk=stands, told_at=told_at)
        new += [(travel, risk) for risk in fresh]
    return emails_travel.at_risk(round=round, found=new, at=at) if new else 0


def _visas(round: Round, *, at: datetime) -> int:
    rows = []
    for travel in risks.journeys(round).filter(visa__in=NOT_APPLIED):
        day = visa_clock(travel, round).apply_by
        if (rung := _rung((at.date() - day).days, VISA_RUNGS)) is not None:
            rows.append(Reminder(travel, travel.offer.state, day, rung))
    return _remind(emails_travel.VISA_DUE, rows, at=at)


def _reports(round: Round, *, at: datetime) -> int:
    day = duties.report_due(round)
    rung = _rung((at.date() - day).days, REPORT_RUNGS)
    if rung is None:
        return 0
    owed = Duty.objects.filter(offer__round=round, offer__status__in=duties.OWED, kind=DutyKind.REPORT, text="")
    found = owed.filter(noted_by=None).select_related("offer__nominee__application__state").order_by("pk")
    return _remind(emails_travel.REPORT_DUE, [Reminder(duty, duty.offer.state, day, rung) for duty in found], at=at)


def _rung(days: int, rungs: Iterable[int]) -> int | None:
    """The rung that was reached on this day or in the few before, should the portal have stood still."""
    return next((rung for rung in rungs if 0 <= days - rung <= STOOD_STILL), None)


def _remind(kind: str, found: list[Reminder], *, at: datetime) -> int:
    people: dict[int | None, list[User]] = defaultdict(list)
    mine = Membership.objects.in_force(at.date()).filter(role__in=STATE_ROLES, user__is_active=True)
    for one in mine.filter(state__in={row.state.pk for row in found}).select_related("user").order_by("pk"):
        if one.user not in people[one.state_id]:
            people[one.state_id].append(one.user)
    return sum(
        emails_travel.due(kind=kind, of=row.of, day=row.day, rung=row.rung, people=people[row.state.pk], at=at)
        for row in found
    )


def _passports(round: Round) -> None:
    for travel in TravelFile.objects.filter(offer__round=round).select_related(
        "offer__nominee__application__round", "offer__round__meeting", "offer__round__shared_with"
    ):
        derive_passport(travel)
