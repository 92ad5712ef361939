"""Where the money of a round is, donor by donor, in the donor's currency and in the round's: read from the ledger
alone, in a constant number of queries."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum

from sponsorship.domain.funds import WORTH
from sponsorship.domain.rates import Rates
from sponsorship.enums import AccountKind, EarmarkKind, EntryKind
from sponsorship.models import Contribution, LedgerAccount, Posting, Round

ZERO = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One contribution as a round sees it. Amounts are in its currency, ``…_worth`` in the round's.

    received = returned + free + held + spent + elsewhere + exchanged, to the cent.
    """

    contribution: Contribution
    pledged: Decimal = ZERO  # and not received
    received: Decimal = ZERO
    returned: Decimal = ZERO  # to the donor
    free: Decimal = ZERO
    held: Decimal = ZERO  # for offers of this round
    spent: Decimal = ZERO
    elsewhere: Decimal = ZERO  # held and spent in other rounds
    exchanged: Decimal = ZERO
    free_worth: Decimal | None = None  # at the rate of the day; nothing where no rate counts
    held_worth: Decimal = ZERO  # as it was when it was held
    spent_worth: Decimal = ZERO

    @property
    def donor(self) -> str:
        return str(self.contribution.donor)


@dataclass(frozen=True, kw_only=True)
class RoundMoney:
    """All of it. Sums are in the round's currency; ``unknown`` names currencies whose rate of the day is missing."""

    currency: str
    lines: list[Line] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def free(self) -> Decimal:
        return sum((line.free_worth or ZERO for line in self.lines), ZERO)

    @property
    def held(self) -> Decimal:
        return sum((line.held_worth for line in self.lines), ZERO)

    @property
    def spent(self) -> Decimal:
        return sum((line.spent_worth for line in self.lines), ZERO)

    @property
    def all(self) -> Decimal:
        """What the round can use and has used."""
        return self.free + self.held + self.spent


def usable_for(round: Round) -> QuerySet[Contribution]:
    """Contributions that a round may use, or has used: without an earmark for other meetings."""
    meetings = Q(earmarks__kind=EarmarkKind.MEETING)
    elsewhere = Contribution.objects.filter(meetings).exclude(meetings, earmarks__meeting=round.meeting)
    here = Contribution.objects.filter(meetings & Q(earmarks__meeting=round.meeting))
    used = Q(pk__in=Posting.objects.filter(entry__round=round).values("entry__contribution"))
    found = Contribution.objects.filter(used | ~Q(pk__in=elsewhere.values("pk")) | Q(pk__in=here.values("pk")))
    return found.select_related("state", "organisation").order_by("pk")


def of_round(round: Round, *, on: date, only: Contribution | None = None) -> RoundMoney:
    """The money of a round on a day.

    :param only: one contribution, for its donor.
    """
    contributions = list(usable_for(round) if only is None else usable_for(round).filter(pk=only.pk))
    rates = Rates.of(on)
    stands = _balances(contributions)
    here = _here(round, contributions)
    returned = _returned(contributions)
    lines, unknown = [], set()
    for one in contributions:
        mine = stands.get(one.pk, {})
        held, held_worth = here.get((one.pk, AccountKind.HELD), (ZERO, ZERO))
        spent, spent_worth = here.get((one.pk, AccountKind.SPENT), (ZERO, ZERO))
        free = mine.get(AccountKind.FREE, ZERO)
        free_worth: Decimal | None = ZERO
        if free:
            known = rates.knows(one.currency, round.currency)
            free_worth = rates.worth(free, one.currency, round.currency).amount if known else None
            if not known:
                unknown.add(one.currency)
        back = returned.get(one.pk, ZERO)
        line = Line(
            contribution=one,
            pledged=mine.get(AccountKind.PLEDGED, ZERO),
            received=back - mine.get(AccountKind.DONOR, ZERO),
            returned=back,
            free=free,
            held=held,
            spent=spent,
            elsewhere=mine.get(AccountKind.HELD, ZERO) + mine.get(AccountKind.SPENT, ZERO) - held - spent,
            exchanged=mine.get(AccountKind.EXCHANGE, ZERO),
            free_worth=free_worth,
            held_worth=held_worth,
            spent_worth=spent_worth,
        )
        if line.received or line.pledged or line.held or line.spent:
            lines.append(line)
    return RoundMoney(currency=round.currency, lines=lines, unknown=sorted(unknown))


def _balances(contributions: list[Contribution]) -> dict[int, dict[str, Decimal]]:
    found = LedgerAccount.objects.filter(contribution__in=contributions).values_list("contribution", "kind")
    stands: dict[int, dict[str, Decimal]] = {}
    for of, kind, balance in found.annotate(sum=Sum("balance")).order_by("contribution", "kind"):
        stands.setdefault(of, {})[kind] = balance
    return stands


def _here(round: Round, contributions: list[Contribution]) -> dict[tuple[int, str], tuple[Decimal, Decimal]]:
    """What is held and spent for this round, in the contribution's currency and in the round's."""
    found = Posting.objects.filter(
        entry__round=round,
        account__contribution__in=contributions,
        account__kind__in=(AccountKind.HELD, AccountKind.SPENT),
    ).values_list("account__contribution", "account__kind")
    rows = found.annotate(sum=Sum("amount"), worth=Sum(WORTH)).order_by("account__contribution", "account__kind")
    return {(of, kind): (amount, worth) for of, kind, amount, worth in rows}


def _returned(contributions: list[Contribution]) -> dict[int, Decimal]:
    """What went back to donors, less what of it was entered by mistake."""
    back = Q(entry__kind=EntryKind.RETURN) | Q(entry__undoes__kind=EntryKind.RETURN)
    found = Posting.objects.filter(back, account__kind=AccountKind.DONOR, account__contribution__in=contributions)
    return dict(
        found.values_list("account__contribution").annotate(sum=Sum("amount")).order_by("account__contribution")
    )
