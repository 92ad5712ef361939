"""The pages of contacts, follow-up and problems: who reads and writes them, and what comes too late."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ccm_portal.core.enums import Role
from committees.domain import contacts, follow_ups, problems
from committees.domain.owners import Owner
from committees.models import Contact, FollowUp, Problem
from tests.committees import factories, work
from tests.factories import person, state
from tests.support import sign_in

pytestmark = pytest.mark.django_db

HERE = "/committees/clearance/workspace/"
ORIGIN = {"headers": {"origin": "http://testserver"}}
CONTACT = {
    "kind": "bilateral",
    "with_states": ["chad"],
    "held_on": "2026-11-20",
    "channel": "call",
    "level": "ambassador",
    "about": "Their request",
}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-11-24T12:00:00+00:00")


@pytest.fixture
def leader():
    return factories.leader("clearance", "LAO")


def words(answer):
    return answer.content.decode()


def test_a_leader_notes_a_contact_with_a_next_step_on_one_page(client, leader):
    step = {"next-what": "Send the form", "next-owner": f"person:{leader.pk}", "next-due": "2026-11-30"}
    answer = sign_in(client, leader).post(f"{HERE}contacts/new/", CONTACT | step, **ORIGIN)
    contact, row = Contact.objects.get(), FollowUp.objects.get()

    assert (answer.status_code, answer.url) == (302, f"{HERE}contacts/{contact.pk}/")
    assert (contact.about, list(contact.with_states.all())) == ("Their request", [state("TCD")])
    assert (row.what, row.owner, row.due, row.contact) == ("Send the form", leader, date(2026, 11, 30), contact)


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"next-what": "Send the form"}, "Say whose it is."),
        ({"next-due": "2026-11-30"}, "Say what is to be done by that day."),
        ({"next-what": "Send it", "next-owner": "person:0"}, "Select a valid choice"),
        ({"with_states": []}, "Say with whom it was"),
        ({"held_on": "tomorrow"}, "Enter a valid date"),
    ],
)
def test_what_cannot_be_noted_is_said_and_nothing_typed_is_lost(client, leader, sent, sentence):
    answer = sign_in(client, leader).post(f"{HERE}contacts/new/", CONTACT | sent, **ORIGIN)

    assert answer.status_code == 422
    assert sentence in words(answer)
    assert "Their request" in words(answer)
    assert (Contact.objects.count(), FollowUp.objects.count()) == (0, 0)


def test_readers_read_and_write_nothing(client, leader):
    contact, problem = work.contact(leader), work.problem(leader)
    row = work.follow_up(leader, Owner(account=leader))
    sign_in(client, factories.partner("clearance", place="reader"))
    reads = ["contacts/", f"contacts/{contact.pk}/", "follow-up/", f"follow-up/{row.pk}/", f"problems/{problem.pk}/"]
    writes = [
        "contacts/new/",
        f"contacts/{contact.pk}/edit/",
        "follow-up/new/",
        f"follow-up/{row.pk}/",
        f"follow-up/{row.pk}/done/",
        "problems/new/",
        f"problems/{problem.pk}/",
        f"problems/{problem.pk}/settle/",
    ]

    assert [client.get(HERE + place).status_code for place in reads] == [200] * len(reads)
    assert [client.post(HERE + place, {"version": "1"}, **ORIGIN).status_code for place in writes] == [403] * 8


def test_a_reader_whose_it_is_says_that_it_is_done(client, leader):
    reader = factories.partner("clearance", place="reader")
    row = work.follow_up(leader, Owner(account=reader))
    sent = {"version": "1", "outcome": "They agreed."}
    answer = sign_in(client, reader).post(f"{HERE}follow-up/{row.pk}/done/", sent, **ORIGIN)

    row.refresh_from_db()
    assert (answer.status_code, row.done_by, row.outcome) == (302, reader, "They agreed.")


def test_what_another_body_wrote_is_not_there(client, leader):
    contact, problem = work.contact(leader), work.problem(leader)
    row = work.follow_up(leader, Owner(account=leader))
    sign_in(client, factories.leader("victim-assistance", "HRV"))
    places = [f"contacts/{contact.pk}/", f"follow-up/{row.pk}/", f"problems/{problem.pk}/"]
    theirs = "/committees/victim-assistance/workspace/"

    assert [client.get(HERE + place).status_code for place in places] == [404] * 3
    assert [client.get(theirs + place).status_code for place in places] == [404] * 3
    assert client.get(f"{theirs}follow-up/new/?contact={contact.pk}").status_code == 404


def test_a_contact_that_somebody_changed_meanwhile_is_shown_beside_what_was_typed(client, leader):
    contact = work.contact(leader, states=(state("TCD"),), others="")
    told = work.told(states=(state("TCD"),), others="", about="Theirs", channel="letter")
    contacts.edit_contact(contact=contact, told=told, version=1, by=leader, at=work.AT)
    address = f"{HERE}contacts/{contact.pk}/edit/"
    answer = sign_in(client, leader).post(address, CONTACT | {"version": "1", "about": "Mine"}, **ORIGIN)

    assert answer.status_code == 422
    assert "This was changed after you opened the page." in words(answer)
    assert "<dd>Theirs</dd>" in words(answer) and "Letter or note verbale</dd>" in words(answer)
    assert 'value="Mine"' in words(answer) and 'name="version" value="2"' in words(answer)
    again = client.post(address, CONTACT | {"version": "2", "about": "Mine"}, **ORIGIN)
    assert (again.status_code, Contact.objects.get().about) == (302, "Mine")


def test_a_follow_up_that_somebody_finished_meanwhile_is_not_changed(client, leader):
    row = work.follow_up(leader, Owner(account=leader))
    follow_ups.finish(follow_up=row, outcome="They agreed.", version=1, by=leader, at=work.AT)
    sent = {"version": "1", "what": "Mine", "owner": f"person:{leader.pk}"}
    answer = sign_in(client, leader).post(f"{HERE}follow-up/{row.pk}/", sent, **ORIGIN)

    assert answer.status_code == 422
    assert "This was changed after you opened the page." in words(answer)
    assert 'value="Mine"' in words(answer)


def test_a_problem_is_settled_only_as_it_was_read(client, leader):
    problem = work.problem(leader)
    problems.edit_problem(
        problem=problem, title="Otherwise", text="", ways_forward="", version=1, by=leader, at=work.AT
    )
    sent = {"version": "1", "outcome": "Both share now."}
    answer = sign_in(client, leader).post(f"{HERE}problems/{problem.pk}/settle/", sent, **ORIGIN)

    assert answer.status_code == 422
    assert "Both share now." in words(answer)
    assert Problem.objects.get().status == "open"


def test_contacts_are_found_by_state_day_and_open_next_step(client, leader):
    overdue = work.step("Send the form", Owner(account=leader), date(2026, 11, 1))
    work.contact(leader, about="First", states=(state("TCD"),), others="", held_on=date(2026, 10, 1), step=overdue)
    work.contact(leader, about="Second", states=(state("MRT"),), others="", held_on=date(2026, 11, 1))
    sign_in(client, leader)
    asked = ["", "?state=chad", "?since=2026-10-15", "?until=2026-10-15", "?step=overdue", "?step=none", "?state=x"]
    shown = {
        query: [name for name in ("First", "Second") if name in words(client.get(f"{HERE}contacts/{query}"))]
        for query in asked
    }

    assert shown == {
        "": ["First", "Second"],
        "?state=chad": ["First"],
        "?since=2026-10-15": ["Second"],
        "?until=2026-10-15": ["First"],
        "?step=overdue": ["First"],
        "?step=none": ["Second"],
        "?state=x": ["First", "Second"],
    }


def test_lists_cost_the_same_for_one_and_for_three(client, leader):
    def cost(address):
        sign_in(client, leader)
        with CaptureQueriesContext(connection) as spent:
            assert client.get(address).status_code == 200
        return len(spent)

    def write():
        step = work.step("Send the form", Owner(account=leader), date(2026, 11, 1))
        problem = work.problem(leader)
        work.contact(leader, states=(state("TCD"),), others="", step=step)
        work.follow_up(leader, Owner(account=leader), problem=problem)

    places = [HERE, f"{HERE}contacts/", f"{HERE}follow-up/", f"{HERE}problems/", "/desk/"]
    write()
    one = [cost(place) for place in places]
    write()
    write()

    assert [cost(place) for place in places] == one


def test_hostile_words_are_only_words(client, leader):
    hostile = "<script>alert(1)</script>\u202e"
    contact = work.contact(leader, about=hostile, others=hostile, text=hostile)
    problem = work.problem(leader, title=hostile, text=hostile, ways_forward=hostile)
    row = work.follow_up(leader, Owner(name=hostile), what=hostile, contact=contact)
    sign_in(client, leader)
    places = ["", "contacts/", f"contacts/{contact.pk}/", f"contacts/{contact.pk}/edit/", "follow-up/"]
    places += [f"follow-up/{row.pk}/", "problems/", f"problems/{problem.pk}/", "problems/new/"]

    pages = [words(client.get(HERE + place)) for place in places]
    assert [place for place, page in zip(places, pages, strict=True) if "<script>alert" in page] == []
    assert [place for place, page in zip(places, pages, strict=True) if "alert(1)" not in page] == []


def test_the_iso_writes_in_every_workspace(client):
    sign_in(client, person(Role.ISO_STAFF, "iso"))
    factories.body("clearance")
    sent = {"title": "Maps are not shared"}

    assert client.post(f"{HERE}problems/new/", sent, **ORIGIN).status_code == 302
