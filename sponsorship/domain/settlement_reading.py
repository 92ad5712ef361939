"""The settlement of an offer to look at: what was planned beside what was paid, and whose money it is."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from sponsorship.domain.account_figures import planned_by_kind
from sponsorship.domain.funds import WORTH
from sponsorship.domain.round_money import ZERO
from sponsorship.enums import TO_SETTLE, AccountKind, CostKind, OfferStatus, SettlementStatus
from sponsorship.models import ActualCost, Contribution, Offer, Posting


@dataclass(frozen=True, kw_only=True)
class ByKind:
    """One kind of cost, in the round's currency."""

    kind: CostKind
    planned: Decimal
    actual: Decimal

    @property
    def difference(self) -> Decimal:
        """Above zero where it cost more than planned."""
        return self.actual - self.planned


@dataclass(frozen=True, kw_only=True)
class Bearer:
    """What one contribution holds for the offer and has spent on it, in its currency and in the round's."""

    contribution: Contribution
    held: Decimal = ZERO
    spent: Decimal = ZERO
    worth: Decimal = ZERO  # of both


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The whole of it. Sums are in the round's currency."""

    rows: list[ByKind] = field(default_factory=list)
    bearers: list[Bearer] = field(default_factory=list)
    costs: list[ActualCost] = field(default_factory=list)  # the last first
    held: Decimal = ZERO

    @property
    def planned(self) -> Decimal:
        return sum((row.planned for row in self.rows), ZERO)

    @property
    def actual(self) -> Decimal:
        return sum((row.actual for row in self.rows), ZERO)

    @property
    def difference(self) -> Decimal:
        return self.actual - self.planned


def sheet(offer: Offer) -> Sheet:
    """In a constant number of queries."""
    costs = list(offer.costs.select_related("rate", "receipt", "noted_by").order_by("-paid_on", "-pk"))
    planned = planned_by_kind([offer])
    actual = {kind: sum((cost.worth for cost in costs if cost.kind == kind), ZERO) for kind in CostKind}
    bearers, held = _bearers(offer)
    return Sheet(
        rows=[
            ByKind(kind=kind, planned=planned.get(kind, ZERO), actual=actual[kind])
            for kind in CostKind
            if planned.get(kind) or any(cost.kind == kind for cost in costs)
        ],
        bearers=bearers,
        costs=costs,
        held=held,
    )


def to_do(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """Offers that wait for their settlement, the oldest round first; journeys that are still to come are not."""
    found = offers.filter(status__in=TO_SETTLE, settlement=SettlementStatus.OPEN)
    return found.order_by("round__meeting__starts", "nominee__application__state__iso3", "pk")


def with_worth(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    """With ``paid``: what was paid for each, less what came back, in the round's currency."""
    return offers.annotate(paid=Sum("costs__worth", default=ZERO))


def is_to_settle(offer: Offer) -> bool:
    return OfferStatus(offer.status) in TO_SETTLE and offer.settlement == SettlementStatus.OPEN


def _bearers(offer: Offer) -> tuple[list[Bearer], Decimal]:
    kinds = (AccountKind.HELD, AccountKind.SPENT)
    found = Posting.objects.filter(account__offer=offer, account__kind__in=kinds).values("account__contribution")
    rows = found.annotate(
        held=Sum("amount", filter=Q(account__kind=AccountKind.HELD), default=ZERO),
        spent=Sum("amount", filter=Q(account__kind=AccountKind.SPENT), default=ZERO),
        held_worth=Sum(WORTH, filter=Q(account__kind=AccountKind.HELD), default=ZERO),
        worth=Sum(WORTH, default=ZERO),
    ).order_by("account__contribution")
    bears = [row for row in rows if row["held"] or row["spent"]]
    ids = [row["account__contribution"] for row in bears]
    donors = Contribution.objects.select_related("state", "organisation").in_bulk(ids)
    bearers = [
        Bearer(
            contribution=donors[row["account__contribution"]],
            held=row["held"],
            spent=row["spent"],
            worth=row["worth"],
        )
        for row in bears
    ]
    return bearers, sum((row["held_worth"] for row in bears), ZERO)
