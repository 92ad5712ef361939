"""The pages on which a meeting is run, as the office and leaders use them."""

import re
from datetime import date

import pytest
from django.test import Client

from ccm_portal.core.enums import Role
from committees.models import Body
from meetings.enums import MeetingAudience, MeetingKind, MeetingStatus, Office, ProposalStatus
from meetings.models import DateChange, Meeting, NeighbourMeeting, Sitting, VenueProposal
from tests.committees.factories import body, leader, partner
from tests.factories import person, state
from tests.meetings.factories import meeting, sittings
from tests.meetings.views.test_reading import closed, words_of
from tests.support import sign_in

pytestmark = pytest.mark.django_db

PLACE = {"format": "in_person", "city": "Vientiane", "venue": ""}


@pytest.fixture(autouse=True)
def moment(monkeypatch):
    """It is November 2026."""
    monkeypatch.setenv("PORTAL_NOW", "2026-11-24T12:00:00+00:00")


@pytest.fixture
def iso():
    return sign_in(Client(), person(Role.ISO_STAFF))


def test_the_office_prepares_announces_and_fills_a_meeting(iso, client):
    days = {"starts": "2027-09-13", "ends": "2027-09-14", "time_zone": "Asia/Vientiane", "languages": ["en", "fr"]}
    begun = iso.get("/office/meetings/new/msp/").content.decode()
    assert 'value="1"' in begun
    assert "only the office and the leaders of the bodies that convene it see the meeting" in begun

    made = iso.post("/office/meetings/new/msp/", PLACE | days | {"ordinal": "14", "host": state("LAO").pk})

    assert made["Location"] == "/meetings/14msp/desk/"
    assert client.get("/meetings/14msp/").status_code == 404
    iso.post("/meetings/14msp/desk/announce/", {"version": "1"})
    iso.post("/meetings/14msp/desk/days/1/usual/", {"version": "2"})
    iso.post("/meetings/14msp/desk/officers/", {"version": "3", "office": Office.PRESIDENT, "state": state("CHE").pk})
    told = words_of(client.get("/meetings/14msp/"))
    assert "13–14 September 2027, Vientiane" in told
    assert "affected by cluster munitions" in told
    assert "10:00 – 13:00 03:00 – 06:00 UTC" in told
    assert "President Switzerland" in told


def test_what_was_typed_stays_and_the_problem_is_said(iso):
    page = iso.post("/office/meetings/new/msp/", PLACE | {"ordinal": "14", "starts": "2027-09-13", "city": "Luang"})

    told = page.content.decode()
    assert page.status_code == 422
    assert 'value="Luang"' in told
    assert 'value="2027-09-13"' in told


def test_a_stale_page_says_who_changed_and_keeps_the_text(iso):
    meeting()
    other = person(Role.ISO_STAFF)
    sign_in(Client(), other).post("/meetings/14msp/desk/days/1/usual/", {"version": "1"})

    page = iso.post("/meetings/14msp/desk/cancel/", {"version": "1", "note": "A flood"})

    told = page.content.decode()
    assert page.status_code == 422
    assert f"{other.name} changed the meeting after you opened the page" in told
    assert 'value="A flood"' in told
    assert 'name="version" value="2"' in told
    assert Meeting.objects.get(key="14msp").status == MeetingStatus.PLANNED


def test_moved_days_are_read_by_everybody_with_what_they_were(iso, client):
    sittings(meeting())

    page = iso.post(
        "/meetings/14msp/desk/days/1/move/",
        {"version": "1", "starts": "2027-09-20", "ends": "2027-09-23", "reason": "An election", "basis": ""},
        follow=True,
    )

    assert "The days have moved, and 8 sittings with them, at the same hours." in words_of(page)
    assert DateChange.objects.get().starts == date(2027, 9, 13)
    assert "Before: 13–16 September 2027. An election" in words_of(client.get("/meetings/14msp/"))


