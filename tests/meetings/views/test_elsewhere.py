"""What meetings add to the home page, a State's page, the search, the API and the desk of the office."""

from datetime import date

import pytest
from django.test import Client

from ccm_portal.core.enums import Role
from ccm_portal.core.search import search
from ccm_portal.core.work_items import work_items_for
from committees.coming import coming_meetings
from meetings.enums import Instrument, MeetingAudience, MeetingKind, MeetingStatus, Office
from meetings.models import NeighbourMeeting, Officer
from tests.factories import person, state
from tests.meetings.factories import meeting, sittings
from tests.meetings.views.test_reading import closed, words_of
from tests.support import sign_in

pytestmark = pytest.mark.django_db

ON = date(2027, 8, 1)


@pytest.fixture(autouse=True)
def moment(monkeypatch):
    """It is August 2027."""
    monkeypatch.setenv("PORTAL_NOW", "2027-08-01T12:00:00+00:00")


def test_the_home_page_says_which_meetings_come_next(client):
    meeting()
    closed()

    told = words_of(client.get("/")).split("Next meetings")[1]

    assert told.startswith(" Fourteenth Meeting of States Parties 13–16 September 2027, Geneva")
    assert "A closed talk" not in told


def test_the_page_of_a_state_says_what_it_hosted_and_over_what_it_presides(client):
    one = meeting()
    Officer.objects.create(meeting=one, office=Office.PRESIDENT, state=state("LAO"))

    assert "President of Fourteenth Meeting" in words_of(client.get("/states/lao-pdr/"))
    assert "Held there Fourteenth Meeting" in words_of(client.get(state("CHE").get_absolute_url()))


def test_meetings_are_found_by_name_short_name_and_city_and_closed_ones_are_not():
    meeting()
    closed()

    def found(words):
        return [hit.title for provider, hits in search(words) if provider.name == "meetings" for hit in hits]

    assert [found(words) for words in ("fourteenth", "14msp", "geneva", "closed talk")] == [
        *[["Fourteenth Meeting of States Parties"]] * 3,
        [],
    ]


def test_the_desk_of_the_office_says_what_a_meeting_lacks():
    iso, other = person(Role.ISO_STAFF), person(Role.DRAFTER, "LAO")
    one = meeting()
    meeting("15msp", ordinal=15, starts=date(2028, 9, 1), ends=date(2028, 9, 2), status=MeetingStatus.DRAFT)

    def labels(user):
        return [item.label for item in work_items_for(user, on=ON) if "Meeting of States" in item.label]

    assert labels(iso) == [
        "Set the sittings of Fourteenth Meeting of States Parties",
        "Publish the agenda of Fourteenth Meeting of States Parties",
        "Announce Fifteenth Meeting of States Parties, or go on preparing it",
    ]
    assert labels(other) == []
    sittings(one)
    assert labels(iso)[0] == "Publish the agenda of Fourteenth Meeting of States Parties"


def test_committees_learn_which_meetings_are_coming():
    meeting()
    meeting("13msp", ordinal=13, starts=date(2025, 9, 16), ends=date(2025, 9, 19))
    closed()

    assert [(one.key, one.starts, one.url) for one in coming_meetings(on=ON)] == [
        ("14msp", date(2027, 9, 13), "/meetings/14msp/")
    ]


def test_programs_read_the_public_meetings(client):
    meeting()
    closed()

    told = client.get("/api/v1/meetings/").json()["results"]

    assert [(one["key"], one["name"], one["parts"][0]["host"]) for one in told] == [
        ("14msp", "Fourteenth Meeting of States Parties", "CHE")
    ]


def test_leaders_across_conventions_are_invited_in_words(client):
    other = NeighbourMeeting.objects.create(
        key="apmbc-2027", instrument=Instrument.APMBC, title="Intersessional", starts=ON, ends=ON
    )
    iso = sign_in(Client(), person(Role.ISO_STAFF))
    iso.post(
        "/office/meetings/new/leaders/",
        {
            "title": "Leaders together", "starts": "2027-09-20", "ends": "2027-09-20", "format": "virtual",
            "time_zone": "Europe/Zurich", "audience": MeetingAudience.OPEN, "joint_with": [other.pk],
        },
    )  # fmt: skip
    iso.post("/meetings/leaders-2027-1/desk/announce/", {"version": "1"})

    told = words_of(client.get("/meetings/leaders-2027-1/"))

    assert str(MeetingKind.LEADERS.label) in told
    assert "those who lead the work of Mine Ban Convention" in told
    assert "Together with Intersessional (1 August 2027)" in told
