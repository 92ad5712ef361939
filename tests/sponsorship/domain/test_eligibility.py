"""What the rules of a round find of a State, and what it comes to."""

from datetime import date, timedelta

import pytest
from django.utils import translation
from django.utils.translation import gettext

from ccm_portal.core.models import State
from sponsorship.domain.eligibility import Verdict, findings, frozen, judged_on, thawed, verdict
from sponsorship.enums import DutyKind, OfferStatus, RuleEffect, RuleKey
from sponsorship.models import StateFact
from tests.compliance.factories_requests import request
from tests.factories import state
from tests.meetings.factories import meeting as a_meeting
from tests.sponsorship.factories import AT, a_contribution, a_policy, a_round, an_application, an_offer

pytestmark = pytest.mark.django_db
DAY = AT.date()
EVERYTHING = {str(key): RuleEffect.ADDS for key in RuleKey}


@pytest.fixture
def meeting():
    return a_meeting()


def of(round, iso3, on=DAY):
    return {one.key: (one.holds, one.reason) for one in findings(round, [state(iso3)], on=on)[state(iso3).pk]}


def test_every_rule_says_what_it_found_of_lao_pdr(meeting):
    found = of(a_round(meeting, policy=a_policy(**EVERYTHING)), "LAO")

    assert {key: holds for key, (holds, _reason) in found.items()} == {
        "affected": True,
        "least_developed": False,
        "small_island": False,
        "request_pending": False,
        "deadline_near": False,
        "overdue_report": True,
        "joining": False,
        "no_geneva_mission": False,
        "donor": False,
        "past_duties": False,
        "past_sponsorship": False,
    }
    assert found["least_developed"][1].startswith("No longer so since 24 November 2026. Source: General Assembly")
    assert found["least_developed"][1].endswith("(Not yet confirmed)")
    assert found["joining"][1] == "State Party."
    assert found["past_sponsorship"][1] == "Not sponsored in the last 2 years."


def test_least_developed_is_a_matter_of_the_day_and_of_the_years_the_rule_still_counts(meeting):
    policy = a_policy(least_developed=RuleEffect.QUALIFIES)
    round = a_round(meeting, policy=policy)
    rule = policy.rules.get()
    assert [
        of(round, "LAO", on=DAY - timedelta(days=1))["least_developed"][0],
        of(round, "LAO")["least_developed"][0],
    ] == [
        True,
        False,
    ]

    rule.span = 3
    rule.save()
    holds, reason = of(round, "LAO")["least_developed"]
    assert holds
    assert reason.startswith("On the list until 24 November 2026; this counts for 3 more years. Source:")
    assert not of(round, "LAO", on=date(2029, 11, 24))["least_developed"][0]


def test_a_pending_request_a_near_deadline_and_an_overdue_report_are_those_of_the_obligations(meeting):
    rules = dict.fromkeys(("request_pending", "deadline_near", "overdue_report"), RuleEffect.ADDS)
    request("TCD")
    found = of(a_round(meeting, policy=a_policy(**rules)), "TCD", on=date(2026, 4, 1))

    assert found["request_pending"] == (True, "Clearance (Article 4): A request was lodged on 2 March 2026.")
    assert found["deadline_near"] == (True, "Clearance (Article 4): 1 October 2026.")
    assert found["overdue_report"][1].endswith("Report for 2024: It was due on 30 April 2025.")


def test_a_donor_is_excluded_and_a_signatory_or_a_joining_state_qualifies(meeting):
    round = a_round(meeting, policy=a_policy(donor=RuleEffect.EXCLUDES, joining=RuleEffect.QUALIFIES))
    a_contribution(state("CHE"))
    StateFact.objects.create(state=state("UKR"), kind="joining", source="Statement at the 13MSP")
    states = [state(iso3) for iso3 in ("CHE", "UGA", "UKR", "VNM")]
    found = findings(round, states, on=DAY)

    assert [verdict(found[one.pk]) for one in states] == [
        Verdict(qualifies=False, excluded=True, points=0),
        Verdict(qualifies=True, excluded=False, points=5),
        Verdict(qualifies=True, excluded=False, points=5),
        Verdict(qualifies=False, excluded=False, points=0),
    ]
    assert [verdict(found[one.pk]).is_eligible for one in states] == [False, True, True, False]


def test_earlier_sponsorship_its_duties_and_an_absence_without_an_excuse_count(meeting):
    before = a_round(
        a_meeting("13msp", ordinal=13, year=2025, starts=date(2025, 9, 16), ends=date(2025, 9, 19)), policy=a_policy(1)
    )
    lao, chad, lebanon = (an_application(before, state(iso3)).nominees.get() for iso3 in ("LAO", "TCD", "LBN"))
    came = an_offer(lao, status=OfferStatus.TRAVELLED)
    came.duties.create(kind=DutyKind.STATEMENT, met=True)
    an_offer(chad, status=OfferStatus.NO_SHOW, absence_excused=False)
    lazy = an_offer(lebanon, status=OfferStatus.TRAVELLED)
    lazy.duties.create(kind=DutyKind.REPORT, met=False)
    rules = {"past_sponsorship": RuleEffect.LOWERS, "past_duties": RuleEffect.LOWERS}
    round = a_round(meeting, policy=a_policy(2, **rules))

    assert of(round, "LAO") == {
        "past_sponsorship": (True, "Sponsored before: 13MSP."),
        "past_duties": (False, "All of them were kept."),
    }
    assert of(round, "TCD")["past_duties"] == (True, "Did not come to 13MSP, without an excuse.")
    assert of(round, "LBN")["past_duties"] == (True, "Not kept after 13MSP: Report on the participation.")
    assert verdict(findings(round, [state("LBN")], on=DAY)[state("LBN").pk]).points == -10


def test_findings_are_kept_as_data_and_read_in_the_readers_language(meeting):
    round = a_round(meeting, policy=a_policy(**EVERYTHING))
    found = findings(round, [state("LAO")], on=DAY)[state("LAO").pk]
    kept = thawed(frozen(found))

    assert kept == found
    with translation.override("fr"):
        assert kept[0].reason == gettext("Listed as contaminated by cluster munition remnants.")
        assert kept[0].reason != "Listed as contaminated by cluster munition remnants."


def test_states_are_judged_at_last_on_the_closing_day(meeting):
    round = a_round(meeting)
    assert judged_on(round, on=DAY) == DAY
    assert judged_on(round, on=date(2030, 1, 1)) == round.closes_at.date()


def test_a_hundred_states_cost_as_many_queries_as_one(meeting, django_assert_max_num_queries):
    round = a_round(meeting, policy=a_policy(**EVERYTHING))
    everybody = list(State.objects.all())
    with django_assert_max_num_queries(17):
        findings(round, everybody, on=DAY)
    with django_assert_max_num_queries(17):
        findings(round, everybody[:1], on=DAY)