def test_an_hour_that_comes_twice_is_asked_about_on_the_page(iso):
    meeting(starts=date(2027, 10, 31), ends=date(2027, 10, 31))
    hours = {"version": "1", "day": "2027-10-31", "begins": "02:15", "ends": "04:00"}

    asked = iso.post("/meetings/14msp/desk/days/1/sittings/", hours)

    assert "02:15 comes twice on 31 October 2027" in asked.content.decode()
    iso.post("/meetings/14msp/desk/days/1/sittings/", hours | {"which": "1"})
    assert f"{Sitting.objects.get().starts_at:%H:%M}" == "01:15"


def test_closed_meetings_are_seen_by_their_members_alone():
    one = closed()
    one.status = MeetingStatus.PLANNED
    one.save()
    leads, reads, outside = leader("clearance", "LAO"), partner("coordination"), leader("stockpiles", "LBN")
    stranger = person(Role.DRAFTER, "LAO")

    def opens(user) -> tuple[int, bool]:
        browser = sign_in(Client(), user)
        listed = browser.get("/office/meetings/")
        named = listed.status_code == 200 and "A closed talk" in listed.content.decode()
        return browser.get("/meetings/coordination-2027-1/desk/").status_code, named

    assert [opens(user) for user in (leads, reads, outside)] == [(200, True)] * 3  # leaders take part in coordination
    assert opens(stranger) == (404, False)

    two = meeting(
        "body-2027-1", kind=MeetingKind.BODY, ordinal=None, title="Of clearance", audience=MeetingAudience.MEMBERS
    )
    two.convened_by.add(body("clearance"))
    desks = [sign_in(Client(), user).get("/meetings/body-2027-1/desk/").status_code for user in (leads, reads, outside)]
    assert desks == [200, 404, 404]
    edits = [sign_in(Client(), user).get("/meetings/body-2027-1/desk/edit/").status_code for user in (leads, outside)]
    assert edits == [200, 404]


def test_a_leader_prepares_a_closed_meeting_of_the_own_body_and_none_of_another():
    browser = sign_in(Client(), leader("clearance", "LAO"))
    fields = PLACE | {"title": "Our talk", "starts": "2027-02-01", "ends": "2027-02-01", "time_zone": "Europe/Zurich"}

    refused = browser.post(
        "/office/meetings/new/body/", fields | {"audience": "members", "convened_by": [body("stockpiles").pk]}
    )
    assert refused.status_code == 422
    own = {"convened_by": [body("clearance").pk]}
    open_to_all = browser.post("/office/meetings/new/body/", fields | own | {"audience": "open"})
    assert "A meeting open to all is convened by the office." in open_to_all.content.decode()
    browser.post("/office/meetings/new/body/", fields | own | {"audience": "members"})

    assert list(Meeting.objects.values_list("key", "audience")) == [("body-2027-1", "members")]
    assert browser.get("/office/meetings/new/msp/").status_code == 404


def test_a_state_offers_to_host_and_the_office_chooses(iso, client):
    meeting()
    delegate = sign_in(Client(), person(Role.DRAFTER, "LAO"))

    delegate.post(
        "/meetings/14msp/desk/venues/", {"host": state("LAO").pk, "city": "Vientiane", "text": "Where it began"}
    )
    assert "offers Vientiane for Fourteenth Meeting" in iso.get("/desk/").content.decode()
    offer = VenueProposal.objects.get()
    told = words_of(iso.get("/meetings/14msp/desk/venues/"))
    assert "affected by cluster munitions Where it began" in told
    iso.post(f"/meetings/14msp/desk/venues/{offer.pk}/choose/", {"version": "1", "seen": "1", "part": "1"})

    assert VenueProposal.objects.get().status == ProposalStatus.CHOSEN
    assert "13–16 September 2027, Vientiane" in words_of(client.get("/meetings/14msp/"))


def test_two_chairs_of_one_state_are_refused_beside_the_field(iso):
    meeting()
    named = {"office": Office.CHAIR, "state": state("LAO").pk}
    iso.post("/meetings/14msp/desk/officers/", named | {"version": "1"})

    page = iso.post("/meetings/14msp/desk/officers/", named | {"version": "2", "name": "Another delegate"})

    assert "Two chairs of one State are not two: choose another State." in page.content.decode()


