"""Who may put forward, read, endorse and decide; and that a right that ends gives nothing from the next request on."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from committees.domain.nominations import withdraw
from committees.domain.persons import end_person
from committees.domain.terms import end_term
from committees.models import Nomination, TermPerson
from tests.committees import factories, scene_bodies
from tests.factories import MembershipFactory, person, state
from tests.support import sign_in

pytestmark = pytest.mark.django_db

AT = datetime(2026, 4, 20, 9, tzinfo=UTC)
HEADERS = {"origin": "http://testserver"}


@pytest.fixture
def nomination():
    return scene_bodies.put_forward("clearance", "LAO", scene_bodies.OPEN_CASE)


def ask(user, nomination):
    """What reading and endorsing answer, each in a session of its own."""
    address = f"/committees/nominations/{nomination.pk}/"
    read = sign_in(Client(), user).get(address).status_code
    endorse = sign_in(Client(), user).post(f"{address}endorse/", headers=HEADERS).status_code
    return read, endorse


def test_a_leader_reads_and_endorses_and_neither_once_the_person_has_ended(nomination):
    leader = factories.leader("stockpiles", "NOR")
    assert sign_in(Client(), leader).get(f"/committees/nominations/{nomination.pk}/").status_code == 200

    end_person(person=TermPerson.objects.get(user=leader), by=person(Role.ISO_STAFF, "iso"), at=clock.now())

    assert ask(leader, nomination) == (404, 404)
    assert nomination.endorsements.count() == 0


def test_a_leader_reads_and_endorses_nothing_once_the_term_has_ended(nomination):
    leader = factories.leader("stockpiles", "NOR")
    term = TermPerson.objects.get(user=leader).term
    end_term(term=term, on=clock.today(), version=1, by=person(Role.ISO_STAFF, "iso"), at=clock.now())

    assert ask(leader, nomination) == (404, 404)


def test_partners_endorse_for_their_organisation_and_readers_only_read(nomination):
    factories.body("coordination")

    assert ask(factories.partner("coordination", place="reader", organisation="icrc"), nomination) == (200, 403)
    assert ask(factories.partner("coordination"), nomination) == (200, 302)
    assert [(e.organisation.key, e.state) for e in nomination.endorsements.all()] == [("cmc", None)]


def test_a_partner_of_another_body_reads_nothing(nomination):
    assert ask(factories.partner("clearance"), nomination) == (404, 404)


def test_a_delegate_of_a_state_that_is_no_party_reads_no_nomination(nomination):
    assert ask(person(Role.APPROVER, "USA"), nomination) == (404, 404)
    assert sign_in(Client(), person(Role.APPROVER, "USA")).get("/committees/nominations/").status_code == 404


def test_nobody_endorses_for_a_state_under_whose_term_they_do_not_stand(nomination):
    leader = factories.leader("stockpiles", "NOR")
    two = factories.leader("victim-assistance", "PER")
    TermPerson.objects.create(
        term=TermPerson.objects.get(user=two).term, user=leader, name=leader.name, starts=date(2020, 1, 1)
    )
    MembershipFactory(user=leader, role=Role.COMMITTEE_LEADER, state=state("PER"))
    address = f"/committees/nominations/{nomination.pk}/endorse/"
    client = sign_in(Client(), leader)

    forged = client.post(address, {"party": f"state:{state('LBN').pk}"}, headers=HEADERS)
    right = client.post(address, {"party": f"state:{state('PER').pk}"}, headers=HEADERS)

    assert (forged.status_code, right.status_code) == (422, 302)
    assert [e.state.iso3 for e in nomination.endorsements.all()] == ["PER"]


def test_an_approver_withdraws_and_a_stale_page_does_not(nomination):
    approver = sign_in(Client(), person(Role.APPROVER, "LAO"))
    address = f"/my/lao-pdr/nominations/{nomination.pk}/withdraw/"

    stale = approver.post(address, {"version": "7"}, headers=HEADERS)

    assert stale.status_code == 422
    assert "The nomination was changed after you opened the page" in stale.content.decode()
    assert approver.post(address, {"version": "1"}, headers=HEADERS).status_code == 302
    assert Nomination.objects.get().status == "withdrawn"


def test_what_is_withdrawn_cannot_be_recorded_as_elected_by_a_page_opened_before(nomination):
    office = sign_in(Client(), person(Role.ISO_STAFF, "iso"))
    withdraw(nomination=nomination, by=person(Role.APPROVER, "LAO"), at=AT)

    answer = office.post(
        f"/office/nominations/{nomination.pk}/elected/",
        {"version": "1", "on": "2026-04-21", "basis": "14MSP"},
        headers=HEADERS,
    )

    assert answer.status_code == 422
    assert "it is “Withdrawn” now" in answer.content.decode()
