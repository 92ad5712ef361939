"""What becomes of an offer: accepted, declined, lapsed, withdrawn. A place that comes free goes to the next by itself.

offer(nominee, …)      see ``offering``
accept, decline        by the State, or by an officer who says where the State said it
lapse, sweep           when the time for the reply is over
withdraw               after acceptance, also when the ticket is bought
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from ccm_portal.core.workflow import Transition, locked
from ccm_portal.core.writing import instant_text
from committees.domain.said import WorkRefused, refuse_stale, said
from sponsorship import emails_offers as emails
from sponsorship.domain import funds, travel, waiting
from sponsorship.domain.offering import NoPlace, offer, places_left
from sponsorship.enums import OfferStatus, TicketStatus
from sponsorship.models import Offer
from sponsorship.workflow_offers import ACCEPT, DECLINE, LAPSE, WITHDRAW

__all__ = ["NoPlace", "accept", "decline", "lapse", "offer", "places_left", "remind", "sweep", "withdraw"]


@transaction.atomic
def accept(offer: Offer, *, version: int, by: User, at: datetime, on_behalf: bool = False, note: str = "") -> Offer:
    """The State accepts: the file of the journey is opened.

    :param on_behalf: whether an officer notes what the State said; then ``note`` says where.
    :raises WorkChanged: if the offer was changed since the page was opened.
    :raises WorkRefused: if the time for the reply is over, or the note is missing.
    :raises TransitionRefused: if it was answered already.
    """
    offer = _to_answer(offer, version=version, at=at, transition=ACCEPT)
    offer.reply_note = _note(note, on_behalf=on_behalf)
    _answered(offer, ACCEPT, by=by, at=at)
    travel.open_file(offer, by=by, at=at)
    emails.owe_answered(offer, at=at)
    ACCEPT.record(offer, by=by, at=at, data={"on_behalf": on_behalf})
    return offer


@transaction.atomic
def decline(offer: Offer, *, version: int, by: User, at: datetime, on_behalf: bool = False, note: str = "") -> Offer:
    """The State declines: what was held becomes free, and the place goes to the next.

    :raises WorkChanged: if the offer was changed since the page was opened.
    :raises WorkRefused: if the time for the reply is over, or an officer does not say where the State said it.
    :raises TransitionRefused: if it was answered already.
    """
    offer = _to_answer(offer, version=version, at=at, transition=DECLINE)
    offer.reply_note = _note(note, on_behalf=on_behalf)
    _answered(offer, DECLINE, by=by, at=at)
    _give_on(offer, by=by, at=at)
    DECLINE.record(offer, by=by, at=at, data={"on_behalf": on_behalf})
    return offer


@transaction.atomic
def withdraw(offer: Offer, *, version: int, reason: str, by: User, at: datetime) -> Offer:
    """Somebody who accepted does not travel after all. The place goes to the next.

    What is held becomes free; where a ticket is bought already it stays held until the settlement is closed, because
    the ticket has to be paid.

    :raises WorkChanged: if the offer was changed since the page was opened.
    :raises WorkRefused: without a reason.
    :raises TransitionRefused: if the offer is not accepted.
    """
    locked(offer.round)
    offer = _fresh(offer)
    WITHDRAW.check(offer)
    refuse_stale(offer, version)
    offer.reply_note = said(reason, empty=_("Say why."))
    offer.version += 1
    WITHDRAW.apply(offer)
    ticketed = is_ticketed(offer)
    _give_on(offer, by=by, at=at, release=not ticketed)
    WITHDRAW.record(offer, by=by, at=at, data={"ticketed": ticketed})
    return offer


@transaction.atomic
def lapse(offer: Offer, *, at: datetime) -> bool:
    """End an offer whose time for the reply is over, and give the place to the next.

    :returns: whether it lapsed now; not where it was answered meanwhile, or may still be.
    """
    locked(offer.round)
    offer = _fresh(offer)
    if offer.status != OfferStatus.OFFERED or at <= offer.reply_by:
        return False
    offer.version += 1
    LAPSE.apply(offer)
    emails.owe_lapsed(offer, at=at)
    _give_on(offer, by=None, at=at)
    LAPSE.record(offer, by=None, at=at)
    return True


def sweep(*, at: datetime) -> int:
    """Let lapse what was not answered in time, each in a transaction of its own."""
    overdue = Offer.objects.filter(status=OfferStatus.OFFERED, reply_by__lt=at).select_related("round")
    return sum(lapse(one, at=at) for one in overdue.order_by("reply_by", "pk")[:200])


def remind(*, at: datetime) -> int:
    """Remind the States whose offers wait for a reply: see ``emails_offers.RUNGS``."""
    waiting_ones = Offer.objects.filter(status=OfferStatus.OFFERED, reply_by__gte=at)
    near = waiting_ones.filter(reply_by__lte=at + timedelta(days=max(emails.RUNGS)))
    return emails.remind(near.select_related("nominee__application__state"), at=at)


def is_ticketed(offer: Offer) -> bool:
    """Whether a ticket was bought, by the offer or by the file of the journey."""
    journey = getattr(offer, "travel", None)
    return offer.ticket_status != TicketStatus.NONE or bool(journey and journey.ticket_bought_on)


def _fresh(offer: Offer) -> Offer:
    found = Offer.objects.select_for_update(of=("self",)).select_related("round", "nominee__application__state")
    return found.get(pk=offer.pk)


def _to_answer(offer: Offer, *, version: int, at: datetime, transition: Transition) -> Offer:
    """The offer, locked, if it can be answered now."""
    locked(offer.round)
    offer = _fresh(offer)
    transition.check(offer)
    refuse_stale(offer, version)
    if at > offer.reply_by:
        raise WorkRefused(
            _("The time for the reply was over on %(moment)s.") % {"moment": instant_text(offer.reply_by)}
        )
    return offer


def _note(note: str, *, on_behalf: bool) -> str:
    return said(note, longest=2000, empty=_("Say where the State said it.") if on_behalf else "")


def _answered(offer: Offer, transition: Transition, *, by: User, at: datetime) -> None:
    offer.replied_by, offer.replied_at = by, at
    offer.version += 1
    transition.apply(offer)


def _give_on(offer: Offer, *, by: User | None, at: datetime, release: bool = True) -> None:
    if release:
        funds.release(offer, by=by, at=at)
    emails.owe_answered(offer, at=at)
    waiting.move_on(offer.round, after=offer, by=by, at=at)