def test_one_state_is_not_president_and_vice_president_of_one_meeting(iso):
    of = meeting()
    lao = state("LAO")
    iso.post("/meetings/14msp/desk/officers/", {"office": Office.PRESIDENT, "state": lao.pk, "version": "1"})

    page = iso.post(
        "/meetings/14msp/desk/officers/", {"office": Office.VICE_PRESIDENT, "state": lao.pk, "version": "2"}
    )

    assert page.status_code == 422
    assert "is President of this meeting already: choose another State." in page.content.decode()
    assert [one.office for one in of.officers.all()] == [Office.PRESIDENT]


def test_a_meeting_that_was_called_off_says_why(iso, client):
    meeting()
    iso.post("/meetings/14msp/desk/cancel/", {"version": "1", "note": "The flood"})

    told = words_of(client.get("/meetings/14msp/"))
    assert "This meeting was called off The flood" in told
    assert "No meeting is announced" in words_of(client.get("/meetings/"))


def test_a_new_meeting_works_in_english_first_and_an_older_one_keeps_its_first_language(iso):
    days = {"starts": "2027-09-13", "ends": "2027-09-14", "time_zone": "Asia/Vientiane"}
    boxes = ["ar", "zh-hans", "en", "fr", "ru", "es"]  # as the page sends them

    iso.post("/office/meetings/new/msp/", PLACE | days | {"ordinal": "14", "languages": boxes})
    assert Meeting.objects.get(key="14msp").languages == ["en", "ar", "zh-hans", "fr", "ru", "es"]

    Meeting.objects.filter(key="14msp").update(languages=["fr", "en"])
    told = {"version": "1", "ordinal": "14", "time_zone": "Asia/Vientiane", "languages": ["ar", "en", "fr"]}
    assert iso.post("/meetings/14msp/desk/edit/", told).status_code == 302
    assert Meeting.objects.get(key="14msp").languages == ["fr", "en", "ar"]


def test_the_report_opens_in_the_readers_language_else_in_english(iso):
    meeting(languages=["ar", "en", "fr"])

    told = [iso.get(f"{at}/meetings/14msp/desk/report/").context["language"] for at in ("", "/fr", "/es")]

    assert told == ["en", "fr", "en"]


def test_long_lists_of_a_new_meeting_are_folded_and_hold_what_is_not_over(iso):
    near = {"instrument": "att", "city": "Geneva"}
    for key, starts in (("over", date(2026, 3, 2)), ("to-come", date(2027, 8, 23))):
        NeighbourMeeting.objects.create(key=key, title=f"Arms trade {key}", starts=starts, ends=starts, **near)

    page = iso.get("/office/meetings/new/body/").content.decode()

    bodies, others = (page.split(f'id="id_{name}_group"')[1].split("</fieldset>")[0] for name in FOLDED)
    assert [name in others.split("<details>")[1] for name in ("Arms trade to-come", "Arms trade over")] == [True, False]
    shown, folded = (re.findall(r"> ([^<]+ · [^<]+)</label>", part) for part in bodies.split("<details>"))
    kinds = [{one.split(" · ")[1] for one in part} for part in (shown, folded)]
    assert shown[0].endswith("· Committee")
    assert kinds[0] & kinds[1] == set()
    assert len(shown + folded) == len(set(shown + folded)) == Body.objects.count()


FOLDED = ("convened_by", "joint_with")


def test_a_meeting_whose_last_day_is_over_is_said_to_be_held(iso):
    """It is November 2026."""
    meeting("13msp", ordinal=13, year=2025, starts=date(2025, 9, 16), ends=date(2025, 9, 19))
    meeting()

    rows = words_of(iso.get("/office/meetings/"))
    said = [words_of(iso.get(f"/meetings/{key}/desk/")) for key in ("13msp", "14msp")]

    assert (rows.count("Held") - rows.count("Held before"), rows.count("Announced")) == (1, 1)
    assert [("Held" in one, "Announced" in one) for one in said] == [(True, False), (False, True)]
