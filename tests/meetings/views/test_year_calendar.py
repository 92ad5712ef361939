"""The calendar of the year: ours beside those of related instruments."""

from datetime import date

import pytest
from django.test import Client

from ccm_portal.core.enums import Role
from meetings.domain import neighbours
from meetings.domain.year_calendar import year_of
from meetings.enums import DatePrecision, Instrument, MeetingKind, MeetingStatus
from meetings.models import NeighbourMeeting
from tests.factories import person
from tests.meetings.factories import A_MOMENT, meeting
from tests.meetings.views.test_reading import closed, words_of
from tests.support import sign_in

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def moment(monkeypatch):
    """It is November 2026."""
    monkeypatch.setenv("PORTAL_NOW", "2026-11-24T12:00:00+00:00")


def near(starts: date, ends: date, *, city: str = "Geneva", title: str = "The other conference", **fields):
    given = {"key": f"other-{starts}-{city.lower().replace(' ', '-')}", "instrument": Instrument.ATT} | fields
    return NeighbourMeeting.objects.create(title=title, city=city, starts=starts, ends=ends, **given)


def test_what_falls_on_the_same_days_and_what_one_journey_joins_is_said_in_words():
    meeting()  # in Geneva from 13 to 16 September 2027
    near(date(2027, 9, 16), date(2027, 9, 20), city="New York", title="Elsewhere", is_usual=True)
    near(date(2027, 9, 14), date(2027, 9, 14), title="Here")
    near(date(2027, 9, 8), date(2027, 9, 10), title="Before")
    near(date(2027, 9, 19), date(2027, 9, 21), title="Behind")
    near(date(2027, 9, 20), date(2027, 9, 21), title="Too late", key="too-late")
    near(date(2027, 9, 1), date(2027, 9, 30), title="Some time", precision=DatePrecision.MONTH, key="some-time")

    told = year_of(2027, on=ON)

    ours = "Fourteenth Meeting of States Parties"
    assert told.clashes == [
        f"{ours} and Here are held in one city on the same days: 14 September 2027.",
        f"{ours} and Elsewhere (usual slot) are held on the same days: 16 September 2027.",
    ]
    assert told.chances == [
        f"{ours} begins in Geneva 3 days after Before ends: one journey for both.",
        f"Behind begins in Geneva 3 days after {ours} ends: one journey for both.",
    ]


def test_a_meeting_called_off_clashes_with_nothing():
    meeting(status=MeetingStatus.CANCELLED)
    near(date(2027, 9, 14), date(2027, 9, 14))

    assert year_of(2027, on=ON).clashes == []


def test_the_page_filters_by_instrument_and_says_that_no_joint_meeting_is_planned(client):
    meeting()
    near(date(2027, 8, 23), date(2027, 8, 27), title="Arms trade")
    near(date(2027, 6, 8), date(2027, 6, 10), title="Disability", instrument=Instrument.CRPD)

    every, some = words_of(client.get("/calendar/2027/")), words_of(client.get("/calendar/2027/?instrument=att"))

    assert "No joint meeting of the committees is planned for 2027." in every
    assert [name in every for name in ("Fourteenth", "Arms trade", "Disability")] == [True] * 3
    listed = some.split("Month by month")[1]
    assert [name in listed for name in ("Fourteenth", "Arms trade", "Disability")] == [False, True, False]
    assert client.get("/calendar/")["Location"] == "/calendar/2026/"


def test_a_year_in_which_the_committees_meet_does_not_say_so(client):
    meeting("intersessional-2027", kind=MeetingKind.INTERSESSIONAL, ordinal=None, title="The committees together")

    assert "No joint meeting" not in words_of(client.get("/calendar/2027/"))


def test_closed_and_unannounced_meetings_stand_in_no_calendar(client):
    closed()
    meeting("15msp", ordinal=15, status=MeetingStatus.DRAFT)

    told = words_of(client.get("/calendar/2027/"))

    assert "A closed talk" not in told
    assert "Fifteenth" not in told


def test_a_conference_in_two_years_stands_in_both(client):
    one = meeting()
    one.parts.create(number=2, starts=date(2028, 2, 1), ends=date(2028, 2, 2), city="Vientiane")

    assert "1–2 February 2028" in words_of(client.get("/calendar/2028/"))
    assert "1–2 February 2028" not in words_of(client.get("/calendar/2027/"))


def test_the_year_costs_the_same_for_one_meeting_and_for_three(client, django_assert_num_queries):
    meeting()
    near(date(2027, 8, 23), date(2027, 8, 27))
    client.get("/calendar/2027/?warm")
    with django_assert_num_queries(YEAR):
        client.get("/calendar/2027/?one")
    for number in (15, 16):
        meeting(f"{number}msp", ordinal=number, starts=date(2027, number - 10, 1), ends=date(2027, number - 10, 2))
        near(date(2027, number - 8, 1), date(2027, number - 8, 2))
    with django_assert_num_queries(YEAR):
        client.get("/calendar/2027/?three")


YEAR = 4


def test_a_usual_slot_is_not_confirmed_and_its_source_waits_to_be_opened(client):
    near(date(2027, 8, 23), date(2027, 8, 27), title="Arms trade", is_usual=True, source="A page of the treaty")

    page = client.get("/calendar/2027/").content.decode()

    assert "usual slot, not confirmed" in page
    assert page.split('<details class="source">')[1].split("</details>")[0].endswith("A page of the treaty</bdi></p>")


def test_usual_slots_are_computed_and_marked_and_real_days_take_their_place():
    iso = sign_in(Client(), person(Role.ISO_STAFF))

    page = iso.post("/office/calendar/2027/fill/", follow=True)

    assert "13 usual slots brought in." in words_of(page)
    days = {one.key: (one.starts, one.ends, one.is_usual) for one in NeighbourMeeting.objects.all()}
    assert days["att-conference-2027"] == (date(2027, 8, 30), date(2027, 9, 3), True)
    assert days["apmbc-intersessional-2027"] == (date(2027, 6, 22), date(2027, 6, 24), True)
    assert days["mine-awareness-day-2027"] == (date(2027, 4, 4), date(2027, 4, 4), False)
    row = NeighbourMeeting.objects.get(key="att-conference-2027")
    real = {
        "instrument": "att", "title": row.title, "city": "Geneva", "starts": "2027-08-23", "ends": "2027-08-27",
        "precision": "day", "source": "thearmstradetreaty.org", "version": "1",
    }  # fmt: skip
    iso.post("/office/calendar/entries/att-conference-2027/", real)
    row.refresh_from_db()
    assert (row.starts, row.is_usual, row.version) == (date(2027, 8, 23), False, 2)
    stale = iso.post("/office/calendar/entries/att-conference-2027/", real | {"city": "Bern"})
    assert "This entry was changed after you opened the page." in stale.content.decode()
    assert 'value="Bern"' in stale.content.decode()
    assert neighbours.bring_neighbours(at=A_MOMENT) == ["neighbours: 27 added"]  # 2026, 2028 and what was held in 2017
    row.refresh_from_db()
    assert row.starts == date(2027, 8, 23)
