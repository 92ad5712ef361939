"""What money says to a choice: what is free under which earmarks, and for whom of those selected it would not do."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from ccm_portal.core.writing import listed
from sponsorship.domain.earmarks import Pot, Pots
from sponsorship.domain.ranking import Ranked
from sponsorship.domain.rates import RateMissing, Rates
from sponsorship.enums import EarmarkKind, NomineeStatus
from sponsorship.models import Round


@dataclass(frozen=True, kw_only=True)
class Funds:
    """Free money of one kind of earmarks, in the round's currency; ``worth`` is none where a rate is missing."""

    label: str
    worth: Decimal | None


def free_by_earmark(round: Round, pots: Pots, rates: Rates) -> list[Funds]:
    """What is free, by what it may be used for, the general money last. No donor is named."""
    sums: dict[str, Decimal | None] = {}
    for pot in pots.pots:
        label = _earmarks(pot)
        try:
            worth = rates.worth(pot.free, pot.contribution.currency, round.currency).amount
        except RateMissing:
            sums[label] = None
            continue
        before = sums.get(label, Decimal(0))
        sums[label] = None if before is None else before + worth
    return [Funds(label=label, worth=worth) for label, worth in sums.items()]


def _earmarks(pot: Pot) -> str:
    kinds = [str(EarmarkKind(kind).label) for kind in EarmarkKind.values if kind in pot.kinds]
    return listed(kinds) or _("Not earmarked")


def short_of_money(rows: Sequence[Ranked], pots: Pots, rates: Rates, currency: str) -> list[Ranked]:
    """Of those selected, in the order of the ranking, for whom the free money would not suffice any more, as offers
    would take it: the narrowest earmarks first."""
    left = {pot.contribution.pk: _worth(pot, rates, currency) for pot in pots.pots}
    short = []
    for row in rows:
        if row.nominee.status != NomineeStatus.SELECTED or row.cost is None:
            continue
        rest, taken = row.cost, {}
        for pot in pots.usable(state=row.nominee.state, gender=row.nominee.gender):
            take = min(rest, left[pot.contribution.pk])
            taken[pot.contribution.pk] = take
            rest -= take
        if rest:
            short.append(row)
            continue
        for pk, amount in taken.items():
            left[pk] -= amount
    return short


def _worth(pot: Pot, rates: Rates, currency: str) -> Decimal:
    try:
        return rates.worth(pot.free, pot.contribution.currency, currency).amount
    except RateMissing:
        return Decimal(0)
