"""Conflicts, scores, the ranking, and a decision that is quiet until it is told to everybody at once."""

from datetime import date
from decimal import Decimal

import pytest

from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage
from ccm_portal.core.workflow import TransitionRefused
from committees.domain.said import WorkChanged, WorkRefused
from sponsorship.domain import conflicts, decisions, ranking, scores, standing, waiting
from sponsorship.domain.decisions import Choice
from sponsorship.domain.earmarks import Pots
from sponsorship.domain.ranking_money import free_by_earmark, short_of_money
from sponsorship.domain.rates import Rates
from sponsorship.enums import NomineeStatus, OfferStatus, RoundStatus
from sponsorship.models import Nominee, Offer, Score, WaitingMove
from tests.factories import person, state
from tests.meetings.factories import meeting
from tests.sponsorship.factories import AT, a_contribution, a_round, an_application, received

pytestmark = pytest.mark.django_db
S, W, N = NomineeStatus.SELECTED, NomineeStatus.WAITING, NomineeStatus.NOT_SELECTED


def finding(points=0, effect="adds"):
    return {"key": "affected", "effect": effect, "points": points, "span": None, "holds": True, "said": []}


def closed(places=2, **points):
    """A closed round: of each State one person, or two, with so many points of eligibility."""
    round = a_round(meeting(), status=RoundStatus.CLOSED, places=places)
    for iso3, told in points.items():
        count, value = told if isinstance(told, tuple) else (1, told)
        an_application(round, state(iso3), people=count, eligibility=[finding(value)])
    return round


def assessor(round, states=()):
    user = person(Role.SPONSORSHIP_OFFICER)
    conflicts.declare(
        round=round, states=[state(one) for one in states], reason="Kin." if states else "", version=0, by=user, at=AT
    )
    return user


def give(user, iso3, points, rank=1):
    nominee = Nominee.objects.get(application__state__iso3=iso3, rank=rank)
    return scores.give(nominee=nominee, points=points, reason="Speaks well.", version=0, by=user, at=AT)


def order(rows):
    return [(row.nominee.state.iso3, row.nominee.rank) for row in rows]


def test_a_state_is_named_as_a_conflict_with_a_reason_and_scores_on_it_count_no_more():
    round = closed(LAO=5)
    user = assessor(round)
    give(user, "LAO", 9)
    with pytest.raises(WorkRefused, match="Say why you do not decide on these States."):
        conflicts.declare(round=round, states=[state("LAO")], reason="", version=1, by=user, at=AT)
    with pytest.raises(WorkChanged):
        conflicts.declare(round=round, states=[], reason="", version=0, by=user, at=AT)

    conflicts.declare(round=round, states=[state("LAO")], reason="My sister serves there.", version=1, by=user, at=AT)

    assert Score.objects.count() == 0
    with pytest.raises(WorkRefused, match="You are in conflict with this State"):
        give(user, "LAO", 9)


def test_whoever_acts_for_a_state_or_did_within_the_year_is_in_conflict_with_it_by_itself():
    round = closed(LAO=5, TCD=5, LBN=5)
    user = assessor(round)
    for iso3, ends in (("LAO", None), ("TCD", date(2026, 3, 1)), ("LBN", date(2025, 3, 1))):
        user.memberships.create(
            role=Role.DRAFTER, state=state(iso3), starts=date(2020, 1, 1), ends=ends, accepted_at=AT
        )
    for iso3 in ("LAO", "TCD"):
        with pytest.raises(WorkRefused, match="You are in conflict with this State"):
            give(user, iso3, 5)
    give(user, "LBN", 5)
    assert scores.progress(round, user) == scores.Progress(given=1, all=1, looked=False)


def test_nobody_scores_before_declaring_or_without_a_reason_or_from_a_page_that_is_out_of_date():
    round = closed(LAO=5)
    stranger = person(Role.SPONSORSHIP_OFFICER)
    with pytest.raises(WorkRefused, match="Declare your conflicts first"):
        give(stranger, "LAO", 5)
    user = assessor(round)
    with pytest.raises(WorkRefused, match="Give 0 to 10 points."):
        give(user, "LAO", 11)
    given = give(user, "LAO", 5)
    with pytest.raises(WorkChanged):
        give(user, "LAO", 6)
    nominee = given.nominee
    assert scores.give(nominee=nominee, points=7, reason="Read again.", version=1, by=user, at=AT).version == 2


def test_what_others_gave_is_shown_once_one_gave_ones_own_or_gives_none_any_more():
    round = closed(LAO=5, TCD=5)
    first, second = assessor(round), assessor(round)
    lao = give(first, "LAO", 9).nominee
    assert scores.of_others(lao, second) == []
    give(second, "LAO", 3)
    assert [one.points for one in scores.of_others(lao, second)] == [9]
    tcd = give(first, "TCD", 4).nominee
    conflicts.stop_scoring(round=round, by=second, at=AT)
    assert [one.points for one in scores.of_others(tcd, second)] == [4]
    with pytest.raises(WorkRefused, match="you give no scores any more"):
        give(second, "TCD", 3)


def test_the_ranking_adds_points_and_the_mean_and_ties_go_by_the_states_own_order():
    round = closed(LAO=(2, 5), TCD=8, LBN=5)
    one, two = assessor(round), assessor(round)
    give(one, "LAO", 8), give(two, "LAO", 5), give(one, "LAO", 7, rank=2), give(two, "LAO", 6, rank=2)
    give(one, "TCD", 1)
    an_application(round, state("NOR"), eligibility=[finding(9), finding(0, "excludes")])

    rows = ranking.rank(round)

    assert [(row.nominee.state.iso3, row.nominee.rank, str(row.total), row.proposed) for row in rows] == [
        ("LAO", 1, "11.50", S),
        ("LAO", 2, "11.50", W),
        ("TCD", 1, "9.00", S),
        ("LBN", 1, "5", W),
        ("NOR", 1, "9", N),
    ]


