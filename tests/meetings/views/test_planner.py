"""The planner: its whole question stands in the address, so that it can be sent to others."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meetings.enums import Instrument
from meetings.models import NeighbourMeeting

pytestmark = pytest.mark.django_db


def mines(key="apmbc-22msp", starts=date(2027, 11, 22), ends=date(2027, 11, 26)):
    NeighbourMeeting.objects.create(
        key=key, instrument=Instrument.APMBC, title=f"Mines {key}", city="Geneva", starts=starts, ends=ends
    )


def told(client, address):
    answer = client.get(address)
    return answer.status_code, answer.content.decode()


def test_it_compares_the_weeks_of_its_address(client):
    mines()
    status, page = told(client, "/calendar/planner/?city=Geneva&week=2027-09-13&week=2027-11-15&states_both=50")

    assert status == 200
    assert "15–18 November 2027 would save most: 50 journeys" in page
    assert 'href="#assumed"' in page
    assert page.index("15–18 November 2027</h2>") < page.index("13–16 September 2027</h2>")
    assert 'name="states_both" value="50"' in page


def test_weeks_beside_other_meetings_are_proposed_where_none_is_named(client):
    mines()
    status, page = told(client, "/calendar/planner/")

    assert status == 200
    assert "The weeks below are proposed" in page
    assert 'value="2027-11-15"' in page and 'value="2027-11-29"' in page


def test_a_day_that_is_none_is_refused_in_words(client):
    status, page = told(client, "/calendar/planner/?week=2027-13-40&week=2027-09-13")

    assert status == 422
    assert "“2027-13-40” is not a day. Write it as 2027-09-13." in page


@pytest.mark.parametrize("query", ["length=0", "sponsored=101", "ticket=x", "meeting=unknown"])
def test_a_number_that_makes_no_sense_is_refused_in_words(client, query):
    status, page = told(client, f"/calendar/planner/?week=2027-09-13&{query}")

    assert status == 422
    assert "Something needs your attention" in page
    assert "would save most:" not in page


def test_it_says_that_its_numbers_are_assumed(client):
    assert "Nobody has counted these." in told(client, "/calendar/planner/")[1]


def test_it_asks_as_much_of_the_database_for_three_meetings_as_for_one(client, django_assert_num_queries):
    address = "/calendar/planner/?week=2027-11-15"
    mines()
    with CaptureQueriesContext(connection) as one:
        client.get(f"{address}&length=4")
    mines("b", date(2027, 11, 8), date(2027, 11, 9))
    mines("c", date(2027, 12, 6), date(2027, 12, 7))
    with django_assert_num_queries(len(one)):
        client.get(f"{address}&length=3")
