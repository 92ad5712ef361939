"""What contributions come to: promised, received, free, held, spent, returned. Each in its own currency."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from django.db.models import Count, Q, Sum
from django.utils.translation import ngettext

from ccm_portal.core.models import State
from ccm_portal.core.writing import listed, number_text
from sponsorship.domain import money
from sponsorship.domain.earmarks import Pots
from sponsorship.domain.rate_entry import in_words
from sponsorship.domain.rates import Rates
from sponsorship.enums import AccountKind, EarmarkKind, EntryKind, RoundStatus
from sponsorship.models import Contribution, Earmark, Instalment, LedgerAccount, Offer, Posting, Round


@dataclass(frozen=True, kw_only=True)
class Amounts:
    """What was received is free, held, spent or returned, to the cent."""

    currency: str
    promised: Decimal = Decimal(0)
    to_come: Decimal = Decimal(0)
    received: Decimal = Decimal(0)
    free: Decimal = Decimal(0)
    held: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)
    returned: Decimal = Decimal(0)

    def told(self) -> dict[str, str]:
        """Each in words, by its name."""
        names = [one.name for one in fields(self) if one.name != "currency"]
        return {name: money.told(getattr(self, name), self.currency) for name in names}

    def __add__(self, other: "Amounts") -> "Amounts":
        """:raises ValueError: for another currency: such sums mean nothing."""
        if other.currency != self.currency:
            raise ValueError("Amounts in two currencies are not added.")
        names = [one.name for one in fields(self) if one.name != "currency"]
        sums = {name: getattr(self, name) + getattr(other, name) for name in names}
        return Amounts(currency=self.currency, **sums)


def amounts(contributions: Iterable[Contribution]) -> dict[int, Amounts]:
    """By contribution. Three queries, whatever their number."""
    currencies = {one.pk: one.currency for one in contributions}
    accounts = LedgerAccount.objects.filter(contribution__in=currencies).values_list("contribution", "kind")
    sums = {(of, kind): total for of, kind, total in accounts.annotate(total=Sum("balance")).order_by("contribution")}
    back = Posting.objects.filter(
        entry__kind=EntryKind.RETURN,
        entry__undone_by=None,
        account__kind=AccountKind.DONOR,
        account__contribution__in=currencies,
    )
    returned = dict(back.values_list("account__contribution").annotate(sum=Sum("amount")).order_by())
    said = Instalment.objects.filter(contribution__in=currencies).values_list("contribution")
    promised = dict(said.annotate(sum=Sum("amount")).order_by())
    zero = Decimal(0)
    return {
        of: Amounts(
            currency=currency,
            promised=promised.get(of, zero),
            to_come=sums.get((of, AccountKind.PLEDGED), zero),
            received=returned.get(of, zero) - sums.get((of, AccountKind.DONOR), zero),
            free=sums.get((of, AccountKind.FREE), zero),
            held=sums.get((of, AccountKind.HELD), zero),
            spent=sums.get((of, AccountKind.SPENT), zero),
            returned=returned.get(of, zero),
        )
        for of, currency in currencies.items()
    }


def totals(found: Iterable[Amounts]) -> list[Amounts]:
    """By currency, in the order of their codes."""
    sums: dict[str, Amounts] = {}
    for one in found:
        sums[one.currency] = sums[one.currency] + one if one.currency in sums else one
    return [sums[code] for code in sorted(sums)]


@dataclass(frozen=True, kw_only=True)
class FreeForRound:
    """What a round could offer from, in its currency, by which rates; and what no rate counts for."""

    round: Round
    free: str
    rates: list[str]
    without_rate: list[str]


def free_for_rounds(rounds: Iterable[Round], *, on: date) -> list[FreeForRound]:
    """For rounds that may still make offers."""
    rates, found = Rates.of(on), []
    for round in rounds:
        total, used, without = Decimal(0), {}, []
        for pot in Pots.of(round, on=on).pots:
            currency = pot.contribution.currency
            if not rates.knows(currency, round.currency):
                without.append(currency)
                continue
            worth = rates.worth(pot.free, currency, round.currency)
            total += worth.amount
            if worth.rate:
                used[worth.rate.pk] = worth.rate
        found.append(
            FreeForRound(
                round=round,
                free=money.told(total, round.currency),
                rates=[in_words(rate) for _pk, rate in sorted(used.items())],
                without_rate=sorted(set(without)),
            )
        )
    return found


def earmark_words(earmarks: Iterable[Earmark]) -> list[str]:
    """One sentence part for each kind; none for general money."""
    by_kind: dict[str, list[Earmark]] = {}
    for one in earmarks:
        by_kind.setdefault(one.kind, []).append(one)
    said = []
    for kind in EarmarkKind:
        rows = by_kind.get(kind)
        if not rows:
            continue
        if kind == EarmarkKind.REGION:
            said.append(listed(one.region_group.name for one in rows if one.region_group))
        elif kind == EarmarkKind.MEETING:
            said.append(listed(one.meeting.short_name for one in rows if one.meeting))
        else:
            said.append(str(kind.label))
    return said


@dataclass(frozen=True, kw_only=True)
class Brought:
    """What one contribution does for one round, as its donor may know it: no names, States once they are announced."""

    round: Round
    held: str
    spent: str
    people: str
    states: list[State]


def brought(contribution: Contribution) -> list[Brought]:
    """By round, the last first: for how many people money is held or spent. Three queries."""
    kinds = (AccountKind.HELD, AccountKind.SPENT)
    accounts = LedgerAccount.objects.filter(contribution=contribution, kind__in=kinds, balance__gt=0)
    by_round = accounts.values("offer__round").annotate(
        held=Sum("balance", filter=Q(kind=AccountKind.HELD)),
        spent=Sum("balance", filter=Q(kind=AccountKind.SPENT)),
        people=Count("offer__nominee", distinct=True),
    )
    sums = {row["offer__round"]: row for row in by_round.order_by()}
    told = Round.objects.filter(pk__in=sums).select_related("meeting").order_by("-meeting__starts", "-pk")
    states: dict[int, dict[int, State]] = {}
    offers = Offer.objects.filter(pk__in=accounts.values("offer"), round__announced_at__isnull=False)
    for offer in offers.select_related("nominee__application__state"):
        states.setdefault(offer.round_id, {})[offer.state_id] = offer.state
    return [
        Brought(
            round=round,
            held=money.told(sums[round.pk]["held"] or Decimal(0), contribution.currency),
            spent=money.told(sums[round.pk]["spent"] or Decimal(0), contribution.currency),
            people=ngettext("%(count)s person", "%(count)s people", sums[round.pk]["people"])
            % {"count": number_text(sums[round.pk]["people"])},
            states=sorted(states.get(round.pk, {}).values(), key=lambda state: state.name),
        )
        for round in told
    ]


def open_rounds(rounds: Iterable[Round]) -> list[Round]:
    """Those that may still make offers."""
    return [round for round in rounds if round.status != RoundStatus.SETTLED]
