"""Making an offer, within the places and the money that are there.

Whoever makes, answers or ends an offer locks the round first, then the person or the offer, then contributions: two
officers cannot offer the last place, and a reply and the end of its time cannot both count.
"""

from datetime import UTC, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.workflow import locked
from committees.domain.said import WorkRefused
from sponsorship import emails_offers as emails
from sponsorship.domain import costs, funds
from sponsorship.enums import STANDING_OFFERS, NomineeStatus, RoundStatus
from sponsorship.models import Nominee, Offer, Round
from sponsorship.workflow_assessment import CHOICES

LAST_MINUTE = time(23, 59, tzinfo=UTC)
TO_BE_OFFERED = (NomineeStatus.SELECTED, NomineeStatus.WAITING)


class NoPlace(WorkRefused):
    """All places of the round are taken. ``places`` says how many there are."""

    def __init__(self, places: int) -> None:
        super().__init__(
            ngettext(
                "The one place of this round is taken already.",
                "All %(places)s places of this round are taken already.",
                places,
            )
            % {"places": places}
        )
        self.places = places


def places_left(round: Round) -> int:
    """Places that nobody holds. Never below zero, also where the places were lowered since."""
    return max(0, round.places - Offer.objects.filter(round=round, status__in=STANDING_OFFERS).count())


def reply_by(round: Round, *, at: datetime) -> datetime:
    """The last minute (UTC) in which an offer made now can be answered: never later than the day before the meeting."""
    last = min(at.date() + timedelta(days=round.reply_days), round.meeting.starts - timedelta(days=1))
    return datetime.combine(max(last, at.date()), LAST_MINUTE)


@transaction.atomic
def offer(nominee: Nominee, *, by: User | None, at: datetime, mail: bool = True) -> Offer:
    """Offer a place to a person, and hold the money for it.

    :param mail: whether the State is told by a mail of its own; the announcement tells it in its own mail.
    :raises NoPlace: where all places are taken.
    :raises sponsorship.domain.funds.NotEnough: where the money that may be used for this person does not suffice.
    :raises sponsorship.domain.rates.RateMissing: where a rate of the day is missing.
    :raises WorkRefused: where nothing is announced yet, the meeting has begun, no costs are assumed, or the person is
        neither selected nor waiting, or holds an offer.
    """
    round = locked(nominee.application.round)
    nominee = _standing(nominee, round, at=at)
    if places_left(round) < 1:
        raise NoPlace(round.places)
    cost = costs.assumed(round, nominee.state)
    made = Offer.objects.create(
        nominee=nominee,
        round=round,
        ticket=cost.ticket,
        nights=cost.nights,
        night_rate=cost.night_rate,
        days=cost.days,
        daily_rate=cost.daily_rate,
        terminal=cost.terminal,
        offered_by=by,
        offered_at=at,
        reply_by=reply_by(round, at=at),
    )
    funds.hold(made, by=by, at=at)
    nominee.waiting_rank = None
    nominee.version += 1
    CHOICES[NomineeStatus.SELECTED].apply(nominee)
    if mail:
        emails.owe_offer(made, at=at)
    register.append(
        action="sponsorship.offer.offer",
        by=by,
        at=at,
        state=nominee.state,
        obj=made,
        data={"round": round.key, "reply_by": made.reply_by.isoformat()},
    )
    return made


def _standing(nominee: Nominee, round: Round, *, at: datetime) -> Nominee:
    """The person, locked, to whom a place can be offered now."""
    found = Nominee.objects.select_for_update(of=("self",)).select_related("application__state__region_group")
    fresh = found.get(pk=nominee.pk)
    fresh.application.round = round
    if round.status != RoundStatus.ANNOUNCED:
        raise WorkRefused(_("Offers are made once the decision is announced."))
    if at.date() >= round.meeting.starts:
        raise WorkRefused(_("The meeting has begun: no place can be offered any more."))
    if fresh.offers.filter(status__in=STANDING_OFFERS).exists():
        raise WorkRefused(_("This person holds an offer already."))
    if fresh.status not in TO_BE_OFFERED:
        raise WorkRefused(_("This person is neither selected nor on the waiting list."))
    return fresh
