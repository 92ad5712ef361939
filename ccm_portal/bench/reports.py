"""The report to a donor on a round of three hundred nominations, as a page and in queries."""

from datetime import timedelta
from decimal import Decimal

from ccm_portal.bench import data
from ccm_portal.bench.figures import Row, quickest
from ccm_portal.core.models import State
from sponsorship.domain import accounts, funds
from sponsorship.domain.account_words_meeting import told
from sponsorship.enums import CostKind, OfferStatus, RoundStatus
from sponsorship.models import ActualCost, Contribution, Offer, Round
from tests.meetings.factories import meeting
from tests.sponsorship.factories import a_contribution, a_policy, a_round, an_application, an_offer, received

KEY = "bench-report"
NOMINATED, PAID = 300, 40
AIM = 0.5  # seconds


def donor_report_row() -> Row:
    """Counted and put into words each time, as the officer's page does before it is issued."""
    round, gift = _prepare()
    seconds = quickest(lambda: told(accounts.draft(round, gift, at=data.NOW), round))
    return Row(
        f"report to a donor, round of {NOMINATED} nominations",
        f"{seconds * 1000:.0f} ms",
        f"{PAID} journeys paid",
        f"under {AIM * 1000:.0f} ms",
        seconds < AIM,
    )


def _prepare() -> tuple[Round, Contribution]:
    starts = data.NOW.date() + timedelta(days=120)
    at = meeting(KEY, ordinal=None, year=starts.year, starts=starts, ends=starts + timedelta(days=3))
    stands = {"status": RoundStatus.ANNOUNCED, "announced_at": data.NOW, "places": PAID}
    round = a_round(at, policy=a_policy(9002), **stands)
    gift = received(a_contribution(State.objects.order_by("iso3")[0]), 2000 * PAID, meeting=at)
    states = State.objects.order_by("-iso3")[: NOMINATED // 3]
    for number, state in enumerate(states):
        people = an_application(round, state, people=3).nominees.order_by("rank")
        if number < PAID:
            offer = an_offer(people[0], status=OfferStatus.TRAVELLED)
            funds.hold(offer, by=None, at=data.NOW)
            for kind in (CostKind.TICKET, CostKind.HOTEL, CostKind.ALLOWANCE):
                funds.pay(_cost(offer, kind), by=None, at=data.NOW)
    return round, gift


def _cost(offer: Offer, kind: CostKind) -> ActualCost:
    amount = Decimal("600.05")
    return ActualCost.objects.create(
        offer=offer,
        kind=kind,
        amount=amount,
        currency="CHF",
        worth=amount,
        paid_on=data.NOW.date(),
        reference=f"{kind}-1",
        noted_at=data.NOW,
    )
