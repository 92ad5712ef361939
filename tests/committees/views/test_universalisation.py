"""The universalisation log: what everybody reads, what stays in its workspace, votes and withdrawals."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ccm_portal.core.enums import Role
from ccm_portal.core.models import State
from committees.models import FollowUp, JoiningEntry, ResolutionVote, Withdrawal
from tests.committees import factories
from tests.factories import person, state
from tests.support import sign_in

pytestmark = pytest.mark.django_db

LOG = "/committees/universalisation/workspace/joining/"
ORIGIN = {"headers": {"origin": "http://testserver"}}
ENTRY = {"do": "note", "learnt_on": "2026-11-20", "step": "parliament", "position": "A bill was tabled."}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-11-24T12:00:00+00:00")


@pytest.fixture
def leader():
    return factories.leader("universalisation", "LAO")


def words(answer):
    return answer.content.decode()


def test_everybody_reads_who_is_outside_and_the_withdrawal_of_lithuania(client):
    page = words(client.get("/universalisation/"))

    assert client.get("/universalisation/").status_code == 200
    assert "/states/jamaica/" in page or "Jamaica" in page
    assert "Lithuania" in page and "2025-03-06" in page and "2024-09-06" in page
    assert "six months after the Depositary receives it" in page


def test_what_was_learnt_is_private_until_it_is_shown_with_a_source(client, leader):
    sign_in(client, leader)
    step = {"next-what": "Ask for the text", "next-owner": f"person:{leader.pk}", "next-due": "2026-11-30"}
    sent = ENTRY | step | {"obstacles": "No majority.", "source": "Gazette 12"}
    noted = client.post(f"{LOG}jamaica/", sent, **ORIGIN)
    entry, row = JoiningEntry.objects.get(), FollowUp.objects.get()
    before = words(client.get("/universalisation/"))
    client.post(f"{LOG}jamaica/", {"do": "show", "entry": entry.pk}, **ORIGIN)
    after = words(client.get("/universalisation/"))
    client.post(f"{LOG}jamaica/", {"do": "hide", "entry": entry.pk}, **ORIGIN)
    again = words(client.get("/universalisation/"))

    assert (noted.status_code, row.state, row.owner, row.due) == (302, state("JAM"), leader, date(2026, 11, 30))
    assert ["A bill was tabled." in page for page in (before, after, again)] == [False, True, False]
    assert "Gazette 12" in after and "No majority." in after
    assert "Ask for the text" not in before + after + again


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"is_public": "on"}, "Name the public source."),
        ({"learnt_on": "2026-11-25"}, "This day is still to come."),
        ({"next-what": "Ask"}, "Say whose it is."),
    ],
)
def test_what_cannot_be_noted_is_said_and_nothing_typed_is_lost(client, leader, sent, sentence):
    answer = sign_in(client, leader).post(f"{LOG}jamaica/", ENTRY | sent, **ORIGIN)

    assert answer.status_code == 422
    assert sentence in words(answer) and "A bill was tabled." in words(answer)
    assert JoiningEntry.objects.count() == 0


def test_only_who_works_on_universalisation_opens_the_log(client, leader):
    people = [factories.leader("clearance", "HRV"), person(Role.PRESIDENT, "LBN"), person(Role.OBSERVER, "cmc")]
    reader = factories.partner("universalisation", place="reader")

    assert [sign_in(client, user).get(LOG).status_code for user in people] == [404, 404, 404]
    assert client.get("/committees/clearance/workspace/joining/").status_code == 404
    assert sign_in(client, reader).get(f"{LOG}jamaica/").status_code == 200
    assert client.post(f"{LOG}jamaica/", ENTRY, **ORIGIN).status_code == 403
    assert sign_in(client, leader).get(f"{LOG}lao-pdr/").status_code == 404


def test_a_vote_on_the_resolution_is_recorded_with_its_source(client, leader):
    sign_in(client, leader)
    sent = {"do": "vote", "year": "2025", "vote": "abstained", "vote_source": "A/80/PV.60"}
    client.post(f"{LOG}jamaica/", sent, **ORIGIN)
    client.post(f"{LOG}jamaica/", sent | {"vote": "yes"}, **ORIGIN)
    early = client.post(f"{LOG}jamaica/", sent | {"year": "2014"}, **ORIGIN)

    vote = ResolutionVote.objects.get()
    assert (vote.vote, vote.year, vote.source) == ("yes", 2025, "A/80/PV.60")
    assert early.status_code == 422
    assert "2025" in words(client.get("/universalisation/"))


def test_the_page_of_a_state_leads_to_the_log_if_it_is_outside_or_withdraws(client):
    pages = {slug: words(client.get(f"/states/{slug}/")) for slug in ("jamaica", "lithuania", "lao-pdr")}

    assert {slug: "/universalisation/" in page for slug, page in pages.items()} == {
        "jamaica": True,
        "lithuania": True,
        "lao-pdr": False,
    }
    assert "genevapm.dfa.gov.ph" in pages["lithuania"]


def test_the_public_page_costs_the_same_for_one_entry_and_for_three(client, leader):
    def cost():
        with CaptureQueriesContext(connection) as spent:
            client.get("/universalisation/?again")
        return len(spent)

    def note(slug):
        given = {"learnt_on": date(2026, 11, 1), "step": "parliament", "is_public": True, "source": "Gazette"}
        row = JoiningEntry.objects.create(
            state=State.objects.get(slug=slug), noted_by=leader, noted_at="2026-11-24T12:00Z", **given
        )
        ResolutionVote.objects.create(state=row.state, year=2025, vote="yes", source="A/80")
        from django.core.cache import caches

        caches["pages"].clear()

    note("jamaica")
    one = cost()
    note("uganda")
    note("haiti")

    assert cost() == one


def test_hostile_words_are_only_words(client, leader):
    hostile = "<script>alert(1)</script>"
    sign_in(client, leader)
    sent = ENTRY | {"position": hostile, "obstacles": hostile, "source": hostile, "is_public": "on"}
    client.post(f"{LOG}jamaica/", sent, **ORIGIN)
    pages = [words(client.get(place)) for place in ("/universalisation/", LOG, f"{LOG}jamaica/", "/states/jamaica/")]

    assert ["<script>alert" in page for page in pages] == [False] * 4
    assert ["alert(1)" in page for page in pages] == [True] * 4
    assert Withdrawal.objects.count() == 1
