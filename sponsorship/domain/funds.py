"""Money held, spent and set free for offers: the only way by which an offer gets money.

Call these inside the transaction of the fact; they write no register entry of their own. Each locks the contributions
it touches before it looks at what is free, so twenty offers in the same second share what is there and no more.

An entry's ``worth`` is in the round's currency and never below zero; which way the money went, its postings say.
What is held keeps the rate of the day on which it was held; free money is worth what the rate of the day says.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Case, F, Q, Sum, When
from django.utils.translation import gettext as _

from ccm_portal.core.models import State, User
from committees.domain.said import WorkRefused
from sponsorship.domain import ledger, money
from sponsorship.domain.earmarks import Pot, Pots
from sponsorship.domain.ledger import Move
from sponsorship.domain.rates import Converted, Rates, worth
from sponsorship.enums import AccountKind, EntryKind, SettlementStatus
from sponsorship.models import ActualCost, Contribution, ExchangeRate, LedgerEntry, Offer, Posting, Round

WORTH = Case(When(amount__gt=0, then=F("entry__worth")), default=-F("entry__worth"))


class NotEnough(WorkRefused):
    """The money that may be used for this person does not suffice. ``missing`` is in the round's currency."""

    def __init__(self, missing: Decimal, currency: str) -> None:
        super().__init__(
            _("The money that may be used for this person does not suffice: %(amount)s is missing.")
            % {"amount": money.told(missing, currency)}
        )
        self.missing, self.currency = missing, currency


@dataclass(frozen=True, kw_only=True)
class Part:
    """What one contribution bears: ``amount`` in its currency, ``worth`` in the round's, and the rate between."""

    contribution: Contribution
    amount: Decimal
    worth: Decimal
    rate: ExchangeRate | None = None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What money of an offer or a round is where, in the round's currency."""

    held: Decimal = Decimal(0)
    spent: Decimal = Decimal(0)
    parts: list[Part] = field(default_factory=list)


def usable(round: Round, *, state: State, gender: str, on: date) -> list[Contribution]:
    """Contributions with free money that may be used for a person of this State, the narrowest first.

    For many people read ``earmarks.Pots.of(round, on=…)`` once and ask it for each.
    """
    return [pot.contribution for pot in Pots.of(round, on=on).usable(state=state, gender=gender)]


def free_worth(
    round: Round, *, on: date, state: State | None = None, gender: str = "", pots: Pots | None = None
) -> Decimal:
    """What is free for the round, in its currency: for a person of one State, or altogether.

    :raises RateMissing: where a rate of the day is missing.
    """
    pots = pots or Pots.of(round, on=on)
    rates = Rates.of(on)
    found = pots.pots if state is None else pots.usable(state=state, gender=gender)
    return sum((rates.worth(pot.free, pot.contribution.currency, round.currency).amount for pot in found), Decimal(0))


@transaction.atomic
def hold(offer: Offer, *, by: User | None, at: datetime) -> list[LedgerEntry]:
    """Hold what the offer may cost, out of one contribution or several. Their worths add up to its total.

    :raises NotEnough: where the money that may be used does not suffice.
    :raises RateMissing: where a rate of the day is missing.
    """
    parts = _out_of_free(offer, offer.total, on=at.date())
    return [_post(EntryKind.HOLD, offer, part, AccountKind.FREE, AccountKind.HELD, by=by, at=at) for part in parts]


@transaction.atomic
def release(offer: Offer, *, by: User | None, at: datetime) -> list[LedgerEntry]:
    """Set free what is still held for the offer."""
    parts = _held(offer, lock=True)
    return [_post(EntryKind.RELEASE, offer, part, AccountKind.HELD, AccountKind.FREE, by=by, at=at) for part in parts]


@transaction.atomic
def pay(cost: ActualCost, *, by: User | None, at: datetime) -> list[LedgerEntry]:
    """Spend what a cost is worth: out of what is held for the offer, in proportion, then out of free money.

    :raises WorkRefused: where it is paid already.
    :raises NotEnough: where held and free money together do not suffice.
    :raises RateMissing: where a rate is missing for the free money.
    """
    if cost.undoes_id:
        return give_back(cost, by=by, at=at)
    offer, due = cost.offer, cost.worth
    held = _held(offer)
    free = _usable(offer, on=at.date()) if sum(part.worth for part in held) < due else []
    ledger.lock([part.contribution for part in held] + [pot.contribution for pot in free])
    if LedgerEntry.objects.filter(cost=cost).exists():
        raise WorkRefused(_("This cost is paid already."))
    held = _held(offer)
    within = _shared(held, min(due, sum((part.worth for part in held), Decimal(0))), offer.round.currency)
    rest = due - sum((part.worth for part in within), Decimal(0))
    beyond = _out_of_free(offer, rest, on=at.date()) if rest else []
    made = []
    for source, parts in ((AccountKind.HELD, within), (AccountKind.FREE, beyond)):
        for part in parts:
            made.append(_post(EntryKind.PAYMENT, offer, part, source, AccountKind.SPENT, by=by, at=at, cost=cost))
    return made


