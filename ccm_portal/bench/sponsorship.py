"""A round of sponsorship with 300 nominations for the bench: the ranking and one offer; twenty at once in ``money``."""

import time
from datetime import date, timedelta
from decimal import Decimal

from django.test import Client
from django.urls import reverse

from ccm_portal.bench import data
from ccm_portal.bench.figures import Row, quickest
from ccm_portal.bench.visits import queries
from ccm_portal.core.enums import Role
from ccm_portal.core.models import Membership, Organisation, State, User
from committees.enums import Gender
from meetings.enums import MeetingKind
from meetings.models import Meeting
from sponsorship.domain import conflicts, ledger, offers
from sponsorship.enums import (
    AccountKind,
    ApplicationStatus,
    EntryKind,
    NomineeStatus,
    RoundStatus,
    RuleEffect,
    RuleKey,
)
from sponsorship.models import Application, Contribution, CostAssumption, Nominee, Policy, Round, Score
from tests.support import sign_in

NOMINATED, FEW, ASSESSORS = 300, 30, 3
PLACE_COSTS = 2000  # francs, as assumed for every origin
FINDING = {"key": RuleKey.AFFECTED, "effect": RuleEffect.QUALIFIES, "points": 5, "span": None, "said": []}


def sponsorship_rows() -> list[Row]:
    """Every figure of sponsorship that is measured here."""
    officer, assessors = _people()
    meeting, policy = _meeting(), Policy.objects.create(number=9003, title="Bench", written_at=data.NOW)
    whole = _round("bench-whole", meeting, policy, NOMINATED, assessors)
    few = _round("bench-few", meeting, policy, FEW, assessors)
    for one in (whole, few):
        conflicts.declare(round=one, states=[], reason="", version=0, by=officer, at=data.NOW)
        conflicts.stop_scoring(round=one, by=officer, at=data.NOW)
    measured = [_ranking_row(whole, officer), _queries_row(whole, few, officer)]
    Round.objects.filter(pk=whole.pk).update(status=RoundStatus.ANNOUNCED, announced_at=data.NOW)
    return [*measured, _offer_row(whole)]


def _ranking_row(round: Round, officer: User) -> Row:
    """The page on which officers choose, drawn whole."""
    client, page = _signed_in(officer), reverse("sponsorship:ranking", args=[round.key])
    seconds = quickest(lambda: client.get(page))
    words = f"ranking of {NOMINATED} nominated people, with choices and money"
    return Row(words, f"{seconds:.2f} s", aim="under 0.5 s", holds=seconds < 0.5)


def _queries_row(whole: Round, few: Round, officer: User) -> Row:
    cookies = "; ".join(f"{name}={one.value}" for name, one in _signed_in(officer).cookies.items())
    counts = [queries(reverse("sponsorship:ranking", args=[one.key]), cookies=cookies) for one in (whole, few)]
    return Row(
        f"queries: ranking of {NOMINATED}", str(counts[0]), f"{counts[1]} for {FEW}", "constant", counts[0] <= counts[1]
    )


def _offer_row(round: Round) -> Row:
    """One offer in that round: places, money under its earmarks, what is held, the mails, the register."""
    _receive(PLACE_COSTS)
    nominee = _waiting(round)[0]
    began = time.perf_counter()
    offers.offer(nominee, by=None, at=data.NOW)
    seconds = time.perf_counter() - began
    words = f"an offer in a round of {NOMINATED}"
    return Row(words, f"{seconds:.2f} s", aim="under 0.5 s", holds=seconds < 0.5)


def _people() -> tuple[User, list[User]]:
    office = Organisation.objects.get(key="iso")
    people = [User.objects.create_user(f"sponsorship{n}@bench.example", name=f"Officer {n}") for n in range(ASSESSORS)]
    for user in people:
        Membership.objects.create(
            user=user,
            role=Role.SPONSORSHIP_OFFICER,
            organisation=office,
            starts=date(2020, 1, 1),
            accepted_at=data.NOW - timedelta(days=400),
        )
    return people[0], people


def _meeting() -> Meeting:
    starts = (data.NOW + timedelta(days=200)).date()
    return Meeting.objects.create(
        key="bench-sponsored",
        kind=MeetingKind.MSP,
        ordinal=99,
        year=starts.year,
        is_formal=True,
        languages=["en"],
        starts=starts,
        ends=starts + timedelta(days=3),
        symbol_stem="CCM/BENCH",
        changed_at=data.NOW,
    )


def _round(key: str, meeting: Meeting, policy: Policy, people: int, assessors: list[User]) -> Round:
    """A closed round; three people a State, each scored by every assessor, all on the waiting list in their order."""
    made = Round.objects.create(
        key=key,
        meeting=meeting,
        policy=policy,
        status=RoundStatus.CLOSED,
        places=people,
        opens_on=(data.NOW - timedelta(days=60)).date(),
        closes_at=data.NOW - timedelta(days=5),
        made_at=data.NOW,
    )
    CostAssumption.objects.create(
        round=made, ticket=PLACE_COSTS, nights=0, night_rate=0, days=0, daily_rate=0, terminal=Decimal(0)
    )
    nominees = []
    for state in State.objects.order_by("iso3")[: people // 3]:
        application = Application.objects.create(
            round=made,
            state=state,
            status=ApplicationStatus.ENDORSED,
            note_reference="NV 1",
            begun_at=data.NOW,
            endorsed_at=data.NOW,
            eligibility=[FINDING | {"holds": True}],
        )
        nominees += [
            Nominee(
                application=application,
                rank=rank,
                status=NomineeStatus.WAITING,
                waiting_rank=len(nominees) + rank,
                name=f"Delegate {rank}, {state.iso3} (demonstration)",
                function="Head of the national authority",
                gender=Gender.WOMAN if rank == 1 else Gender.MAN,
            )
            for rank in (1, 2, 3)
        ]
    Nominee.objects.bulk_create(nominees)
    Score.objects.bulk_create(
        Score(nominee=one, user=user, points=(n + at) % 11, reason="Speaks to the matter.", given_at=data.NOW)
        for n, one in enumerate(nominees)
        for at, user in enumerate(assessors)
    )
    return made


def _receive(francs: int) -> None:
    """So much general money, in francs."""
    donor = State.objects.get(iso3="CHE")
    given = Contribution.objects.create(state=donor, currency="CHF", pledged_on=data.NOW.date(), made_at=data.NOW)
    moves = [
        ledger.Move(to=AccountKind.DONOR, amount=Decimal(-francs)),
        ledger.Move(to=AccountKind.FREE, amount=Decimal(francs)),
    ]
    ledger.post(kind=EntryKind.RECEIPT, contribution=given, moves=moves, day=data.NOW.date(), by=None, at=data.NOW)


def _waiting(round: Round) -> list[Nominee]:
    found = Nominee.objects.filter(application__round=round, status=NomineeStatus.WAITING)
    return list(found.select_related("application__round").order_by("waiting_rank"))


def _signed_in(user: User) -> Client:
    client = Client(headers={"host": "localhost"})
    sign_in(client, user)
    return client
