"""The waiting list: a place that came free goes to the next for whom the money suffices, and every step is kept."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.workflow import locked
from committees.domain.said import WorkRefused
from sponsorship.domain import money, offering
from sponsorship.domain.funds import NotEnough
from sponsorship.domain.rates import RateMissing
from sponsorship.enums import NomineeStatus, RoundStatus
from sponsorship.models import Nominee, Offer, Round, WaitingMove

# Why a step of the waiting list came out as it did.
OFFERED, MONEY, RATE, PLACES, EMPTY, TOO_LATE, REFUSED = (
    "offered",
    "money",
    "rate",
    "places",
    "empty",
    "too_late",
    "refused",
)


@dataclass(frozen=True)
class Reason:
    """What is kept of one step: a key, and what its sentence needs."""

    key: str
    data: dict[str, Any]

    @classmethod
    def of(cls, move: WaitingMove) -> "Reason":
        return cls(move.reason["key"], move.reason)

    def kept(self) -> dict[str, Any]:
        """As the row keeps it."""
        return {"key": self.key, **self.data}


def why(refusal: WorkRefused) -> Reason:
    """The reason to keep of a refused offer."""
    if isinstance(refusal, NotEnough):
        return Reason(MONEY, {"missing": str(refusal.missing), "currency": refusal.currency})
    if isinstance(refusal, offering.NoPlace):
        return Reason(PLACES, {"places": refusal.places})
    if isinstance(refusal, RateMissing):
        return Reason(RATE, {})
    return Reason(REFUSED, {})


def words(move: WaitingMove) -> str:
    """The reason as a sentence."""
    reason = Reason.of(move)
    if reason.key == MONEY:
        amount = money.told(Decimal(reason.data["missing"]), reason.data["currency"])
        return _("Passed over: the money that may be used for this person lacks %(amount)s.") % {"amount": amount}
    return {
        OFFERED: _("The place was offered."),
        PLACES: _("Put on the waiting list: all places were taken."),
        RATE: _("Passed over: an exchange rate is missing."),
        REFUSED: _("Passed over: the assumed costs are missing."),
        EMPTY: _("Nobody was left on the waiting list."),
        TOO_LATE: _("The place was not offered again: the meeting had begun."),
    }[reason.key]


def note(
    round: Round,
    reason: Reason,
    *,
    at: datetime,
    after: Offer | None = None,
    nominee: Nominee | None = None,
    offer: Offer | None = None,
) -> WaitingMove:
    """Keep one step."""
    return WaitingMove.objects.create(
        round=round, after=after, nominee=nominee, offer=offer, reason=reason.kept(), at=at
    )


@transaction.atomic
def move_on(round: Round, *, at: datetime, after: Offer | None = None, by: User | None = None) -> list[Offer]:
    """Offer the place that came free ``after`` an offer to the next on the list, or every free place where none is
    named. Whoever is passed over stays on the list, with the reason of each time.
    """
    round = locked(round)
    if round.status != RoundStatus.ANNOUNCED:
        return []
    if at.date() >= round.meeting.starts:
        note(round, Reason(TOO_LATE, {}), at=at, after=after)
        return []
    wanted = min(offering.places_left(round), 1 if after else round.places)
    made: list[Offer] = []
    waiting = Nominee.objects.filter(application__round=round, status=NomineeStatus.WAITING)
    found = waiting.select_related("application__state").order_by("waiting_rank", "pk")
    for nominee in found if wanted > 0 else ():
        try:
            with transaction.atomic():
                offer = offering.offer(nominee, by=by, at=at)
        except WorkRefused as refusal:
            note(round, why(refusal), at=at, after=after, nominee=nominee)
            continue
        made.append(offer)
        note(round, Reason(OFFERED, {}), at=at, after=after, nominee=nominee, offer=offer)
        if len(made) == wanted:
            break
    if after and not made and not waiting.exists():
        note(round, Reason(EMPTY, {}), at=at, after=after)
    register.append(
        action="sponsorship.round.move_waiting_list",
        by=by,
        at=at,
        obj=round,
        data={"after": str(after.pk) if after else None, "offers": [str(offer.pk) for offer in made]},
    )
    return made
