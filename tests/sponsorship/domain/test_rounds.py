"""A round from its plan to its closed call: what is refused, what stands, what is on record."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from allauth.mfa.models import Authenticator

from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage, RegisterEntry
from committees.domain.said import WorkChanged, WorkRefused
from sponsorship.domain import costs, facts, policies, programmes, round_people, rounds
from sponsorship.domain.policies import Rule, Written
from sponsorship.domain.rounds import Plan
from sponsorship.enums import RoundStatus, RuleEffect
from sponsorship.models import CostAssumption, Policy, RoundPlace, StateFact
from sponsorship.rules import assessed_rounds
from tests.factories import person, state
from tests.meetings.factories import meeting as a_meeting
from tests.sponsorship.factories import AT, a_policy, a_round

pytestmark = pytest.mark.django_db
FIGURES = costs.Figures(
    ticket=Decimal(1000), nights=4, night_rate=Decimal(150), days=5, daily_rate=Decimal(60), terminal=Decimal(100)
)


@pytest.fixture
def officer():
    return person(Role.SPONSORSHIP_OFFICER, "iso")


def a_plan(**fields):
    given = {"places": 5, "opens_on": AT.date(), "closes_at": AT + timedelta(days=30)} | fields
    return Plan(**given)


def planned(officer, *, adopted=True, **fields):
    """A round under a policy with one rule."""
    policy = a_policy(affected=RuleEffect.QUALIFIES)
    Policy.objects.filter(pk=policy.pk).update(adopted_on=AT.date() if adopted else None)
    plan = a_plan(meeting=a_meeting(), policy=policy, **fields)
    return rounds.plan(key="14msp", plan=plan, by=officer, at=AT)


def test_a_round_has_an_address_of_its_own_and_closes_before_its_meeting(officer):
    round = planned(officer)
    plan = a_plan(meeting=round.meeting, policy=round.policy)

    for key, changed in (("money", {}), ("14msp", {}), ("late", {"closes_at": AT + timedelta(days=400)})):
        with pytest.raises(WorkRefused):
            rounds.plan(key=key, plan=a_plan(**vars(plan) | changed), by=officer, at=AT)
    with pytest.raises(WorkRefused, match="one place or more"):
        rounds.plan(key="none", plan=a_plan(**vars(plan) | {"places": 0}), by=officer, at=AT)


def test_a_call_opens_once_its_rules_are_public_and_a_cost_is_assumed_and_eligible_states_are_written_to(officer):
    round = planned(officer, adopted=False)
    lao, swiss = person(Role.DRAFTER, "LAO"), person(Role.DRAFTER, "CHE")
    with pytest.raises(WorkRefused, match=r"rules are not adopted.*No cost is assumed"):
        rounds.open_call(round=round, version=1, by=officer, at=AT)

    policy = round.policy
    policies.write(
        policy=policy,
        written=Written(title="Rules", adopted_on=AT.date(), rules=(Rule(key="affected", effect="qualifies"),)),
        version=1,
        by=officer,
        at=AT,
    )
    costs.assume(round=round, figures=FIGURES, source="", version=0, by=officer, at=AT)
    opened = rounds.open_call(round=round, version=1, by=officer, at=AT)

    assert (opened.status, opened.opened_at) == (RoundStatus.OPEN, AT)
    asked = OutgoingMessage.objects.filter(kind="sponsorship.call", user__in=[lao, swiss])
    assert [one.user for one in asked] == [lao]
    assert RegisterEntry.objects.filter(action="sponsorship.round.open").count() == 1
    with pytest.raises(WorkRefused, match="Begin a new version"):
        policies.write(policy=policy, written=Written(title="Others"), version=2, by=officer, at=AT)
    with pytest.raises(WorkRefused, match="as they were announced"):
        plan = a_plan(meeting=round.meeting, policy=policy, currency="EUR")
        rounds.change(round=opened, plan=plan, version=2, by=officer, at=AT)


def test_a_new_version_of_the_policy_copies_the_last_and_a_version_seen_late_is_refused(officer):
    first = a_policy(affected=RuleEffect.QUALIFIES, donor=RuleEffect.EXCLUDES)
    second = policies.begin(copy_of=first, by=officer, at=AT)

    assert (second.number, second.adopted_on) == (2, None)
    assert list(second.rules.values_list("key", "effect")) == [("affected", "qualifies"), ("donor", "excludes")]
    rules = (Rule(key="deadline_near", effect="adds", points=3, span=24), Rule(key="donor", effect="excludes"))
    policies.write(policy=second, written=Written(title="New", rules=rules), version=1, by=officer, at=AT)
    assert list(second.rules.values_list("key", "points", "span")) == [("deadline_near", 3, 24), ("donor", 0, None)]
    with pytest.raises(WorkChanged):
        policies.write(policy=second, written=Written(title="Newer"), version=1, by=officer, at=AT)
    with pytest.raises(WorkRefused, match="looks over no time"):
        odd = (Rule(key="affected", effect="adds", span=3),)
        policies.write(policy=second, written=Written(title="Odd", rules=odd), version=2, by=officer, at=AT)


def test_the_closing_time_moves_with_a_public_reason_and_the_sweep_closes_the_call(officer):
    round = a_round(a_meeting(), opened_at=AT)
    with pytest.raises(WorkRefused, match="Say why"):
        rounds.move_closing(round=round, closes_at=AT + timedelta(days=40), reason=" ", version=1, by=officer, at=AT)
    later = AT + timedelta(days=40)
    rounds.move_closing(round=round, closes_at=later, reason="Two States asked.", version=1, by=officer, at=AT)

    assert (rounds.sweep(at=later - timedelta(minutes=1)), rounds.sweep(at=later), rounds.sweep(at=later)) == (0, 1, 0)
    round.refresh_from_db()
    assert round.status == RoundStatus.CLOSED
    rounds.move_closing(
        round=round, closes_at=later + timedelta(days=9), reason="A storm.", version=3, by=officer, at=later
    )
    round.refresh_from_db()
    assert round.status == RoundStatus.OPEN
    assert list(round.closing_changes.order_by("pk").values_list("closed_at", "reason")) == [
        (AT + timedelta(days=30), "Two States asked."),
        (later, "A storm."),
    ]


def test_the_nearest_assumption_counts_the_states_then_its_regions_then_the_one_for_anywhere(officer):
    round = a_round(a_meeting())
    lao, chad = state("LAO"), state("TCD")

    def assume(**origin):
        costs.assume(round=round, figures=FIGURES, source="", version=0, by=officer, at=AT, **origin)

    assert costs.assumed(round, lao).state_id is None
    assume(region_group=lao.region_group)
    assume(state=lao)
    table = costs.of_round(round)
    assert (table.of(lao).state, table.of(state("KHM")).region_group) == (lao, lao.region_group)
    assert (table.of(chad).state_id, table.of(chad).region_group_id, costs.total(table.of(chad))) == (None, None, 2000)
    CostAssumption.objects.filter(state=None, region_group=None).delete()
    with pytest.raises(costs.CostMissing, match="Chad"):
        costs.assumed(round, chad)
    with pytest.raises(WorkRefused, match="no more digits"):
        odd = costs.Figures(**vars(FIGURES) | {"ticket": Decimal("10.005")})
        costs.assume(round=round, figures=odd, source="", version=0, by=officer, at=AT)
    with pytest.raises(WorkChanged):
        costs.assume(round=round, state=lao, figures=FIGURES, source="", version=0, by=officer, at=AT)


def test_an_assessor_from_outside_reads_one_round_until_the_place_ends(officer):
    round = a_round(a_meeting())
    outside = person(Role.APPROVER, "NOR")
    Authenticator.objects.create(user=outside, type=Authenticator.Type.TOTP, data={})
    bare = person(Role.OBSERVER, "cmc")
    with pytest.raises(WorkRefused, match="cannot be named"):
        round_people.name(round=round, email=bare.email, acts_for="", by=officer, at=AT)
    place = round_people.name(round=round, email=outside.email, acts_for="Norway", by=officer, at=AT)
    assert list(assessed_rounds(outside)) == [round]

    round_people.end(place=place, by=officer, at=AT)
    assert (list(assessed_rounds(outside)), RoundPlace.objects.count()) == ([], 0)


def test_a_fact_is_noted_with_its_source_and_one_that_came_with_the_portal_is_ended_and_not_taken_away(officer):
    given = {"since": None, "confidence": "high", "by": officer, "at": AT}
    with pytest.raises(WorkRefused, match="Name the source"):
        facts.note(state=state("LBN"), kind="no_geneva_mission", until=None, source=" ", version=0, **given)
    noted = facts.note(state=state("LBN"), kind="joining", until=None, source="A letter", version=0, **given)
    facts.take_away(fact=noted, version=1, by=officer, at=AT)
    laos = StateFact.objects.get(state__iso3="LAO", kind="least_developed")
    with pytest.raises(WorkRefused, match="came with the portal"):
        facts.take_away(fact=laos, version=1, by=officer, at=AT)
    moved = facts.note(
        state=laos.state, kind=laos.kind, until=date(2029, 11, 24), source="Resolution 81/1", version=1, **given
    )
    assert (moved.pk, moved.until, moved.version) == (laos.pk, date(2029, 11, 24), 2)


def test_an_observer_notes_numbers_of_its_own_programme_apart_from_states(officer):
    round = a_round(a_meeting())
    observer = person(Role.OBSERVER, "cmc")
    cmc = observer.memberships.get().organisation
    given = {"round": round, "organisation": cmc, "about": "", "by": observer, "at": AT}
    with pytest.raises(WorkRefused, match="not more women"):
        programmes.note(persons=3, women=4, version=0, **given)
    row = programmes.note(persons=12, women=7, version=0, **given)
    with pytest.raises(WorkChanged):
        programmes.note(persons=13, women=7, version=0, **given)
    programmes.take_back(programme=row, version=1, by=observer, at=AT)
    assert not round.observer_programmes.exists()
