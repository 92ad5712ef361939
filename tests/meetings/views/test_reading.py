"""What the world reads of meetings."""

import re
from datetime import date

import pytest

from ccm_portal.core.models import State
from meetings.enums import MeetingAudience, MeetingKind, MeetingStatus, Office
from meetings.models import Officer
from tests.committees.factories import body
from tests.meetings.factories import meeting, sittings

pytestmark = pytest.mark.django_db


@pytest.fixture
def moment(monkeypatch):
    """It is November 2026."""
    monkeypatch.setenv("PORTAL_NOW", "2026-11-24T12:00:00+00:00")


def words_of(answer) -> str:
    """The page without its marks, spaces made one."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode().split("<main")[1]))


def closed(key: str = "coordination-2027-1", **fields):
    one = meeting(
        key, kind=MeetingKind.COORDINATION, ordinal=None, title="A closed talk", audience=MeetingAudience.MEMBERS
    )
    one.convened_by.add(body("coordination"))
    return one


def test_a_meeting_says_what_when_where_and_who_presides(client):
    one = meeting()
    sittings(one)
    Officer.objects.create(meeting=one, office=Office.PRESIDENT, state=State.objects.get(iso3="LAO"))

    told = words_of(client.get("/meetings/14msp/"))

    for fact in (
        "Fourteenth Meeting of States Parties",
        "13–16 September 2027, Geneva",
        "President Lao",
        "In person",
        "English, French, Arabic",
        "Monday, 13 September 2027 10:00 – 13:00 08:00 – 11:00 UTC 15:00 – 18:00",
    ):
        assert fact in told, fact


def test_the_list_has_what_comes_next_and_every_year(client, moment):
    meeting()
    meeting("13msp", ordinal=13, year=2025, starts=date(2025, 9, 16), ends=date(2025, 9, 19))

    told = words_of(client.get("/meetings/"))

    assert re.findall(r"(?:What comes next|Year by year|\b20\d\d(?= (?:No|1[36]))|No joint[^.]+)", told) == [
        "What comes next",
        "Year by year",
        "2027",
        "No joint meeting of the committees is planned for 2027",
        "2026",
        "No joint meeting of the committees is planned for 2026",
        "2025",
        "No joint meeting of the committees is on record for 2025",
    ]


def test_a_year_in_which_the_committees_meet_together_says_nothing(client, moment):
    one = meeting("committees-2027", kind=MeetingKind.BODY, ordinal=None, title="The committees together")
    one.convened_by.set([body("clearance"), body("victim-assistance")])

    assert "No joint meeting of the committees is planned for 2027" not in words_of(client.get("/meetings/"))

    one.status = MeetingStatus.CANCELLED
    one.save()

    assert "No joint meeting of the committees is planned for 2027" in words_of(client.get("/meetings/?again"))


def test_a_conference_in_two_parts_stands_in_both_years(client, moment):
    one = meeting(
        "2rc", kind=MeetingKind.REVIEW_CONFERENCE, ordinal=2, starts=date(2020, 11, 25), ends=date(2020, 11, 27)
    )
    one.parts.create(number=2, starts=date(2021, 9, 20), ends=date(2021, 9, 21), city="Geneva")

    told = words_of(client.get("/meetings/")).split("Year by year")[1]

    assert told.count("25–27 November 2020; 20–21 September 2021") == 2


def test_closed_and_unannounced_meetings_are_not_there(client):
    closed()
    meeting("15msp", ordinal=15, year=2028, status=MeetingStatus.DRAFT)

    told = words_of(client.get("/meetings/"))

    assert "A closed talk" not in told
    assert "Fifteenth" not in told
    assert client.get("/meetings/coordination-2027-1/").status_code == 404
    assert client.get("/meetings/15msp/").status_code == 404


def test_the_list_costs_the_same_for_one_meeting_and_for_three(client, django_assert_num_queries, moment):
    made = meeting()
    made.convened_by.set([body("clearance"), body("victim-assistance")])
    client.get("/meetings/?warm")
    with django_assert_num_queries(LIST):
        client.get("/meetings/?one")
    for number in (15, 16):
        meeting(
            f"{number}msp",
            ordinal=number,
            year=2013 + number,
            starts=date(2013 + number, 9, 1),
            ends=date(2013 + number, 9, 2),
        )
    with django_assert_num_queries(LIST):
        client.get("/meetings/?three")


LIST = 6


def test_everybody_is_offered_to_follow_a_meeting_and_a_body(client):
    meeting()

    pages = [client.get(page).content.decode() for page in ("/meetings/14msp/", body("clearance").get_absolute_url())]

    topics = ("meeting:14msp", "body:clearance")
    assert [f"/my/following/?topic={topic}" in page for topic, page in zip(topics, pages, strict=True)] == [True, True]
