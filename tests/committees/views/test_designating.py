"""The ISO notes which State presides over a meeting to come."""

from datetime import date

import pytest
from django.test import Client

from ccm_portal.core.enums import Role
from ccm_portal.core.models import RegisterEntry
from committees.models import Presidency
from tests.factories import person
from tests.meetings.factories import meeting
from tests.support import sign_in

pytestmark = pytest.mark.django_db

ORIGIN = {"headers": {"origin": "http://testserver"}}
PAGE = "/office/leadership/"
HERE = f"{PAGE}president/14msp/"
CHOSEN = {"version": "0", "state": "lao-pdr", "on": "2026-09-18", "source": "3RC, final report, paragraph 40"}


@pytest.fixture(autouse=True)
def scene(monkeypatch):
    """November 2026: the 3RC is over, the 14MSP comes."""
    monkeypatch.setenv("PORTAL_NOW", "2026-11-24T12:00:00+00:00")
    meeting("is2026", kind="intersessional", ordinal=None, year=2026, starts=date(2026, 12, 1), ends=date(2026, 12, 2))
    meeting("13msp", ordinal=13, year=2026, starts=date(2026, 12, 7), ends=date(2026, 12, 11))
    meeting()


@pytest.fixture
def office():
    return sign_in(Client(), person(Role.ISO_STAFF, "iso"))


def told():
    return [
        (row.meeting_key, row.state.iso3, row.designated_on, row.starts, row.ends, row.version)
        for row in Presidency.objects.filter(meeting_key="14msp")
    ]


def test_who_is_chosen_is_noted_and_shown_where_leadership_is(office, client):
    answer = office.post(HERE, CHOSEN, **ORIGIN)

    assert answer["Location"] == PAGE
    assert told() == [("14msp", "LAO", date(2026, 9, 18), date(2026, 12, 12), date(2027, 9, 17), 1)]
    for page in (office.get(PAGE), client.get("/committees/leadership/")):
        assert "Lao People’s Democratic Republic" in page.content.decode().replace("&#x27;", "’").replace("'", "’")


def test_only_formal_meetings_to_come_have_a_president(office):
    assert [place.meeting.key for place in office.get(PAGE).context["presided"]] == ["13msp", "14msp"]
    assert office.post(f"{PAGE}president/is2026/", CHOSEN, **ORIGIN).status_code == 404


def test_a_stale_page_says_who_is_chosen_and_can_then_be_sent_again(office):
    office.post(HERE, CHOSEN, **ORIGIN)

    stale = office.post(HERE, CHOSEN | {"state": "norway"}, **ORIGIN)
    page = stale.content.decode()

    assert (stale.status_code, "is chosen for this meeting already." in page) == (422, True)
    assert 'value="3RC, final report, paragraph 40"' in page
    assert [row[1] for row in told()] == ["LAO"]
    office.post(HERE, CHOSEN | {"state": "norway", "version": "1"}, **ORIGIN)
    assert [(row[1], row[-1]) for row in told()] == [("NOR", 2)]
    assert list(RegisterEntry.objects.order_by("number").values_list("action", flat=True)) == [
        "committees.presidency.designate",
        "committees.presidency.choose_anew",
    ]
    old = office.post(HERE, CHOSEN | {"version": "1"}, **ORIGIN)
    assert (old.status_code, [row[1] for row in told()]) == (422, ["NOR"])


def test_a_president_in_office_is_not_chosen_anew(office):
    office.post(HERE, CHOSEN, **ORIGIN)
    Presidency.objects.filter(meeting_key="14msp").update(starts=date(2026, 11, 1))

    refused = office.post(HERE, CHOSEN | {"state": "norway", "version": "1"}, **ORIGIN)

    assert (refused.status_code, [row[1] for row in told()]) == (422, ["LAO"])
    assert "14msp" not in [place.meeting.key for place in office.get(PAGE).context["presided"]]
