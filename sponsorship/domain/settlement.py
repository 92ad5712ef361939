"""What journeys did cost: entered one by one, undone by an opposite, closed offer by offer and then for the round.

The ledger says from whose money (``sponsorship.domain.funds``); nothing here is changed once it is entered.
"""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.permissions import require
from ccm_portal.core.workflow import TransitionRefused
from ccm_portal.core.writing import date_text, listed
from committees.domain.said import WorkRefused, said, seen
from sponsorship import workflow_settlement as workflow
from sponsorship.domain import funds, money, round_settling, sealed_files
from sponsorship.domain.rates import worth
from sponsorship.enums import CostKind, OfferStatus, SettlementStatus, TicketStatus
from sponsorship.models import ActualCost, Offer, SealedFile
from sponsorship.rules_settlement import COSTING

LONGEST_REFERENCE, LONGEST_NOTE = 120, 300


class AskedAgain(WorkRefused):
    """It looks like something that was entered already. Sent once more with ``again``, it is entered."""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """A file as it came: a scan or a picture."""

    name: str
    content: bytes


@transaction.atomic
def enter_cost(
    *,
    offer: Offer,
    kind: str,
    amount: Decimal,
    currency: str,
    paid_on: date,
    reference: str,
    note: str = "",
    came_back: bool = False,
    receipt: Receipt | None = None,
    again: bool = False,
    version: int,
    by: User,
    at: datetime,
) -> ActualCost:
    """Enter what was paid for an offer, or what came back of it; ``amount`` is above zero either way.

    :raises PermissionDenied: to anybody but a sponsorship officer.
    :raises WorkChanged: if the offer has another version than the one seen.
    :raises TransitionRefused: if the settlement is closed.
    :raises AskedAgain: if the same amount was entered for the same day, unless ``again``.
    :raises WorkRefused: if it was entered already, a rate is missing, or the money does not suffice.
    :raises FileRefused: if the receipt cannot be taken.
    """
    offer = _held(offer, version, by=by)
    if offer.status not in COSTING:
        raise WorkRefused(_("Nothing is paid for an offer that was not accepted."))
    reference = said(reference, longest=LONGEST_REFERENCE, empty=_("Enter the reference of the invoice or receipt."))
    note = said(note, longest=LONGEST_NOTE)
    if amount <= 0 or not money.is_whole(amount, currency):
        raise WorkRefused(_("Enter an amount above zero, with no more digits than the currency has."))
    if paid_on > at.date():
        raise WorkRefused(_("The day lies ahead. Enter it once it was paid."))
    _refuse_double(offer, kind, reference, came_back=came_back)
    if not again:
        _ask_again(offer, amount if not came_back else -amount, currency, paid_on)
    if came_back:
        converted = funds.refund_worth(offer, kind=kind, amount=amount, currency=currency, on=paid_on)
    else:
        converted = worth(amount, currency, offer.round.currency, on=paid_on)
    if not converted.amount:
        raise WorkRefused(_("In the currency of the round this amount is worth nothing."))
    sign = -1 if came_back else 1
    cost = ActualCost.objects.create(
        offer=offer,
        kind=kind,
        amount=sign * amount,
        currency=currency,
        rate=converted.rate,
        worth=sign * converted.amount,
        paid_on=paid_on,
        reference=reference,
        note=note,
        receipt=_stored(offer, receipt, by=by, at=at),
        noted_by=by,
        noted_at=at,
    )
    (funds.give_back if came_back else funds.pay)(cost, by=by, at=at)
    _touch(offer)
    _noted(cost, "come_back" if came_back else "pay", by=by, at=at)
    return cost


@transaction.atomic
def undo_cost(*, cost: ActualCost, version: int, by: User, at: datetime) -> ActualCost:
    """Take a cost, or what came back, out again: by an opposite, so that both stay on record.

    :raises WorkChanged: if the offer has another version than the one seen.
    :raises TransitionRefused: if the settlement is closed.
    :raises WorkRefused: if it is undone already, is an undoing itself, or the money is in use.
    """
    offer = _held(cost.offer, version, by=by)
    cost = ActualCost.objects.select_for_update(of=("self",)).get(pk=cost.pk)
    if cost.undoes_id or cost.is_undone:
        raise WorkRefused(_("This is undone already."))
    cost.is_undone = True
    cost.save(update_fields=["is_undone"])
    opposite = ActualCost.objects.create(
        offer=offer,
        kind=cost.kind,
        amount=-cost.amount,
        currency=cost.currency,
        rate=cost.rate,
        worth=-cost.worth,
        paid_on=cost.paid_on,
        reference=cost.reference,
        undoes=cost,
        noted_by=by,
        noted_at=at,
    )
    funds.give_back(opposite, by=by, at=at)
    _touch(offer)
    _noted(opposite, "undo", by=by, at=at)
    return opposite


