"""What a State's people, observers and the office have to do next about delegations."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ccm_portal.core.enums import Role
from ccm_portal.core.models import Organisation
from ccm_portal.core.work_items import work_items_for
from meetings.enums import DelegationKind, DelegationStatus, Office
from meetings.models import Delegation, Officer, Participant
from tests import factories
from tests.meetings import factories as made

pytestmark = pytest.mark.django_db

ON = date(2027, 8, 1)
NOTICE = date(2027, 8, 26)


def to_do(user, on=ON):
    found = [item for item in work_items_for(user, on=on) if "14MSP" in item.label]
    return [(item.label, item.url, item.due) for item in found]


@pytest.fixture
def meeting():
    return made.meeting()


OWN = "/my/lao-pdr/meetings/14msp/delegation/"


def test_a_state_party_enters_its_delegation_its_note_verbale_and_its_head(meeting):
    drafter = factories.person(Role.DRAFTER, "LAO")
    assert to_do(drafter) == [("Enter your delegation: 14MSP", OWN, NOTICE)]

    delegation = made.delegation(meeting, "LAO", status=DelegationStatus.EXPECTED)
    assert to_do(drafter) == [("Enter the note verbale of your delegation: 14MSP", OWN, NOTICE)]

    Delegation.objects.update(status=DelegationStatus.NOTIFIED)
    assert to_do(drafter) == [("Name the head of your delegation: 14MSP", OWN, NOTICE)]

    Participant.objects.create(delegation=delegation, name="Head", is_head=True)
    assert to_do(drafter) == []


def test_nobody_is_asked_long_before_or_after_the_meeting(meeting):
    drafter = factories.person(Role.DRAFTER, "LAO")
    assert to_do(drafter, date(2027, 6, 1)) == []
    assert to_do(drafter, date(2027, 9, 17)) == []


def test_a_state_that_does_not_come_or_is_not_a_party_is_not_asked(meeting):
    made.delegation(meeting, "LAO", status=DelegationStatus.WITHDRAWN)
    assert to_do(factories.person(Role.DRAFTER, "LAO")) == []
    assert to_do(factories.person(Role.DRAFTER, "BRA")) == []


def test_observers_are_treated_alike(meeting):
    made.delegation(meeting, organisation="cmc")
    address = "/my/meetings/14msp/delegation/?for=cmc"
    assert to_do(factories.person(Role.OBSERVER, "cmc")) == [("Enter your delegation: 14MSP", address, NOTICE)]


def test_the_iso_and_the_president_see_who_asks_to_be_invited(meeting):
    Delegation.objects.create(
        meeting=meeting,
        organisation=Organisation.objects.get(key="eu"),
        kind=DelegationKind.INVITED,
        status=DelegationStatus.ASKED,
        changed_at=made.A_MOMENT,
    )
    president = factories.person(Role.PRESIDENT, "LBN")
    address = "/meetings/14msp/desk/delegations/?show=asking"
    waits = [("1 organisation asks to be invited: 14MSP", address, None)]

    assert to_do(factories.person(Role.ISO_STAFF, "iso")) == waits
    assert to_do(president) == []
    Officer.objects.create(meeting=meeting, office=Office.PRESIDENT, state=factories.state("LBN"))
    assert to_do(president) == waits


def test_it_costs_as_many_queries_for_three_meetings_as_for_one(meeting):
    def asked():
        user = factories.person(Role.DRAFTER, "LAO")
        with CaptureQueriesContext(connection) as queries:
            to_do(user)
        return len(queries)

    one = asked()
    made.meeting("15msp", ordinal=15)
    made.meeting("16msp", ordinal=16)
    assert asked() == one
