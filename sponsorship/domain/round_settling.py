"""A round is closed once everything in it is settled, and opened again with a settlement of it."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core.models import User
from ccm_portal.core.permissions import require
from ccm_portal.core.workflow import locked
from ccm_portal.core.writing import number_text
from committees.domain.said import WorkRefused, seen
from sponsorship import workflow_settlement as workflow
from sponsorship.enums import TO_SETTLE, OfferStatus, RoundStatus, SettlementStatus
from sponsorship.models import Offer, Round


def unsettled(round: Round) -> QuerySet[Offer]:
    """Offers that are not at their end: a reply, a journey or a settlement is still to come."""
    runs = Q(status__in=(OfferStatus.OFFERED, OfferStatus.ACCEPTED))
    return round.offers.filter(runs | Q(status__in=TO_SETTLE, settlement=SettlementStatus.OPEN))


@transaction.atomic
def settle(*, round: Round, version: int, by: User, at: datetime) -> Round:
    """Close the round: nothing is offered, travelled or paid any more.

    :raises WorkChanged: if the round has another version than the one seen.
    :raises TransitionRefused: unless it is announced.
    :raises WorkRefused: while an offer of it is not settled, or before the meeting is over.
    """
    require(by, workflow.SETTLES, None)
    round = seen(round, version)
    workflow.SETTLE_ROUND.check(round)
    if left := unsettled(round).count():
        raise WorkRefused(
            ngettext("%(count)s offer is not settled.", "%(count)s offers are not settled.", left)
            % {"count": number_text(left)}
        )
    if round.meeting.ends >= at.date():
        raise WorkRefused(_("The meeting is not over."))
    round.settled_at = at
    round.version += 1
    workflow.SETTLE_ROUND.apply(round)
    workflow.SETTLE_ROUND.record(round, by=by, at=at, data={"round": round.key})
    return round


def open_again(round: Round, *, by: User, at: datetime) -> None:
    """Where the round is closed, open it again. Call it in the transaction of what opens it; it locks the round."""
    round = locked(round)
    if round.status == RoundStatus.SETTLED:
        round.settled_at = None
        round.version += 1
        workflow.REOPEN_ROUND.apply(round)
        workflow.REOPEN_ROUND.record(round, by=by, at=at, data={"round": round.key})
