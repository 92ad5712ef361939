"""The room in a browser: no wider than a small telephone, nothing WCAG 2.2 AA would refuse, targets for a thumb."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command

from ccm_portal.core.enums import Role
from tests.journeys.people import delegate, sign_in
from tests.journeys.test_look import RULES
from tests.journeys.test_room import named_to_chair
from tests.meetings.room import later, the_room

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

M = "/meetings/14msp"
PAGES = [f"{M}/room/", f"{M}/room/screen/", f"{M}/statements/"]
OWN = [f"{M}/room/chair/", f"{M}/room/floor/", f"{M}/room/statements/new/"]


@pytest.fixture(autouse=True)
def busy_room(monkeypatch):
    """One has spoken and handed in a text, one speaks, the others wait."""
    monkeypatch.setenv("PORTAL_NOW", "2027-09-14T08:30:00+00:00")
    call_command("build_static", verbosity=0)
    room = the_room(who="NOR IRL AUT LAO CHE cmc icrc")
    room.speak("AUT", minutes=4)
    statement = room.hand_in("AUT", "Thank you.")
    room.do("pass_over", room.ask("CHE"))
    slot = room.call(room.ask("LAO", kind="group", on_behalf_of="the States of South-East Asia"), at=later(minutes=9))
    room.do("start", slot, at=later(minutes=28))
    for who in ("NOR", "IRL", "cmc", "icrc"):
        room.ask(who)
    return room, f"{M}/statements/{statement.pk}/"


def test_no_page_of_the_room_scrolls_sideways_on_a_small_telephone(page, portal, busy_room):
    room, statement = busy_room
    sign_in(page, portal, named_to_chair(room))
    page.set_viewport_size({"width": 320, "height": 700})
    wide = {}
    for path in [path for prefix in ("", "/ar") for path in (prefix + one for one in (*PAGES, *OWN, statement))]:
        page.goto(f"{portal}{path}")
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wide[path] = width
    assert wide == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_the_room_breaks_the_rules_of_access(browser, portal, busy_room, scheme):
    room, statement = busy_room
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    sign_in(page, portal, named_to_chair(room))
    broken = {}
    for path in (*PAGES, *OWN, statement):
        page.goto(f"{portal}{path}")
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        if found:
            broken[path] = [(rule["id"], rule["nodes"][0]["html"]) for rule in found]
    context.close()
    assert broken == {}


def test_the_chairs_targets_are_large_enough_for_a_thumb_and_nothing_complains(page, portal, busy_room):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    sign_in(page, portal, named_to_chair(busy_room[0]))
    page.set_viewport_size({"width": 820, "height": 1180})
    page.goto(f"{portal}{M}/room/chair/")
    page.wait_for_timeout(1_500)

    heights = [one.bounding_box()["height"] for one in page.locator("#room-live button:visible").all()]

    assert min(heights) >= 32 and len([one for one in heights if one >= 44]) >= len(heights) - 1
    assert complaints == []


def test_the_screen_of_the_hall_fits_on_one_screen(page, portal, busy_room):
    for width, height in ((1920, 1080), (1366, 768), (1024, 768)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{portal}{M}/room/screen/")
        assert page.evaluate("document.documentElement.scrollHeight") <= height


def test_a_delegate_is_told_by_a_line_that_is_read_aloud(page, portal, busy_room):
    room, _statement = busy_room
    sign_in(page, portal, delegate(Role.DRAFTER, "NOR"))
    page.goto(f"{portal}{M}/room/floor/")
    spoken = room.list().slots.get(status="speaking")
    norway = room.list().slots.get(delegation=room.delegations["NOR"])

    room.call(norway, stopping=spoken.pk, at=later(minutes=31))

    page.locator("#room-said", has_text="Norway has the floor").wait_for(state="attached", timeout=4_000)
