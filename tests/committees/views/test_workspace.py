"""The workspace of a body: who opens it, who is named to it, and that it closes with the next request."""

import pytest
from allauth.mfa.models import Authenticator

from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage, RegisterEntry
from committees.models import TermPerson, WorkspacePlace
from tests.committees import factories
from tests.factories import person
from tests.support import sign_in

pytestmark = pytest.mark.django_db

HERE = "/committees/clearance/workspace/"
ORIGIN = {"headers": {"origin": "http://testserver"}}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-11-24T12:00:00+00:00")


def asked(client, user, address=HERE):
    return sign_in(client, user).get(address).status_code


def with_factor(user):
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={})
    return user


def test_leaders_partners_readers_and_the_iso_open_a_workspace_and_nobody_else(client):
    leader = factories.leader("clearance", "LAO")
    people = {
        "its leader": leader,
        "its partner": factories.partner("clearance"),
        "its reader": factories.partner("clearance", place="reader"),
        "ISO": person(Role.ISO_STAFF, "iso"),
        "leader of another body": factories.leader("victim-assistance", "HRV"),
        "partner elsewhere": factories.partner("victim-assistance"),
        "President": person(Role.PRESIDENT, "LBN"),
        "the leader's colleague": person(Role.HEAD_OF_DELEGATION, "LAO"),
        "leader by role alone": person(Role.COMMITTEE_LEADER, "LAO"),
    }

    assert {kind: asked(client, user) for kind, user in people.items()} == {
        "its leader": 200,
        "its partner": 200,
        "its reader": 200,
        "ISO": 200,
        "leader of another body": 404,
        "partner elsewhere": 404,
        "President": 404,
        "the leader's colleague": 404,
        "leader by role alone": 404,
    }


def test_the_president_and_every_leader_work_in_coordination(client):
    factories.body("coordination")
    there = "/committees/coordination/workspace/"
    people = {
        "President": person(Role.PRESIDENT, "LBN"),
        "a leader": factories.leader("clearance", "LAO"),
        "partner of a committee": factories.partner("clearance"),
        "partner": factories.partner("coordination"),
    }

    assert {kind: asked(client, user, there) for kind, user in people.items()} == {
        "President": 200,
        "a leader": 200,
        "partner of a committee": 404,
        "partner": 200,
    }


def test_a_term_that_ends_closes_the_workspace_with_the_next_request(client):
    leader = factories.leader("clearance", "LAO")
    before = asked(client, leader)
    TermPerson.objects.filter(user=leader).update(ends="2026-11-24")

    assert (before, client.get(HERE).status_code) == (200, 404)


def test_a_leader_names_an_account_which_is_told_and_can_open_it(client):
    named = with_factor(person(Role.OBSERVER, "icrc"))
    body = {"email": named.email, "acts_for": "International Committee", "place": "partner"}
    answer = sign_in(client, factories.leader("clearance", "LAO")).post(f"{HERE}people/", body, **ORIGIN)

    place = WorkspacePlace.objects.get()
    act = RegisterEntry.objects.latest("number")
    assert answer.status_code == 302
    assert (place.user, place.place, place.acts_for) == (named, "partner", "International Committee")
    assert OutgoingMessage.objects.get().key == f"committees.named:{place.pk}"
    assert act.action == "committees.workspace_place.name"
    assert named.email not in act.payload and named.name not in act.payload
    assert asked(client, named) == 200


def test_a_place_that_is_ended_opens_nothing_from_the_next_request_on(client, client_of):
    partner = factories.partner("clearance")
    theirs = client_of(partner)
    before = theirs.get(HERE).status_code
    place = WorkspacePlace.objects.get()
    sign_in(client, factories.leader("clearance", "LAO")).post(f"{HERE}people/{place.pk}/end/", **ORIGIN)

    assert (before, theirs.get(HERE).status_code) == (200, 404)


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("nobody", "There is no account with this address."),
        ("without a factor", "This person has not set up a second factor."),
        ("leader", "This person works here already, by their office."),
        ("named", "This person is named to this workspace already."),
    ],
)
def test_whom_a_workspace_cannot_be_opened_to_is_said_in_words(client, who, sentence):
    leader = factories.leader("clearance", "LAO")
    emails = {
        "nobody": "nobody@example.org",
        "without a factor": person(Role.OBSERVER, "cmc").email,
        "leader": leader.email,
        "named": with_factor(factories.partner("clearance")).email,
    }
    before = WorkspacePlace.objects.count()
    body = {"email": emails[who], "acts_for": "Somewhere", "place": "reader"}
    answer = sign_in(client, leader).post(f"{HERE}people/", body, **ORIGIN)

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert WorkspacePlace.objects.count() == before


def test_partners_and_readers_name_nobody_and_end_nobody(client):
    partner = factories.partner("clearance")
    place = WorkspacePlace.objects.get()
    sign_in(client, partner)
    body = {"email": "somebody@example.org", "acts_for": "Somewhere", "place": "reader"}

    assert client.post(f"{HERE}people/", body, **ORIGIN).status_code == 403
    assert client.post(f"{HERE}people/{place.pk}/end/", **ORIGIN).status_code == 403
    assert WorkspacePlace.objects.count() == 1


def test_a_place_of_another_body_is_not_there(client):
    factories.partner("victim-assistance")
    place = WorkspacePlace.objects.get()
    sign_in(client, factories.leader("clearance", "LAO"))

    assert client.post(f"{HERE}people/{place.pk}/end/", **ORIGIN).status_code == 404


def test_the_desk_leads_to_the_workspaces_in_which_one_works(client):
    factories.body("victim-assistance")
    desk = sign_in(client, factories.partner("clearance")).get("/desk/").content.decode()

    assert HERE in desk
    assert "/committees/victim-assistance/workspace/" not in desk


def test_a_hostile_name_is_only_a_name(client):
    partner = factories.partner("clearance")
    WorkspacePlace.objects.update(acts_for="<script>alert(1)</script>")
    page = sign_in(client, partner).get(HERE).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
