"""Makers of what sponsorship is about, marked as demonstration where it names people."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from ccm_portal.core.models import State
from meetings.models import Meeting
from sponsorship.domain import ledger
from sponsorship.enums import (
    AccountKind,
    ApplicationStatus,
    EntryKind,
    NomineeStatus,
    RoundStatus,
    RuleEffect,
    RuleKey,
)
from sponsorship.models import (
    Application,
    Contribution,
    CostAssumption,
    ExchangeRate,
    Nominee,
    Offer,
    Policy,
    Round,
)

AT = datetime(2026, 11, 24, 9, tzinfo=UTC)


def a_policy(number: int = 1, **rules: RuleEffect) -> Policy:
    """A version of the rules; ``rules`` by key, as in ``affected=RuleEffect.QUALIFIES``, five points each."""
    policy = Policy.objects.create(number=number, title="Rules of sponsorship", written_at=AT)
    for position, (key, effect) in enumerate(rules.items()):
        policy.rules.create(key=RuleKey(key), effect=effect, points=5, position=position)
    return policy


def a_round(meeting: Meeting, *, status: str = RoundStatus.OPEN, policy: Policy | None = None, **fields: Any) -> Round:
    """A round in francs, with one assumption of costs for every origin: 2,000 francs a place."""
    found = Round.objects.create(
        **{
            "key": meeting.key,
            "meeting": meeting,
            "status": status,
            "policy": policy or a_policy(),
            "places": 5,
            "opens_on": date(2026, 11, 1),
            "closes_at": AT + timedelta(days=30),
            "made_at": AT,
        }
        | fields
    )
    CostAssumption.objects.create(
        round=found,
        ticket=Decimal(1000),
        nights=4,
        night_rate=Decimal(150),
        days=5,
        daily_rate=Decimal(60),
        terminal=Decimal(100),
    )
    return found


def an_application(round: Round, state: State, *, people: int = 1, sent: bool = True, **fields: Any) -> Application:
    """An application with ``people`` nominated, endorsed and sent unless told otherwise."""
    status = ApplicationStatus.ENDORSED if sent else ApplicationStatus.DRAFT
    made = {"status": status, "begun_at": AT, "note_reference": "NV 1/2026"}
    if sent:
        made |= {"endorsed_at": AT, "note_date": AT.date()}
    found = Application.objects.create(**{"round": round, "state": state} | made | fields)
    for rank in range(1, people + 1):
        Nominee.objects.create(
            application=found,
            rank=rank,
            status=NomineeStatus.ENDORSED if sent else NomineeStatus.NAMED,
            name=f"Delegate {rank}, {state.iso3} (demonstration)",
            email=f"delegate{rank}.{state.iso3.lower()}@example.org",
        )
    return found


def an_offer(nominee: Nominee, **fields: Any) -> Offer:
    """An offer at the assumed 2,000 francs, as a row; no money is held for it (``sponsorship.domain.funds.hold``)."""
    cost = nominee.application.round.costs.get(state=None, region_group=None)
    amounts = {
        name: getattr(cost, name) for name in ("ticket", "nights", "night_rate", "days", "daily_rate", "terminal")
    }
    made = {
        "nominee": nominee,
        "round": nominee.application.round,
        "offered_at": AT,
        "reply_by": AT + timedelta(days=10),
    }
    return Offer.objects.create(**made | amounts | fields)


def a_contribution(donor: State, currency: str = "CHF", **fields: Any) -> Contribution:
    """A contribution as a row; nothing is pledged or received (``sponsorship.domain.contributions``)."""
    made = {"state": donor, "currency": currency, "pledged_on": AT.date(), "made_at": AT}
    return Contribution.objects.create(**made | fields)


def received(contribution: Contribution, amount: Any, **earmarks: Any) -> Contribution:
    """The contribution with so much money received; ``earmarks`` by kind: ``women=None``, ``region=group``."""
    for kind, which in earmarks.items():
        field = {"region": "region_group", "meeting": "meeting"}.get(kind)
        contribution.earmarks.create(kind=kind, **({field: which} if field else {}))
    amount = Decimal(str(amount))
    moves = [
        ledger.Move(to=AccountKind.DONOR, amount=-amount),
        ledger.Move(to=AccountKind.FREE, amount=amount),
    ]
    ledger.post(kind=EntryKind.RECEIPT, contribution=contribution, moves=moves, day=AT.date(), by=None, at=AT)
    return contribution


def a_rate(base: str, quote: str, rate: str, day: date | None = None) -> ExchangeRate:
    """So many ``quote`` for one ``base``."""
    return ExchangeRate.objects.create(
        base=base, quote=quote, rate=Decimal(rate), day=day or AT.date(), source="ECB", noted_at=AT
    )
