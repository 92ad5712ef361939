"""Everybody reads what each State owes, and why."""

from datetime import date

import pytest

from compliance.models import ExtensionRequest
from tests.compliance.factories_requests import request
from tests.factories import UserFactory, state

pytestmark = pytest.mark.django_db


def text_of(answer):
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def lines(client, query):
    return client.get(f"/files/obligations.csv?{query}").content.decode("utf-8-sig").splitlines()


def test_the_list_is_what_is_still_to_be_done_and_the_file_is_what_the_address_asks_for(client):
    page = text_of(client.get("/obligations/?kind=clearance&sort=due-latest"))
    assert page.index("South Sudan") < page.index('/obligations/iraq/"') < page.index('/obligations/afghanistan/"')
    assert 'href="/obligations/croatia/"' not in page
    assert lines(client, "kind=clearance&standing=fulfilled&state=croatia") == [
        "state,obligation,key,article,counted_from,computed,extended_until,published,source,due,standing,extensions,address,made_up",
        "HRV,clearance,art4,4(1)(a),2010-08-01,2020-08-01,,,,2020-08-01,fulfilled,0,http://testserver/obligations/croatia/,no",
    ]
    asia = lines(client, "kind=clearance&standing=all&region=asia-pacific")
    assert {line[:3] for line in asia[1:]} >= {"LAO", "AFG"} and "HRV" not in {line[:3] for line in asia}


def test_a_state_that_never_joined_owes_nothing_and_one_that_is_not_there_has_no_page(client):
    assert "The Convention does not bind this State" in text_of(client.get("/obligations/ukraine/"))
    assert client.get("/obligations/atlantis/").status_code == 404


def test_extensions_are_counted_against_the_duty_to_finish_as_soon_as_possible(client):
    decided = {"status": "decided", "outcome": "granted", "decided_on": date(2019, 9, 2)}
    request("LAO", granted_until=date(2025, 8, 1), **decided)
    request("LAO", granted_until=date(2030, 8, 1), **decided | {"decided_on": date(2024, 9, 11)})
    page = text_of(client.get("/obligations/lao-pdr/"))
    assert "2 extensions; 20 years in all until 1 August 2030. The Convention asks for it as soon as possible." in page
    assert all(one.get_absolute_url() in page for one in ExtensionRequest.objects.all())


def test_an_invented_lodging_is_marked_wherever_its_day_bears_on_an_obligation(client):
    request("LAO", begun_by=UserFactory(is_demonstration=True))
    request("TCD")

    def marked(slug):
        pages = [text_of(client.get(page)) for page in (f"/obligations/?state={slug}", f"/obligations/{slug}/")]
        made_up = [line.rsplit(",", 1)[1] for line in lines(client, f"kind=clearance&state={slug}")[1:]]
        return ['data-status="demonstration"' in page for page in pages], made_up

    assert (marked("lao-pdr"), marked("chad")) == (([True, True], ["yes"]), ([False, False], ["no"]))


def test_an_extension_that_is_known_by_its_day_alone_is_counted_too(client):
    request("LAO", status="decided", outcome="granted", decided_on=date(2019, 9, 2), granted_until=date(2025, 8, 1))

    assert "2 extensions; 20 years in all until 1 August 2030." in text_of(client.get("/obligations/lao-pdr/"))


def test_an_extension_whose_day_of_decision_is_not_known_names_none(client):
    request("LBN", status="decided", outcome="granted", source="A list", granted_until=date(2026, 5, 1))
    page = text_of(client.get("/obligations/lebanon/"))
    assert ('granted until <time datetime="2026-05-01">' in page, "decided on" in page) == (True, False)


def test_the_list_and_a_state_cost_a_constant_number_of_queries(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(17):
        client.get("/obligations/?standing=all")
    request("LAO", status="decided", outcome="granted", decided_on=date(2019, 9, 2), granted_until=date(2025, 8, 1))
    state("LAO").clocks.create(
        clock="art4b", key="later", cause="Later", starts=date(2024, 1, 1), base=date(2034, 1, 1)
    )
    with django_assert_max_num_queries(14):
        client.get("/obligations/lao-pdr/")