def still_open(offer: Offer) -> list[str]:
    """What stands in the way of closing the settlement, in words."""
    told = []
    if offer.status == OfferStatus.ACCEPTED:
        told.append(_("Mark first whether the person came to the meeting."))
    if offer.status == OfferStatus.NO_SHOW and offer.absence_excused is None:
        told.append(_("Say first why the person did not come."))
    if offer.ticket_status == TicketStatus.BOUGHT:
        told.append(_("Say first what became of the ticket: used, returned or lost."))
    if offer.ticket_status == TicketStatus.RETURNED and not _refunded(offer):
        told.append(_("Enter first what came back for the ticket."))
    return told


@transaction.atomic
def settle(*, offer: Offer, version: int, by: User, at: datetime) -> Offer:
    """Close the settlement: all costs are in. What is still held becomes free.

    :raises WorkChanged: if the offer has another version than the one seen.
    :raises TransitionRefused: if it is closed already.
    :raises WorkRefused: if the journey or the ticket is not marked.
    """
    require(by, workflow.SETTLES, None)
    offer = _locked(offer, version)
    workflow.SETTLE.check(offer)
    if offer.status not in COSTING:
        raise WorkRefused(_("Nothing is paid for an offer that was not accepted."))
    if told := still_open(offer):
        raise WorkRefused(" ".join(told))
    released = funds.release(offer, by=by, at=at)
    offer.settled_by, offer.settled_at = by, at
    offer.version += 1
    workflow.SETTLE.apply(offer)
    workflow.SETTLE.record(offer, by=by, at=at, data={"round": offer.round.key, "released": bool(released)})
    return offer


@transaction.atomic
def reopen(*, offer: Offer, reason: str, version: int, by: User, at: datetime) -> Offer:
    """Open a closed settlement again, and with it its round.

    :raises WorkChanged: if the offer has another version than the one seen.
    :raises TransitionRefused: if it is open.
    :raises WorkRefused: without a reason.
    """
    require(by, workflow.SETTLES, None)
    offer = _locked(offer, version)
    workflow.REOPEN.check(offer)
    reason = said(reason, longest=LONGEST_NOTE, empty=_("Say why."))
    round_settling.open_again(offer.round, by=by, at=at)
    offer.settled_by = offer.settled_at = None
    offer.settlement_note = reason
    offer.version += 1
    workflow.REOPEN.apply(offer)
    workflow.REOPEN.record(offer, by=by, at=at, data={"round": offer.round.key})
    return offer


def _locked(offer: Offer, version: int) -> Offer:
    fresh = seen(offer, version)
    fresh.nominee = offer.nominee
    fresh.round = offer.round
    return fresh


def _held(offer: Offer, version: int, *, by: User) -> Offer:
    """The offer, locked, while its settlement is open."""
    require(by, workflow.SETTLES, None)
    offer = _locked(offer, version)
    if offer.settlement == SettlementStatus.SETTLED:
        raise TransitionRefused(_("The settlement is closed. Open it again first."))
    return offer


def _touch(offer: Offer) -> None:
    offer.version += 1
    offer.save()


def _refuse_double(offer: Offer, kind: str, reference: str, *, came_back: bool) -> None:
    """:raises WorkRefused: if what was paid, or came back, stands already under this reference."""
    way = {"amount__lt": 0} if came_back else {"amount__gt": 0}
    stands = offer.costs.filter(kind=kind, reference__iexact=reference, undoes=None, is_undone=False, **way).first()
    if stands:
        raise WorkRefused(_("This was entered already: %(cost)s. Nothing was entered twice.") % {"cost": told(stands)})


def _ask_again(offer: Offer, amount: Decimal, currency: str, paid_on: date) -> None:
    same = offer.costs.filter(amount=amount, currency=currency, paid_on=paid_on, undoes=None, is_undone=False).first()
    if same:
        raise AskedAgain(
            _(
                "The same amount was entered for the same day: %(cost)s."
                " If this is another one, say so and send it again."
            )
            % {"cost": told(same)}
        )


def told(cost: ActualCost) -> str:
    """Ticket, CHF 980.00, 4 May 2027, INV-7."""
    parts = [CostKind(cost.kind).label, money.told(cost.amount, cost.currency), date_text(cost.paid_on), cost.reference]
    return listed(parts)


def _refunded(offer: Offer) -> bool:
    return offer.costs.filter(kind=CostKind.TICKET, amount__lt=0, undoes=None, is_undone=False).exists()


def _stored(offer: Offer, receipt: Receipt | None, *, by: User, at: datetime) -> SealedFile | None:
    if receipt is None:
        return None
    return sealed_files.store_file(offer.nominee, receipt.content, receipt.name, by=by, at=at)


def _noted(cost: ActualCost, act: str, *, by: User, at: datetime) -> None:
    """On record without an amount and without a reference, which somebody may have put a name into."""
    register.append(
        action=f"sponsorship.actualcost.{act}",
        by=by,
        at=at,
        state=cost.offer.state,
        obj=cost,
        data={"round": cost.offer.round.key, "kind": str(cost.kind)},
    )