@transaction.atomic
def give_back(cost: ActualCost, *, by: User | None, at: datetime) -> list[LedgerEntry]:
    """Enter money that came back (``cost.worth`` is below zero). It goes to the contributions that it came from.

    A cost that ``undoes`` another takes back each of its entries: what had been held is held again while the
    settlement is open. Any other is shared over what was spent on costs of its kind, and becomes free.

    :raises WorkRefused: where it is entered already, or more would come back than was spent.
    """
    offer = cost.offer
    spent = _spent(offer, Q()) if cost.undoes_id else _spent(offer, Q(entry__cost__kind=cost.kind))
    ledger.lock([part.contribution for part in spent])
    if LedgerEntry.objects.filter(cost=cost).exists():
        raise WorkRefused(_("This cost is entered already."))
    if cost.undoes_id:
        return _undone(cost, by=by, at=at)
    spent = _spent(offer, Q(entry__cost__kind=cost.kind))
    there = sum((part.worth for part in spent), Decimal(0))
    if -cost.worth > there:
        raise _too_much(there, offer.round.currency)
    parts = _shared(spent, -cost.worth, offer.round.currency)
    return [
        _post(EntryKind.REFUND, offer, part, AccountKind.SPENT, AccountKind.FREE, by=by, at=at, cost=cost)
        for part in parts
    ]


def refund_worth(offer: Offer, *, kind: str, amount: Decimal, currency: str, on: date) -> Converted:
    """What a refund is worth: at the rate at which costs of its kind were paid in that currency, so that refunds of the
    whole, in whatever parts, give back the whole to the cent; at the rate of the day where none was paid.

    :raises RateMissing: where no rate counts.
    """
    stands = offer.costs.filter(kind=kind, currency=currency, undoes=None, undone_by=None)
    paid = stands.filter(amount__gt=0).select_related("rate").order_by("pk")
    first = paid.first()
    if first is None:
        return worth(amount, currency, offer.round.currency, on=on)
    given = paid.aggregate(amount=Sum("amount"), worth=Sum("worth"))
    zero = Decimal(0)
    back = stands.filter(amount__lt=0).aggregate(amount=Sum("amount", default=zero), worth=Sum("worth", default=zero))
    all_back = money.rounded((amount - back["amount"]) * given["worth"] / given["amount"], offer.round.currency)
    return Converted(amount=all_back + back["worth"], rate=first.rate)


def of_offer(offer: Offer) -> Standing:
    """What is held and spent for an offer, and who bears what is held."""
    held = _held(offer)
    spent = _spent(offer, Q())
    return Standing(
        held=sum((part.worth for part in held), Decimal(0)),
        spent=sum((part.worth for part in spent), Decimal(0)),
        parts=held,
    )


def of_round(round: Round) -> Standing:
    """What is held and spent for all offers of a round."""
    found = Posting.objects.filter(entry__round=round, account__kind__in=(AccountKind.HELD, AccountKind.SPENT))
    sums = dict(found.values_list("account__kind").annotate(worth=Sum(WORTH)).order_by("account__kind"))
    zero = Decimal(0)
    return Standing(held=sums.get(AccountKind.HELD) or zero, spent=sums.get(AccountKind.SPENT) or zero)


def _usable(offer: Offer, *, on: date) -> list[Pot]:
    pots = Pots.of(offer.round, on=on)
    return pots.usable(state=offer.nominee.application.state, gender=offer.nominee.gender)


def _out_of_free(offer: Offer, due: Decimal, *, on: date) -> list[Part]:
    """What free money bears ``due``, the narrowest first; its contributions are locked when this returns."""
    currency = offer.round.currency
    locked = {one.pk for one in ledger.lock([pot.contribution for pot in _usable(offer, on=on)])}
    rates, parts, rest = Rates.of(on), [], due
    for pot in Pots.of(offer.round, on=on, only=locked).usable(
        state=offer.nominee.application.state, gender=offer.nominee.gender
    ):
        if not rest:
            break
        whole = rates.worth(pot.free, pot.contribution.currency, currency)
        amount = min(pot.free, rates.price(rest, currency, pot.contribution.currency))
        if amount == pot.free and not whole.amount:
            continue  # less than the smallest unit of the round
        bears = min(rest, whole.amount)
        parts.append(Part(contribution=pot.contribution, amount=amount, worth=bears, rate=whole.rate))
        rest -= bears
    if rest:
        raise NotEnough(rest, currency)
    return parts


