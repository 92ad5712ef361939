"""The pages of delegations, as their own people, the ISO and the President use them."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from ccm_portal.core.models import Membership, Organisation
from ccm_portal.core.pdf import process
from meetings.domain import participant_list
from meetings.enums import CredentialsStatus, DelegationKind, DelegationStatus, Office
from meetings.models import Delegation, MeetingPresence, Officer, Participant
from tests import factories
from tests.meetings import factories as made
from tests.support import sign_in

pytestmark = pytest.mark.django_db

CANARY = "CANARY-M1 head"
OWN = "/my/lao-pdr/meetings/14msp/delegation/"
NAMES = "/my/meetings/14msp/participants/"
DESK = "/meetings/14msp/desk/delegations/"
FILES = ["/my/meetings/14msp/participants.csv", "/my/meetings/14msp/participants.pdf?language=en"]


@pytest.fixture
def meeting():
    return made.meeting()


@pytest.fixture
def lao(meeting):
    delegation = made.delegation(meeting, "LAO", size=1)
    Participant.objects.create(delegation=delegation, name=CANARY, is_head=True, position=1)
    return delegation


def as_a(role, acts_for, **membership):
    return sign_in(Client(), factories.person(role, acts_for, **membership))


def post(client, address, **data):
    return client.post(address, data, headers={"origin": "http://testserver"})


def text(answer):
    return answer.content.decode()


# A State's own


def test_a_drafter_begins_the_delegation_enters_names_and_marks_the_head(meeting):
    client = as_a(Role.DRAFTER, "LAO")
    assert "Begin the delegation" in text(client.get(OWN))
    assert post(client, OWN).status_code == 302

    given = {"act": "person", "version": 1, "name": "Delegate, Vientiane", "function": "Director", "is_head": "on"}
    assert post(client, OWN, **given).status_code == 302
    page = text(client.get(OWN))

    assert "Delegate, Vientiane" in page and ">Head<" in page
    assert "Nothing here takes the place of that." in page


def test_what_was_typed_is_kept_where_a_colleague_was_faster(lao):
    client = as_a(Role.DRAFTER, "LAO")
    Delegation.objects.update(version=7)
    answer = post(client, OWN, act="person", version=1, name="Delegate, Vientiane")

    assert answer.status_code == 422
    assert "was changed after you opened the page" in text(answer)
    assert 'value="Delegate, Vientiane"' in text(answer) and 'name="version" value="7"' in text(answer)


def test_another_state_reads_neither_the_delegation_nor_a_name(lao):
    other = as_a(Role.HEAD_OF_DELEGATION, "LBN")
    person = Participant.objects.get()
    addresses = [OWN, f"/my/participants/{person.pk}/", NAMES, *FILES]

    assert [other.get(address).status_code for address in addresses] == [404] * 5
    assert post(other, f"/my/participants/{person.pk}/remove/", version=1).status_code == 404
    assert other.get(f"{DESK}{lao.pk}/").status_code == 403


def test_a_membership_that_has_ended_opens_nothing(lao):
    user = factories.person(Role.DRAFTER, "LAO")
    client = sign_in(Client(), user)
    assert client.get(OWN).status_code == 200
    Membership.objects.filter(user=user).update(ends=clock.today())

    assert [client.get(address).status_code for address in (OWN, NAMES, *FILES)] == [404] * 4


def test_a_state_writes_its_note_verbale_and_may_neither_invite_nor_judge_credentials(lao):
    client = as_a(Role.DRAFTER, "LAO")
    Delegation.objects.update(status=DelegationStatus.EXPECTED)
    post(client, OWN, act="notify", version=1, note_reference="NV 3", note_date="2026-10-01", un_reference="")
    lao.refresh_from_db()
    assert (lao.status, lao.note_reference, lao.note_date) == (DelegationStatus.NOTIFIED, "NV 3", date(2026, 10, 1))

    refused = [post(client, OWN, act=act, version=2).status_code for act in ("credentials_accept", "invite")]
    assert refused == [403, 403]


# Observers


def test_who_takes_part_reads_the_names_of_all(lao, meeting):
    made.delegation(meeting, organisation="cmc")
    observer, stranger = as_a(Role.OBSERVER, "cmc"), as_a(Role.OBSERVER, "icrc")

    assert CANARY in text(observer.get(NAMES))
    assert CANARY in text(observer.get(FILES[0]))
    assert [stranger.get(address).status_code for address in (NAMES, *FILES)] == [404] * 3


def test_who_asks_to_be_invited_reads_no_names_yet(lao):
    client = as_a(Role.OBSERVER, "eu")
    address = "/my/meetings/14msp/delegation/?for=eu"
    assert "Ask to be invited" in text(client.get(address))
    assert post(client, address, purpose="Without profit.").status_code == 302

    asked = Delegation.objects.get(organisation__key="eu")
    assert (asked.kind, asked.status) == (DelegationKind.INVITED, DelegationStatus.ASKED)
    assert client.get(NAMES).status_code == 404


def test_the_president_invites_and_does_nothing_else(lao, meeting):
    asked = Delegation.objects.create(
        meeting=meeting,
        organisation=Organisation.objects.get(key="eu"),
        kind=DelegationKind.INVITED,
        status=DelegationStatus.ASKED,
        purpose="Without profit.",
        changed_at=made.A_MOMENT,
    )
    Officer.objects.create(meeting=meeting, office=Office.PRESIDENT, state=factories.state("LBN"))
    client = as_a(Role.PRESIDENT, "LBN")
    address = f"{DESK}{asked.pk}/"
    assert "Without profit." in text(client.get(address))

    assert post(client, address, act="invite", version=1, note="").status_code == 302
    assert post(client, f"{DESK}{lao.pk}/", act="person", version=1, name="Somebody").status_code == 403
    assert post(client, f"{DESK}{lao.pk}/", act="credentials_names", version=1).status_code == 403
    assert post(client, DESK).status_code == 403
    asked.refresh_from_db()
    assert asked.status == DelegationStatus.INVITED


# The ISO


def test_the_iso_expects_all_states_parties_and_looks_at_credentials(lao):
    client = as_a(Role.ISO_STAFF, "iso")
    assert "111 States Parties of the first day have no delegation yet." in text(client.get(DESK))
    assert post(client, DESK).status_code == 302
    assert Delegation.objects.count() == 112

    address = f"{DESK}{lao.pk}/"
    assert post(client, address, act="credentials_copy", version=1, note="By fax.").status_code == 302
    lao.refresh_from_db()
    assert (lao.credentials, lao.credentials_note) == (CredentialsStatus.COPY, "By fax.")
    assert "By fax." in text(client.get(address))
    assert "By fax." not in text(as_a(Role.DRAFTER, "LAO").get(OWN))


def test_the_desk_costs_as_many_queries_for_three_delegations_as_for_one(lao):
    client = as_a(Role.ISO_STAFF, "iso")
    client.get(DESK)
    before = queries(client, DESK)
    for iso3 in ("NOR", "AUT"):
        made.delegation(lao.meeting, iso3)
    assert queries(client, DESK) == before


def queries(client, address):
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


# Public


def test_everybody_reads_who_comes_and_nobody_a_name(lao, meeting, client):
    Participant.objects.update(function="CANARY-M1 office")
    page = text(client.get("/meetings/14msp/participants/"))

    assert "Lao People&#x27;s Democratic Republic" in page and "1 person" in page
    assert "CANARY-M1" not in page
    assert "The names are deleted after 15 December 2027" in page


@pytest.mark.parametrize("status", [DelegationStatus.ASKED, DelegationStatus.DECLINED, DelegationStatus.WITHDRAWN])
def test_who_is_not_invited_or_does_not_come_is_not_named(meeting, client, status):
    made.delegation(meeting, "LAO", status=status)
    assert "Lao People" not in text(client.get("/meetings/14msp/participants/"))


def test_the_public_list_costs_as_many_queries_for_three_delegations_as_for_one(lao, client):
    address = "/meetings/14msp/participants/"
    one = queries(client, f"{address}?a")
    for iso3 in ("NOR", "AUT"):
        made.delegation(lao.meeting, iso3)
    assert queries(client, f"{address}?b") == one


# The end of names


def test_after_their_time_no_page_and_no_file_has_names(lao, monkeypatch):
    client = as_a(Role.ISO_STAFF, "iso")
    monkeypatch.setattr(clock, "now", lambda: datetime(2027, 12, 16, 9, tzinfo=UTC))
    person = Participant.objects.get()

    assert [client.get(address).status_code for address in FILES] == [404, 404]
    assert client.get(f"/my/participants/{person.pk}/").status_code == 404
    for address in (NAMES, f"{DESK}{lao.pk}/", DESK, "/meetings/14msp/participants/"):
        assert CANARY not in text(client.get(address))
    assert "The names are deleted" in text(client.get(NAMES))


def test_where_the_pdf_cannot_be_made_the_page_says_so(lao, monkeypatch):
    monkeypatch.setattr(participant_list.order, "pdf", lambda *args, **more: process.run({"html": ""}, wall=0))
    answer = as_a(Role.DRAFTER, "LAO").get(FILES[1], follow=True)
    assert "The PDF could not be made now." in text(answer) and CANARY in text(answer)


# The vote


def test_the_chair_marks_who_is_in_the_room_and_reads_whether_it_is_a_quorum(meeting):
    delegations = [made.delegation(meeting, iso3) for iso3 in ("LAO", "NOR", "AUT")]
    brazil = made.delegation(meeting, "BRA", kind=DelegationKind.STATE)
    client = sign_in(Client(), made.chair(meeting))
    address = "/meetings/14msp/desk/voting/?day=2027-09-14"
    page = text(client.get(address))
    assert "No quorum: 2 States Parties are lacking." in page
    assert "Brazil is not a party to the Convention." in page

    post(client, address, was="", present=[delegations[0].pk, brazil.pk])
    assert "No quorum: 1 State Party is lacking." in text(client.get(address))
    post(client, address, was=f"{delegations[0].pk} {brazil.pk}", present=[one.pk for one in delegations])
    assert "There is a quorum." in text(client.get(address))
    assert set(MeetingPresence.objects.values_list("delegation", "day")) == {
        (one.pk, date(2027, 9, 14)) for one in delegations
    }


def test_two_who_mark_at_the_same_time_do_not_undo_each_other(meeting):
    first, second = (made.delegation(meeting, iso3) for iso3 in ("LAO", "NOR"))
    client = sign_in(Client(), made.chair(meeting))
    address = "/meetings/14msp/desk/voting/?day=2027-09-14"
    post(client, address, was="", present=[first.pk])
    post(client, address, was="", present=[second.pk])

    assert set(MeetingPresence.objects.values_list("delegation", flat=True)) == {first.pk, second.pk}


def test_another_chair_does_not_see_the_vote_of_this_meeting(meeting):
    other = made.meeting("15msp", ordinal=15)
    assert sign_in(Client(), made.chair(other)).get("/meetings/14msp/desk/voting/").status_code == 403


# What is lost by one press is said


def test_a_second_head_takes_the_place_of_the_first_who_is_named(lao):
    client = as_a(Role.DRAFTER, "LAO")
    given = {
        "act": "person",
        "version": lao.version,
        "name": "Delegate, Lao PDR",
        "gender": "",
        "is_head": "on",
    }
    page = text(client.post(OWN, given, headers={"origin": "http://testserver"}, follow=True))
    assert f"Saved. {CANARY} is no longer the head of the delegation." in page
    first = Participant.objects.get(name=CANARY)
    lao.refresh_from_db()
    given = {"version": lao.version, "name": CANARY, "gender": "", "is_head": "on"}
    address = f"/my/participants/{first.pk}/"
    page = text(client.post(address, given, headers={"origin": "http://testserver"}, follow=True))
    assert "Saved. Delegate, Lao PDR is no longer the head of the delegation." in page


def test_that_a_delegation_does_not_come_is_asked_once_more_with_the_number_of_names_that_go(lao):
    client = as_a(Role.DRAFTER, "LAO")
    asked = post(client, OWN, act="withdraw", version=lao.version)
    kept = lao.participants.count()
    assert (asked.status_code, "The name of 1 person is deleted at once" in text(asked), kept) == (200, True, 1)
    assert post(client, OWN, act="withdraw", version=lao.version, sure="1").status_code == 302
    lao.refresh_from_db()
    assert (lao.status, lao.participants.count()) == (DelegationStatus.WITHDRAWN, 0)
