"""The demonstration of sponsorship: rules, two donors, and three rounds. All of it is invented and says so.

* That of the 13MSP is over and settled (``sponsorship_past``).
* That of the 14MSP is announced: offers stand, the waiting list has moved, a visa runs late (``sponsorship_next``).
* That of the intersessional meeting has its call open, so that somebody can nominate at once (``sponsorship_open``).

Everybody acts as on the pages: States with accounts here by their own people, the others by a paper that the
sponsorship officer enters.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from ccm_portal.core.models import Organisation, State
from ccm_portal.demonstration.scenes import before, cast
from ccm_portal.demonstration.sponsorship_acts import MARK, Office
from ccm_portal.demonstration.sponsorship_next import load_announced
from ccm_portal.demonstration.sponsorship_open import load_open
from ccm_portal.demonstration.sponsorship_past import load_settled
from meetings.models import Meeting
from sponsorship.domain import contributions, policies, rate_entry
from sponsorship.domain.contributions import Promised, Terms
from sponsorship.domain.policies import Rule, Written
from sponsorship.enums import EarmarkKind, RuleEffect, RuleKey
from sponsorship.models import Contribution, Policy, Round

Q, A, L, X = RuleEffect.QUALIFIES, RuleEffect.ADDS, RuleEffect.LOWERS, RuleEffect.EXCLUDES
RULES = (
    Rule(key=RuleKey.AFFECTED, effect=Q, points=5),
    Rule(key=RuleKey.LEAST_DEVELOPED, effect=Q, points=4, span=10),
    Rule(key=RuleKey.SMALL_ISLAND, effect=Q, points=3),
    Rule(key=RuleKey.JOINING, effect=Q, points=3),
    Rule(key=RuleKey.REQUEST_PENDING, effect=A, points=3),
    Rule(key=RuleKey.DEADLINE_NEAR, effect=A, points=2, span=24),
    Rule(key=RuleKey.NO_GENEVA_MISSION, effect=A, points=2),
    Rule(key=RuleKey.OVERDUE_REPORT, effect=L, points=1),
    Rule(key=RuleKey.PAST_DUTIES, effect=L, points=3),
    Rule(key=RuleKey.DONOR, effect=X),
)
TEXT = (
    f"{MARK} The programme pays the ticket, the hotel, a daily allowance and terminal expenses. Whoever is sponsored"
    " attends the whole meeting, speaks there for the delegation, and reports within thirty days."
)
ADOPTED = date(2025, 2, 10)
SOURCE = "Invented for demonstration"


@dataclass(frozen=True)
class Money:
    """One donor: what it promises a year, what came in twice, for what."""

    donor: State | Organisation
    currency: str
    a_year: int
    first: tuple[date, int]
    second: tuple[date, int]
    earmarks: frozenset[str] = frozenset()


def load_sponsorship(*, at: datetime) -> bool:
    """Load what is missing.

    :returns: whether anything was added; nothing where the meetings are not there.
    """
    meetings = {meeting.key: meeting for meeting in Meeting.objects.filter(key__in=("13msp", "14msp"))}
    if Round.objects.exists() or len(meetings) < 2:
        return False
    people = cast()
    office = Office(people)
    policy = _policy(office)
    _rates(office, at=at)
    donors = _donors(office, at=at)
    given = [_pledges(office, one) for one in donors]
    for contribution, one in zip(given, donors, strict=True):
        _receives(office, contribution, one.first)
    load_settled(office, meetings["13msp"], policy, given, at=at)
    for contribution, one in zip(given, donors, strict=True):
        _receives(office, contribution, one.second)
    load_announced(office, meetings["14msp"], policy, at=at)
    load_open(office, policy, at=at)
    return True


def _policy(office: Office) -> Policy:
    at = datetime(2025, 2, 10, 9, tzinfo=UTC)
    begun = policies.begin(copy_of=None, by=office.officer, at=at)
    written = Written(title="Rules of sponsorship", text=TEXT, adopted_on=ADOPTED, source=SOURCE, rules=RULES)
    return policies.write(policy=begun, written=written, version=begun.version, by=office.officer, at=at)


def _rates(office: Office, *, at: datetime) -> None:
    """As they are needed: none counts for more than 45 days."""
    past = (date(2025, 6, 12), date(2025, 7, 20), date(2025, 9, 1), date(2025, 10, 6))
    for day in (*past, before(at, days=60).date(), before(at, days=20).date()):
        for base, rate in (("EUR", "0.9380"), ("NOK", "0.0812")):
            rate_entry.add(
                base=base, quote="CHF", day=day, rate=Decimal(rate), source=SOURCE, sure=True, by=office.officer,
                at=datetime(day.year, day.month, day.day, 8, tzinfo=UTC),
            )  # fmt: skip


def _donors(office: Office, *, at: datetime) -> tuple[Money, Money]:
    """Two donors in two currencies for three years; one for least developed countries alone."""
    people, recent = office.cast, before(at, days=95).date()
    return (
        Money(
            people.states["NOR"],
            "NOK",
            120_000,
            first=(date(2025, 3, 20), 120_000),
            second=(recent, 120_000),
            earmarks=frozenset({EarmarkKind.LEAST_DEVELOPED}),
        ),
        Money(people.organisations["eu"], "EUR", 25_000, first=(date(2025, 4, 2), 25_000), second=(recent, 15_000)),
    )


def _pledges(office: Office, one: Money) -> Contribution:
    at = datetime(2025, 2, 24, 10, tzinfo=UTC)
    years = [Promised(year=year, amount=Decimal(one.a_year), due_on=date(year, 9, 30)) for year in (2025, 2026, 2027)]
    terms = Terms(
        pledged_on=at.date(),
        instalments=years,
        reference=f"Demonstration {one.currency}/2025",
        note=MARK,
        earmarks=one.earmarks,
    )
    return contributions.pledge(donor=one.donor, currency=one.currency, terms=terms, by=office.officer, at=at)


def _receives(office: Office, contribution: Contribution, came: tuple[date, int]) -> None:
    day, amount = came
    contribution.refresh_from_db()
    contributions.receive(
        contribution=contribution,
        amount=Decimal(amount),
        day=day,
        reference=f"DEMO-{contribution.currency}-{day.year}",
        note=MARK,
        version=contribution.version,
        by=office.officer,
        at=datetime(day.year, day.month, day.day, 9, tzinfo=UTC) + timedelta(days=1),
    )