def test_places_that_nobody_else_waits_for_go_to_a_second_person_of_a_state():
    round = closed(places=3, LAO=(3, 5), TCD=1)
    assert [row.proposed for row in ranking.rank(round)] == [S, S, W, S]


def test_a_choice_that_differs_from_the_ranking_needs_a_reason_also_a_place_in_the_waiting_list():
    round = closed(places=1, LAO=9, TCD=5, LBN=3, MOZ=1)
    user = assessor(round)
    decisions.propose(round=round, version=round.version, by=user, at=AT)
    round.refresh_from_db()
    assert ranking.departures(ranking.rank(round)) == []

    lao, _tcd, lbn, moz = (str(row.nominee.pk) for row in ranking.rank(round))
    swapped = [
        Choice(nominee=lao, status=N),
        Choice(nominee=lbn, status=S),
        Choice(nominee=moz, status=W, waiting=1),
    ]
    decisions.choose(round=round, choices=swapped, version=round.version, by=user, at=AT)
    round.refresh_from_db()

    assert order(ranking.departures(ranking.rank(round))) == [("LAO", 1), ("LBN", 1), ("MOZ", 1)]
    assert order(ranking.waiting_order(ranking.rank(round))) == [("MOZ", 1), ("TCD", 1)]
    with pytest.raises(WorkRefused, match="need a reason: 1. Lao People's Democratic Republic, 3. Lebanon, 4. Mozam"):
        decisions.decide(round=round, version=round.version, by=user, at=AT)
    with pytest.raises(WorkChanged):
        decisions.choose(round=round, choices=swapped, version=1, by=user, at=AT)


def test_an_officer_in_conflict_does_not_choose_on_that_state():
    round = closed(LAO=5, TCD=5)
    user = assessor(round, ["LAO"])
    lao = Nominee.objects.get(application__state__iso3="LAO")
    with pytest.raises(WorkRefused, match="another officer decides on its people"):
        decisions.choose(round=round, choices=[Choice(nominee=str(lao.pk), status=S)], version=1, by=user, at=AT)


def test_a_decision_can_be_taken_back_until_it_is_announced():
    round = closed(LAO=5)
    user = assessor(round)
    decisions.propose(round=round, version=1, by=user, at=AT)
    with pytest.raises(TransitionRefused):
        decisions.announce(round=round, text="", version=2, by=user, at=AT)
    decided = decisions.decide(round=round, version=2, by=user, at=AT)
    assert decisions.take_back(round=decided, version=3, by=user, at=AT).status == RoundStatus.CLOSED
    decisions.decide(round=round, version=4, by=user, at=AT)
    received(a_contribution(state("CHE")), 9000)
    decisions.announce(round=round, text="", version=5, by=user, at=AT)
    with pytest.raises(TransitionRefused):
        decisions.take_back(round=round, version=6, by=user, at=AT)


def test_the_announcement_tells_all_at_once_makes_offers_and_puts_whom_money_does_not_reach_first_on_the_list():
    round = closed(places=2, LAO=9, TCD=5, LBN=3)
    user = assessor(round)
    delegates = [person(Role.HEAD_OF_DELEGATION, iso3) for iso3 in ("LAO", "TCD", "LBN")]
    received(a_contribution(state("CHE")), 2000)
    decisions.propose(round=round, version=1, by=user, at=AT)
    decisions.decide(round=round, version=2, by=user, at=AT)
    assert OutgoingMessage.objects.count() == Offer.objects.count() == 0
    assert {standing.shown_status(one) for one in Nominee.objects.all()} == {NomineeStatus.ENDORSED}

    decisions.announce(round=round, text="Thank you all.", version=3, by=user, at=AT)

    told = OutgoingMessage.objects.order_by("user").values_list("kind", "user")
    assert list(told) == [("sponsorship.announced", one.pk) for one in delegates]
    assert [(one.state.iso3, one.status) for one in Offer.objects.all()] == [("LAO", OfferStatus.OFFERED)]
    assert order(ranking.waiting_order(ranking.rank(round))) == [("TCD", 1), ("LBN", 1)]
    assert [waiting.words(one).replace("\xa0", " ") for one in WaitingMove.objects.all()] == [
        "Passed over: the money that may be used for this person lacks CHF 2,000.00."
    ]


def test_money_in_view_says_what_is_free_under_which_earmarks_and_for_whom_it_would_not_do():
    round = closed(places=3, LAO=9, TCD=5, LBN=3)
    user = assessor(round)
    decisions.propose(round=round, version=1, by=user, at=AT)
    received(a_contribution(state("CHE")), 2500)
    received(a_contribution(state("NOR")), 3000, region=state("TCD").region_group)
    rows, pots, rates = ranking.rank(round), Pots.of(round, on=AT.date()), Rates.of(AT.date())

    assert [(one.label, one.worth) for one in free_by_earmark(round, pots, rates)] == [
        ("A region", Decimal(3000)),
        ("Not earmarked", Decimal(2500)),
    ]
    assert order(short_of_money(rows, pots, rates, round.currency)) == [("LBN", 1)]


def test_the_ranking_costs_as_many_queries_for_one_as_for_many(django_assert_num_queries):
    round = closed(LAO=1)
    with django_assert_num_queries(3):
        ranking.rank(round)
    for iso3 in ("TCD", "LBN", "MOZ"):
        an_application(round, state(iso3), people=2, eligibility=[finding(1)])
    with django_assert_num_queries(3):
        assert len(ranking.rank(round)) == 7
