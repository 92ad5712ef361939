"""Who came to the meeting, and who did not: marked after its first day. What was spent stays to be settled."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from ccm_portal.core.workflow import locked
from ccm_portal.core.writing import date_text
from committees.domain.said import WorkRefused, refuse_stale, said
from sponsorship.enums import SettlementStatus, TicketStatus
from sponsorship.models import Offer
from sponsorship.workflow_travel import MISS, TRAVEL


@transaction.atomic
def came(offer: Offer, *, version: int, by: User, at: datetime) -> Offer:
    """The person came; the ticket that was bought is used.

    :raises WorkChanged: if somebody else has changed the offer since.
    :raises WorkRefused: before the meeting, or once the journey is settled.
    :raises TransitionRefused: if the offer was not accepted.
    """
    offer = _mark_as_come(offer, version, at=at)
    TRAVEL.record(offer, by=by, at=at)
    return offer


@transaction.atomic
def came_all(offers: Sequence[tuple[Offer, int]], *, by: User, at: datetime) -> int:
    """The same for several, each with the version seen: all of them, or none. Returns how many."""
    in_order = sorted(offers, key=lambda pair: pair[0].pk)
    marked = [_mark_as_come(offer, version, at=at) for offer, version in in_order]
    for offer in marked:
        TRAVEL.record(offer, by=by, at=at)
    return len(marked)


@transaction.atomic
def did_not_come(offer: Offer, *, reason: str, excused: bool | None, version: int, by: User, at: datetime) -> Offer:
    """The person did not come. What is not excused counts when the State applies again; ``None`` leaves it open. A
    ticket that was bought is to be returned.

    :raises WorkChanged: if somebody else has changed the offer since.
    :raises WorkRefused: without a reason, before the meeting, or once the journey is settled.
    :raises TransitionRefused: if the offer was not accepted.
    """
    offer = _to_mark(offer, version, at=at)
    offer.absence_reason = said(reason, empty=_("Say why, as far as it is known."))
    offer.absence_excused = excused
    if offer.ticket_status == TicketStatus.USED:
        offer.ticket_status = TicketStatus.BOUGHT
    offer.version += 1
    MISS.apply(offer)
    MISS.record(offer, by=by, at=at, data={"excused": excused})
    return offer


@transaction.atomic
def excuse(offer: Offer, *, reason: str, excused: bool | None, version: int, by: User, at: datetime) -> Offer:
    """Why somebody did not come, told or corrected later.

    :raises WorkChanged: if somebody else has changed the offer since.
    :raises WorkRefused: without a reason, or if the person is not marked as absent.
    """
    offer = locked(offer)
    refuse_stale(offer, version)
    if offer.status != MISS.target:
        raise WorkRefused(_("This person is not marked as absent."))
    offer.absence_reason = said(reason, empty=_("Say why, as far as it is known."))
    offer.absence_excused = excused
    offer.version += 1
    offer.save(update_fields=["absence_reason", "absence_excused", "version"])
    MISS.record(offer, by=by, at=at, data={"excused": excused})
    return offer


def _mark_as_come(offer: Offer, version: int, *, at: datetime) -> Offer:
    offer = _to_mark(offer, version, at=at)
    offer.absence_reason, offer.absence_excused = "", None
    if offer.ticket_status in (TicketStatus.BOUGHT, TicketStatus.LOST):
        offer.ticket_status = TicketStatus.USED
    offer.version += 1
    TRAVEL.apply(offer)
    return offer


def _to_mark(offer: Offer, version: int, *, at: datetime) -> Offer:
    offer = locked(offer)
    refuse_stale(offer, version)
    if offer.settlement == SettlementStatus.SETTLED:
        raise WorkRefused(_("This journey is settled; nothing of it changes any more."))
    begins = offer.round.meeting.starts
    if at.date() < begins:
        raise WorkRefused(_("The meeting begins on %(day)s: mark it then.") % {"day": date_text(begins)})
    return offer
