"""A decision on venue is recorded, appears in the register of decisions and in the calendar feed that a real client
library parses."""

from datetime import date

import pytest
import vobject
from django.core.management import call_command
from playwright.sync_api import expect

from ccm_portal.core.enums import Role
from tests.journeys.people import delegate, sign_in
from tests.meetings.factories import meeting, sittings

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def after_the_meeting(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2027-09-16T15:00:00+00:00")
    call_command("build_static", verbosity=0)


def feed(page, address):
    """UID -> event, as a client that subscribes reads them."""
    read = vobject.readOne(page.request.get(address).text())
    return {event.uid.value: event for event in read.contents["vevent"]}


def test_a_decision_on_venue_reaches_the_register_and_everybodys_calendar(page, portal):
    sittings(meeting())
    following = meeting("15msp", ordinal=15, year=2028, starts=date(2028, 9, 11), ends=date(2028, 9, 14))
    sign_in(page, portal, delegate(Role.ISO_STAFF, "iso"))
    before = feed(page, f"{portal}/calendar/all.ics")["meeting-15msp-1@ccm-portal"]

    # The ISO drafts what the room is about to adopt.
    page.goto(f"{portal}/meetings/14msp/desk/decisions/")
    page.get_by_role("link", name="Draft a decision").click()
    page.get_by_label("Kind").select_option("venue")
    page.get_by_label("Title").fill("Dates and venue of the Fifteenth Meeting of States Parties")
    page.get_by_label("Text").fill("The meeting decides to hold the Fifteenth Meeting of States Parties in Vientiane.")
    page.get_by_label("Meeting whose dates and venue are decided").select_option("15msp")
    page.get_by_label("First day").fill("2028-09-04")
    page.get_by_label("Last day").fill("2028-09-07")
    page.get_by_label("City").fill("Vientiane")
    page.get_by_label("Host").select_option("lao-pdr")
    page.get_by_role("button", name="Keep the draft").click()
    expect(page.get_by_text("Nobody sees it but those who run the meeting.")).to_be_visible()

    # The President strikes the gavel.
    page.get_by_text("By general agreement", exact=True).click()
    page.get_by_label("Adopted", exact=True).check()
    page.get_by_role("button", name="Record the outcome").click()
    expect(page.get_by_text("The decision is recorded and public.")).to_be_visible()

    # Everybody finds it in the register.
    page.goto(f"{portal}/decisions/?kind=venue")
    page.get_by_role("link", name="Dates and venue of the Fifteenth Meeting of States Parties").click()
    expect(page.get_by_text("4–7 September 2028, Vientiane")).to_be_visible()

    # A calendar that subscribed before moves the event: the same one, counted on.
    after = feed(page, f"{portal}/calendar/all.ics")["meeting-15msp-1@ccm-portal"]
    assert (before.dtstart.value, after.dtstart.value, after.dtend.value) == (
        date(2028, 9, 11), date(2028, 9, 4), date(2028, 9, 8),
    )  # fmt: skip
    assert int(after.sequence.value) > int(before.sequence.value)
    assert after.location.value.startswith("Vientiane")
    sitting = next(one for uid, one in feed(page, f"{portal}/calendar/meetings/14msp.ics").items() if "sitting" in uid)
    assert sitting.dtstart.value.isoformat() == "2027-09-13T10:00:00+02:00"
    following.refresh_from_db()
    assert following.parts.get().host.iso3 == "LAO"
