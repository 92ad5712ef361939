"""What the part on settlement has for the access tests: a round of which one journey of Lao PDR is over, paid by Lao
PDR itself, with a report to it and one to the meeting."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from meetings.models import Meeting
from sponsorship.domain import accounts, funds, settlement
from sponsorship.enums import CostKind, OfferStatus, RoundStatus
from sponsorship.models import Policy
from tests.factories import person, state
from tests.sponsorship.factories import AT, a_contribution, a_policy, a_round, an_application, an_offer, received
from tests.sponsorship.scene_money import NOTE

CANARY = NOTE  # what officers alone read
ROUND = "settling"


def build(names: dict[str, Any]) -> dict[str, Any]:
    """Names that the policy's rows may use; ``names`` holds those of the parts before."""
    officer = person("sponsorship_officer", "iso")
    policy = Policy.objects.first() or a_policy(number=93)
    its = a_round(
        Meeting.objects.get(key="14msp"), key=ROUND, status=RoundStatus.ANNOUNCED, policy=policy, announced_at=AT
    )
    money = received(a_contribution(state("LAO"), note=f"{CANARY} note"), 5000, affected=None)
    nominee = an_application(its, state("LAO")).nominees.get()
    offer = an_offer(nominee, status=OfferStatus.TRAVELLED)
    funds.hold(offer, by=officer, at=AT)
    cost = settlement.enter_cost(
        offer=offer,
        kind=CostKind.TICKET,
        amount=Decimal("900.05"),
        currency="CHF",
        paid_on=AT.date(),
        reference=f"{CANARY} invoice",
        note=f"{CANARY} note",
        version=offer.version,
        by=officer,
        at=AT,
    )
    closed = an_offer(an_application(its, state("TCD")).nominees.get(), status=OfferStatus.TRAVELLED)
    settlement.settle(offer=closed, version=closed.version, by=officer, at=AT + timedelta(hours=1))
    issued = {}
    for key, of in (("donor_report", money), ("meeting_report", None)):
        seen = accounts.fingerprint(accounts.draft(its, of, at=AT))
        issued[key] = accounts.issue(round=its, contribution=of, seen=seen, by=officer, at=AT).key
    return {
        "settled_offer": closed.pk,
        "settling_offer": offer.pk,
        "paid_cost": cost.pk,
        "reported": money.pk,
        **issued,
    }
