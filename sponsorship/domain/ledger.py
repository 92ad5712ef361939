"""The ledger: the one way by which money moves, and how it is checked.

Every entry is of one contribution and has two sides or more that add up to zero in each currency; the database holds
that, keeps the balances, and lets nothing that is pledged, free, held or spent fall below zero. Whoever moves money
locks the contributions first (``lock``), so that two people cannot give the same money away.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F, Sum

from ccm_portal.core.models import User
from sponsorship.enums import AccountKind, EntryKind
from sponsorship.models import (
    ActualCost,
    Contribution,
    ExchangeRate,
    LedgerAccount,
    LedgerEntry,
    Offer,
    Posting,
    Round,
)


@dataclass(frozen=True, kw_only=True)
class Move:
    """So much into one account; out of it where ``amount`` is below zero. ``currency`` is the contribution's."""

    to: AccountKind
    amount: Decimal
    offer: Offer | None = None


def lock(contributions: Iterable[Contribution]) -> list[Contribution]:
    """The contributions as they are now, nobody else's until the transaction ends. Always in the same order."""
    ids = {one.pk for one in contributions}
    return list(Contribution.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk"))


@transaction.atomic
def post(
    *,
    kind: EntryKind,
    contribution: Contribution,
    moves: Iterable[Move],
    day: date,
    by: User | None,
    at: datetime,
    round: Round | None = None,
    offer: Offer | None = None,
    cost: ActualCost | None = None,
    worth: Decimal | None = None,
    rate: ExchangeRate | None = None,
    reference: str = "",
    again: int = 0,
    note: str = "",
    undoes: LedgerEntry | None = None,
) -> LedgerEntry:
    """Enter one movement of money, in the currency of its contribution. Call it inside the transaction of the fact.

    :raises django.db.IntegrityError: where it does not add up, or takes money that is not there.
    """
    entry = LedgerEntry.objects.create(
        kind=kind,
        contribution=contribution,
        round=round,
        offer=offer,
        cost=cost,
        day=day,
        worth=worth,
        rate=rate,
        reference=reference,
        again=again,
        note=note,
        undoes=undoes,
        by=by,
        at=at,
    )
    for move in moves:
        account, _new = LedgerAccount.objects.get_or_create(
            kind=move.to, contribution=contribution, offer=move.offer, currency=contribution.currency
        )
        Posting.objects.create(entry=entry, account=account, amount=move.amount)
    return entry


def balance(contribution: Contribution, kind: AccountKind, offer: Offer | None = None) -> Decimal:
    """What stands in one account now."""
    account = LedgerAccount.objects.filter(contribution=contribution, kind=kind, offer=offer)
    return account.aggregate(sum=Sum("balance"))["sum"] or Decimal(0)


def sums() -> dict[str, Decimal]:
    """All postings added up, by currency: each is zero."""
    found = Posting.objects.values_list("account__currency").annotate(sum=Sum("amount")).order_by("account__currency")
    return dict(found)


def faults() -> list[str]:
    """What does not add up, in words for the office: nothing, as long as the database's own checks hold."""
    told = [f"{currency}: {amount} instead of 0" for currency, amount in sums().items() if amount]
    counted = LedgerAccount.objects.annotate(counted=Sum("postings__amount", default=Decimal(0)))
    told += [f"{account}: {account.balance}" for account in counted.exclude(balance=F("counted"))]
    return told
