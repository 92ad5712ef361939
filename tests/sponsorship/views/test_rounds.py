"""Pages of rounds, as everybody, an officer and an observer use them."""

from datetime import timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from ccm_portal.core import clock, due_items, search
from ccm_portal.core.enums import Role
from sponsorship.enums import RoundStatus, RuleEffect
from sponsorship.models import Policy, Round
from tests.factories import person, state
from tests.meetings.factories import meeting as a_meeting
from tests.sponsorship.factories import a_policy, a_round, an_application
from tests.support import sign_in

pytestmark = pytest.mark.django_db
ROUNDS = "/office/sponsorship/rounds/"


@pytest.fixture
def office(client):
    return sign_in(client, person(Role.SPONSORSHIP_OFFICER, "iso"))


def told(**fields):
    day = clock.today()
    return {
        "version": 0, "key": "14msp", "meeting": "14msp", "currency": "CHF", "places": 8,
        "opens_on": day.isoformat(), "closes_on": (day + timedelta(days=40)).isoformat(), "closes_by": "18:00",
        "call": "Come.", "reply_days": 10, "visa_days": 30, "passport_months": 3, "purge_days": 90,
    } | fields  # fmt: skip


def opened(key="14msp", **fields):
    at = clock.now()
    policy = a_policy(7, affected=RuleEffect.QUALIFIES, past_duties=RuleEffect.LOWERS)
    Policy.objects.update(adopted_on=at.date())
    return a_round(a_meeting(), key=key, policy=policy, opened_at=at, closes_at=at + timedelta(days=30), **fields)


def test_an_officer_plans_a_round_writes_its_rules_assumes_costs_and_opens_the_call(office):
    a_meeting()
    office.post("/office/sponsorship/policies/new/")
    rules = {"version": 1, "title": "Rules", "adopted_on": clock.today().isoformat(), "effect_affected": "qualifies"}
    assert office.post("/office/sponsorship/policies/1/", rules | {"points_affected": 10}).status_code == 302
    policy = Policy.objects.get()
    refused = office.post(f"{ROUNDS}new/", told(policy=policy.pk, key="money"))
    assert refused.status_code == 422 and "means something else" in refused.content.decode()
    office.post(f"{ROUNDS}new/", told(policy=policy.pk))
    round = Round.objects.get()
    zone = ZoneInfo(round.meeting.time_zone)
    assert (round.closes_at.astimezone(zone).hour, round.places) == (18, 8)

    page = office.get(f"{ROUNDS}14msp/").content.decode()
    assert "No cost is assumed for a journey from anywhere." in page
    figures = {"ticket": "1000", "nights": 4, "night_rate": "150", "days": 5, "daily_rate": "60.50", "terminal": "100"}
    office.post(f"{ROUNDS}14msp/costs/new/", {"version": 0} | figures)
    office.post(f"{ROUNDS}14msp/open/", {"version": 1})
    round.refresh_from_db()
    assert (round.status, round.costs.get().daily_rate) == (RoundStatus.OPEN, Decimal("60.50"))
    public = office.get("/sponsorship/14msp/").content.decode()
    assert "Affected by cluster munitions" in public and "CHF 2,002.50" in public and "No money has come in" in public


def test_a_page_that_was_open_too_long_keeps_what_was_typed_and_shows_what_stands(office):
    round = opened()
    Round.objects.update(version=4, places=9)
    stale = office.post(f"{ROUNDS}14msp/change/", told(version=1, places=11))
    page = stale.content.decode()

    assert stale.status_code == 422
    assert 'name="places" value="11"' in page and "changed after you opened the page" in page
    assert "As it stands now" in page and 'name="version" value="4"' in page
    assert office.post(f"{ROUNDS}14msp/change/", told(version=4, places=11)).status_code == 302
    round.refresh_from_db()
    assert round.places == 11


def test_the_closing_time_is_moved_with_a_reason_that_everybody_reads(office):
    opened()
    later = (clock.today() + timedelta(days=50)).isoformat()
    office.post(
        f"{ROUNDS}14msp/closing/", {"version": 1, "closes_on": later, "closes_by": "12:00", "reason": "Two asked."}
    )
    assert "Two asked." in office.get("/sponsorship/14msp/").content.decode()


def test_rules_that_are_adopted_are_public_before_the_call_and_others_are_not(client):
    round = opened(status=RoundStatus.PLANNED)
    Policy.objects.filter(pk=round.policy_id).update(adopted_on=None)
    assert client.get("/sponsorship/rules/7/").status_code == 404
    assert client.get("/sponsorship/14msp/").status_code == 404
    Policy.objects.filter(pk=round.policy_id).update(adopted_on=clock.today())
    assert client.get("/sponsorship/rules/7/").status_code == 200
    assert "Planned" in client.get("/sponsorship/14msp/").content.decode()


def test_that_a_round_is_decided_is_told_to_nobody_before_the_announcement(client):
    opened(status=RoundStatus.DECIDED)
    pages = [client.get(path).content.decode() for path in ("/sponsorship/", "/sponsorship/14msp/", "/meetings/14msp/")]
    assert all("Call closed" in page and "Decided" not in page for page in pages)


def test_the_due_item_of_a_call_is_the_same_whether_a_state_has_applied_or_not():
    round = opened()
    an_application(round, state("LAO"))
    found = {item.state.iso3: item for item in due_items.due_items(on=clock.today()) if "sponsorship" in item.key}

    assert {"LAO", "TCD"} <= set(found) and "CHE" not in found
    assert found["LAO"].ladder == found["TCD"].ladder


def test_rounds_are_found_and_their_list_costs_the_same_for_one_and_for_three(client, django_assert_max_num_queries):
    opened()
    hits = [hit.url for _provider, found in search.search("sponsorship 14msp") for hit in found]
    assert "/sponsorship/14msp/" in hits
    for number in (15, 16):
        a_round(
            a_meeting(f"{number}msp", ordinal=number, year=2013 + number),
            key=f"{number}msp",
            policy=Policy.objects.get(number=7),
        )
    with django_assert_max_num_queries(6):
        page = client.get("/sponsorship/").content.decode()
    assert page.count("Call open") == 3


def test_an_observer_notes_numbers_for_its_own_organisation_alone(client):
    round = opened()
    observer = sign_in(client, person(Role.OBSERVER, "cmc"))
    path = "/my/programmes/14msp/"
    wrong = observer.post(path, {"version": 0, "persons": 3, "women": 9})
    assert wrong.status_code == 422 and "not more women" in wrong.content.decode()
    observer.post(f"{path}?for=icrc", {"version": 0, "persons": 12, "women": 7})
    programme = round.observer_programmes.get()
    assert (programme.organisation.key, programme.persons, programme.women) == ("cmc", 12, 7)
    assert "12 persons" in observer.get("/my/programmes/").content.decode()
    assert "12 persons" not in observer.get("/sponsorship/14msp/").content.decode()
    Round.objects.update(status=RoundStatus.ANNOUNCED, announced_at=clock.now())
    assert "12 persons, 7 women" in observer.get("/sponsorship/14msp/?fresh=1").content.decode()


def test_an_officer_sees_which_states_are_eligible_and_why(office):
    opened()
    page = office.get(f"{ROUNDS}14msp/eligible/").content.decode()
    assert "Chad" in page and "Switzerland" not in page
    assert "Listed as contaminated by cluster munition remnants." in page