def _post(
    kind: EntryKind,
    offer: Offer,
    part: Part,
    source: AccountKind,
    to: AccountKind,
    *,
    by: User | None,
    at: datetime,
    cost: ActualCost | None = None,
    undoes: LedgerEntry | None = None,
) -> LedgerEntry:
    of_an_offer = (AccountKind.HELD, AccountKind.SPENT)
    return ledger.post(
        kind=kind,
        contribution=part.contribution,
        moves=[
            Move(to=source, amount=-part.amount, offer=offer if source in of_an_offer else None),
            Move(to=to, amount=part.amount, offer=offer if to in of_an_offer else None),
        ],
        day=cost.paid_on if cost else at.date(),
        by=by,
        at=at,
        round=offer.round,
        offer=offer,
        cost=cost,
        worth=part.worth,
        rate=part.rate,
        reference=cost.reference if cost else "",
        undoes=undoes,
    )


def _standing(offer: Offer, kind: AccountKind, which: Q) -> list[Part]:
    """What of an offer stands in accounts of a kind, by contribution, with its worth and the rate it came at."""
    found = Posting.objects.filter(which, account__kind=kind, account__offer=offer)
    sums = found.values("account__contribution").annotate(sum=Sum("amount"), worth=Sum(WORTH))
    rows = {row["account__contribution"]: row for row in sums.order_by("account__contribution") if row["sum"] > 0}
    contributions = Contribution.objects.filter(pk__in=rows).order_by("pk")
    came = found.filter(amount__gt=0).order_by("pk").values_list("account__contribution", "entry__rate")
    at_rate = ExchangeRate.objects.in_bulk({rate for _of, rate in came if rate})
    rates = {of: at_rate.get(rate) for of, rate in came}
    return [
        Part(contribution=one, amount=rows[one.pk]["sum"], worth=rows[one.pk]["worth"], rate=rates.get(one.pk))
        for one in contributions
    ]


def _held(offer: Offer, *, lock: bool = False) -> list[Part]:
    parts = _standing(offer, AccountKind.HELD, Q())
    if lock:
        ledger.lock([part.contribution for part in parts])
        parts = _standing(offer, AccountKind.HELD, Q())
    return parts


def _spent(offer: Offer, which: Q) -> list[Part]:
    return _standing(offer, AccountKind.SPENT, which)


def _shared(parts: Sequence[Part], due: Decimal, currency: str) -> list[Part]:
    """``due`` over what stands in each part, by its worth; the whole of a part is all of its amount."""
    if not parts or not due:
        return []
    made = []
    shares = money.shared(due, [part.worth for part in parts], currency)
    for part, share in zip(parts, shares, strict=True):
        unit = money.unit(part.contribution.currency)
        if share >= part.worth:
            amount = part.amount
        else:
            amount = money.rounded(part.amount * share / part.worth, part.contribution.currency)
            amount = max(unit, min(amount, part.amount - unit))
        if share:
            made.append(Part(contribution=part.contribution, amount=amount, worth=share, rate=part.rate))
    return made


def _undone(cost: ActualCost, *, by: User | None, at: datetime) -> list[LedgerEntry]:
    """Each entry of the cost that is undone, by its opposite."""
    offer = cost.offer
    stands = {part.contribution.pk: part.amount for part in _spent(offer, Q())}
    settled = offer.settlement == SettlementStatus.SETTLED
    made = []
    entries = LedgerEntry.objects.filter(cost=cost.undoes, undone_by=None).select_related("contribution", "rate")
    for entry in entries.prefetch_related("postings__account").order_by("pk"):
        source = next(one.account.kind for one in entry.postings.all() if one.amount < 0)
        to = next(one for one in entry.postings.all() if one.amount > 0)
        back = AccountKind.FREE if settled and source == AccountKind.HELD else AccountKind(source)
        out = AccountKind(to.account.kind)
        if out == AccountKind.SPENT and stands.get(entry.contribution_id, Decimal(0)) < to.amount:
            raise WorkRefused(_("Part of it has come back already. Undo that first."))
        if out == AccountKind.FREE and ledger.balance(entry.contribution, AccountKind.FREE) < to.amount:
            raise WorkRefused(_("The money that came back is in use already."))
        part = Part(contribution=entry.contribution, amount=to.amount, worth=entry.worth or Decimal(0), rate=entry.rate)
        made.append(_post(EntryKind.CORRECTION, offer, part, out, back, by=by, at=at, cost=cost, undoes=entry))
    return made


def _too_much(there: Decimal, currency: str) -> WorkRefused:
    return WorkRefused(
        _("Only %(amount)s was spent on this: more cannot come back.") % {"amount": money.told(there, currency)}
    )
