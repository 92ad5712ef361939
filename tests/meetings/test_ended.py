"""Who no longer acts for anybody keeps no term, no place in a workspace and no chair, from the next request on."""

from datetime import date

import pytest

from ccm_portal.core.permissions import may
from committees.rules import led_bodies, places_of
from meetings.rules import chairs
from tests.committees.factories import body, leader, partner, term
from tests.factories import MembershipFactory, state
from tests.meetings import factories
from tests.support import sign_in

pytestmark = pytest.mark.django_db


def ended(user):
    """Their only membership is over: the account as the next request finds it."""
    user.memberships.update(ends=date(2021, 1, 1))
    return type(user).objects.get(pk=user.pk)


def test_a_leader_whose_membership_ends_leads_nothing(client):
    user = leader("clearance", "NOR")
    assert led_bodies(user) == {body("clearance").pk}

    gone = ended(user)

    assert led_bodies(gone) == set()
    assert not may(gone, "committees.work_in_body", body("clearance"))
    assert sign_in(client, gone).get("/committees/clearance/workspace/").status_code == 404


def test_a_leader_who_goes_to_another_state_leads_nothing_for_the_first():
    user = ended(leader("clearance", "NOR", of=term("clearance", "NOR")))
    MembershipFactory(user=user, role="committee_leader", state=state("CHE"))

    assert led_bodies(type(user).objects.get(pk=user.pk)) == set()


def test_a_partner_whose_membership_ends_has_no_place_left():
    user = partner("clearance")
    assert places_of(user) == {body("clearance").pk: "partner"}

    assert places_of(ended(user)) == {}


def test_a_chair_whose_membership_ends_chairs_no_more(client):
    meeting = factories.meeting()
    user = factories.chair(meeting)
    assert chairs(user, meeting)

    gone = ended(user)

    assert not chairs(gone, meeting)
    assert sign_in(client, gone).get("/meetings/14msp/room/chair/").status_code == 403
