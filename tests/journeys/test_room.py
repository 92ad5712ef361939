"""A delegate asks for the floor, and the chair runs two items with the clock, while the screen of the hall follows."""

import pytest
from django.contrib.auth.models import Permission
from django.core.management import call_command
from playwright.sync_api import expect

from ccm_portal.core.enums import Role
from meetings.models import CHAIR_MEETING, ChairPlace, SpeakerSlot
from tests.journeys.people import delegate, sign_in
from tests.meetings.factories import A_MOMENT
from tests.meetings.room import later, the_room

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

IN_STEP = 2_000  # ms within which every screen shows what has changed


@pytest.fixture(autouse=True)
def morning_of_the_meeting(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2027-09-14T08:00:00+00:00")
    call_command("build_static", verbosity=0)


@pytest.fixture
def room():
    return the_room(who="NOR IRL AUT cmc")


def named_to_chair(room):
    """The chair has an account with a second factor: the role of a delegate, and the grant."""
    who = delegate(Role.HEAD_OF_DELEGATION, "CHE")
    right = Permission.objects.get(codename=CHAIR_MEETING)
    ChairPlace.objects.create(user=who.user, permission=right, content_object=room.meeting, given_at=A_MOMENT)
    return who


def test_a_delegate_asks_for_the_floor_and_the_chair_runs_two_items_with_the_clock(page, portal, browser, room):
    hall = browser.new_page()
    hall.goto(f"{portal}/meetings/14msp/room/screen/")
    expect(hall.get_by_text("Nobody has the floor")).to_be_visible()
    phone = browser.new_page()
    sign_in(phone, portal, delegate(Role.DRAFTER, "NOR"))
    phone.goto(f"{portal}/meetings/14msp/room/floor/")
    phone.get_by_role("button", name="Ask for the floor").click()
    expect(phone.get_by_text("You are next")).to_be_visible()
    room.ask("IRL", at=later(hours=1))
    expect(hall.locator(".floor-next")).to_have_text("Next Norway", timeout=IN_STEP)

    sign_in(page, portal, named_to_chair(room))
    page.goto(f"{portal}/meetings/14msp/room/chair/")
    page.get_by_role("button", name="Give the floor to Norway").click()
    expect(hall.locator(".floor-name")).to_have_text("Norway", timeout=IN_STEP)
    expect(phone.get_by_text("You have the floor")).to_be_visible(timeout=IN_STEP)
    page.get_by_role("button", name="Start", exact=True).focus()
    page.keyboard.press("Enter")
    expect(hall.locator(".floor-clock")).to_contain_text("3:5", timeout=IN_STEP + 1_500)
    page.get_by_role("button", name="Pause").press("Enter")
    expect(hall.get_by_text("The clock is paused")).to_be_visible(timeout=IN_STEP)
    paused = hall.locator(".floor-clock").inner_text()
    page.get_by_role("button", name="Go on").press("Enter")
    expect(hall.get_by_text("Since")).to_be_visible(timeout=IN_STEP)
    here, there = page.locator(".floor-clock").inner_text(), hall.locator(".floor-clock").inner_text()
    assert abs(int(here.split(":")[1]) - int(there.split(":")[1])) <= 1
    assert paused.startswith("3:5")

    page.get_by_role("button", name="Give the floor to Ireland").click()
    expect(hall.locator(".floor-name")).to_have_text("Ireland", timeout=IN_STEP)
    expect(page.locator(".floor-name")).to_have_text("Ireland")
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("button", name="Stop").click()
    expect(hall.get_by_text("Nobody has the floor")).to_be_visible(timeout=IN_STEP)

    page.get_by_text("Take up another item").click()
    page.get_by_label("Agenda item").first.select_option(label="2 Victim assistance")
    page.get_by_role("button", name="Take it up").click()
    expect(hall.locator(".floor-item")).to_have_text("2 Victim assistance", timeout=IN_STEP)
    page.get_by_role("button", name="Open the list").click()
    page.get_by_text("Add a request").click()
    page.get_by_label("Delegation").select_option(label="Cluster Munition Coalition")
    page.get_by_label("As", exact=True).select_option("organisation")
    page.get_by_role("button", name="Put on the list").click()
    room.ask("AUT", code=room.codes[1], at=later(hours=1))
    expect(page.locator(".chaired li").first).to_contain_text("Austria", timeout=IN_STEP)
    page.get_by_role("button", name="Cluster Munition Coalition: one place up").focus()
    page.keyboard.press("Enter")
    expect(hall.locator(".floor-next")).to_have_text("Next Cluster Munition Coalition", timeout=IN_STEP)
    page.get_by_role("button", name="Give the floor to Cluster Munition Coalition").click()
    expect(hall.locator(".floor-name")).to_have_text("Cluster Munition Coalition", timeout=IN_STEP)
    page.get_by_role("button", name="Start", exact=True).click()
    page.get_by_role("button", name="Stop").click()
    page.get_by_role("button", name="Close the list").click()
    expect(hall.get_by_text("The list is closed")).to_be_visible(timeout=IN_STEP)

    spoken = SpeakerSlot.objects.filter(status="spoken").order_by("ended_at")
    assert [str(slot.delegation) for slot in spoken] == ["Norway", "Ireland", "Cluster Munition Coalition"]


def test_the_list_is_put_in_order_by_its_handle(page, portal, room):
    for who in ("NOR", "IRL", "AUT"):
        room.ask(who)
    sign_in(page, portal, named_to_chair(room))
    page.goto(f"{portal}/meetings/14msp/room/chair/")
    rows = page.locator(".chaired li")
    expect(rows).to_contain_text(["Norway", "Ireland", "Austria"])
    rows.nth(2).scroll_into_view_if_needed()
    start, end = rows.nth(2).locator(".drag").bounding_box(), rows.nth(0).bounding_box()

    page.mouse.move(start["x"] + 20, start["y"] + 20)
    page.mouse.down()
    page.mouse.move(start["x"] + 20, start["y"] - 30, steps=5)
    page.mouse.move(start["x"] + 20, end["y"] + 4, steps=10)
    page.mouse.up()

    expect(rows).to_contain_text(["Austria", "Norway", "Ireland"])
    expect(page.get_by_role("button", name="Give the floor to Austria")).to_be_visible()


def test_a_page_that_loses_the_line_says_so_and_catches_up(page, portal, room):
    page.goto(f"{portal}/meetings/14msp/room/")
    expect(page.get_by_text("Nobody has the floor")).to_be_visible()
    page.context.set_offline(True)
    expect(page.get_by_text("The line is down")).to_be_visible(timeout=20_000)
    room.call(room.ask("NOR"))
    page.context.set_offline(False)

    expect(page.locator(".floor-name")).to_have_text("Norway", timeout=8_000)
    expect(page.get_by_text("The line is down")).to_be_hidden()
