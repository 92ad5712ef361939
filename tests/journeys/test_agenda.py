"""ISO staff build the next MSP's agenda from the template, squeeze the compliance item, are warned, mend it, publish
revision 1, move two items, publish revision 2, and a delegate reads the difference."""

import os
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import Page, expect

from ccm_portal.core.enums import Role
from tests.journeys.people import delegate, sign_in
from tests.meetings.factories import meeting, sittings

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
DESK = "/meetings/14msp/desk/agenda/"


@pytest.fixture(autouse=True)
def dressed():
    call_command("build_static", verbosity=0)
    sittings(meeting())


def shown(page: Page, name: str) -> None:
    """A picture of the page, for whoever wants to look: AGENDA_SHOTS names the folder."""
    if folder := os.environ.get("AGENDA_SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def handle(page: Page, item: str):
    return page.get_by_role("button", name=f"Move “{item}”", exact=True)


def numbers(page: Page) -> list[str]:
    return page.locator(".outline .line").evaluate_all(
        "lines => lines.map(one => one.querySelector('.number').textContent + ' ' + one.querySelector('a').textContent)"
    )


def test_the_next_agenda_is_built_warned_about_mended_published_and_compared(page, portal, browser):
    office = delegate(Role.ISO_STAFF, "")
    sign_in(page, portal, office)
    page.goto(portal + DESK)
    shown(page, "begin")
    page.get_by_role("button", name="Begin: Meeting of States Parties").click()

    expect(page.locator(".outline .line")).to_have_count(23)
    expect(page.get_by_text("worth a second look")).to_have_count(0)
    shown(page, "desk")

    squeezed = page.get_by_label("Minutes of “6(i) Compliance”")
    squeezed.fill("20")
    squeezed.press("Enter")
    warning = page.get_by_text("Compliance is squeezed: “6(i) Compliance” has 20 min.")
    expect(warning).to_be_visible()
    shown(page, "squeezed")
    squeezed.fill("75")
    squeezed.press("Enter")
    expect(warning).to_have_count(0)

    page.get_by_role("link", name="Publish", exact=True).click()
    shown(page, "publish")
    page.get_by_role("button", name="Publish revision 1").click()
    expect(page.get_by_text("Revision 1 is published.")).to_be_visible()

    handle(page, "8 Implementation support: report, work plan and budget").press("ArrowUp")
    expect(page.locator("#desk-says")).to_have_text("Moved.")
    expect(page.get_by_label("Minutes of “7 Implementation support", exact=False)).to_be_visible()
    risk, onto = handle(page, "6(d) Risk education"), handle(page, "6(b) Stockpile destruction and retention")
    risk.scroll_into_view_if_needed()
    box, goal = risk.bounding_box(), onto.bounding_box()
    page.mouse.move(box["x"] + 8, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(goal["x"] + 8, goal["y"] - 4, steps=8)
    shown(page, "dragging")
    page.mouse.up()
    expect(page.get_by_label("Minutes of “6(b) Risk education”")).to_be_visible()
    assert [one for one in numbers(page) if re.match(r"6\([bcd]\)|7 |8 ", one)] == [
        "6(b) Risk education",
        "6(c) Stockpile destruction and retention",
        "6(d) Clearance",
        "7 Implementation support: report, work plan and budget",
        "8 Requests under Articles 3 and 4",
    ]

    page.get_by_role("link", name="Publish", exact=True).click()
    page.get_by_label("A note on this revision").fill("Risk education comes earlier.")
    shown(page, "publish-2")
    page.get_by_role("button", name="Publish revision 2").click()
    expect(page.get_by_text("Revision 2 is published.")).to_be_visible()

    reader = browser.new_context().new_page()
    reader.goto(f"{portal}/meetings/14msp/agenda/")
    shown(reader, "agenda")
    reader.get_by_role("link", name="What changed").click()
    told = reader.locator(".agenda-difference")
    expect(told).to_contain_text("It was 6(d) and is now 6(b)")
    expect(told).to_contain_text("It was 8 and is now 7")
    expect(told.locator(".renumbered")).to_contain_text("Stockpile destruction and retention")
    shown(reader, "changes")
    reader.goto(f"{portal}/meetings/14msp/agenda/")
    reader.get_by_role("link", name="Compliance").click()
    expect(reader.get_by_role("heading", name="Compliance")).to_be_visible()
    shown(reader, "item")


def test_without_script_the_same_is_done_with_buttons(browser, portal):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.set_default_timeout(15_000)
    sign_in(page, portal, delegate(Role.ISO_STAFF, ""))
    page.goto(portal + DESK)
    page.get_by_role("button", name="Begin: Meeting of States Parties").click()
    page.get_by_label("Minutes of “6(i) Compliance”").fill("15")
    page.get_by_role("button", name="Move “6(d) Risk education” up").click()

    expect(page.get_by_text("Compliance is squeezed")).to_be_visible()
    expect(page.get_by_label("Minutes of “6(c) Risk education”")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_label("Minutes of “6(d) Risk education”")).to_be_visible()
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.get_by_text("Compliance is squeezed")).to_have_count(0)


def test_the_keyboard_stays_where_it_was_and_takes_back_and_makes_again(page, portal):
    sign_in(page, portal, delegate(Role.ISO_STAFF, ""))
    page.goto(portal + DESK)
    page.get_by_role("button", name="Begin: Meeting of States Parties").click()
    up = page.get_by_role("button", name="Move “6(d) Risk education” up")
    up.focus()
    up.press("Enter")
    expect(page.get_by_role("button", name="Move “6(c) Risk education” up")).to_be_focused()

    undo, redo = (page.get_by_role("button", name=name, exact=True) for name in ("Undo", "Redo"))
    undo.focus()
    undo.press("Enter")
    expect(redo).to_be_enabled()
    expect(undo).to_be_focused()
    page.keyboard.press("Control+Shift+Z")
    expect(page.get_by_label("Minutes of “6(c) Risk education”")).to_be_visible()
    expect(undo).to_be_focused()
    page.keyboard.press("Control+Z")
    expect(page.get_by_label("Minutes of “6(d) Risk education”")).to_be_visible()

    page.locator("#new-title").focus()
    page.keyboard.press("Control+Shift+Z")
    expect(page.get_by_label("Minutes of “6(d) Risk education”")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_desk_agenda_and_difference_keep_the_rules_of_access(browser, portal, scheme):
    page = browser.new_context(color_scheme=scheme, bypass_csp=True).new_page()
    sign_in(page, portal, delegate(Role.ISO_STAFF, ""))
    page.goto(portal + DESK)
    page.get_by_role("button", name="Begin: Meeting of States Parties").click()
    expect(page.locator(".outline .line")).to_have_count(23)
    for number in (1, 2):
        handle(page, f"{number + 1} Confirmation of the rules of procedure").press("ArrowDown")
        expect(page.locator("#desk-says")).to_have_text("Moved.")
        page.goto(portal + DESK + "publish/")
        page.get_by_role("button", name=f"Publish revision {number}").click()
        expect(page.get_by_text(f"Revision {number} is published.")).to_be_visible()
    broken = {}
    agenda = "/meetings/14msp/agenda/"
    for path in (DESK, DESK + "9/", DESK + "publish/", agenda, f"{agenda}changes/r1-r2/", "/meetings/14msp/items/7/"):
        page.goto(portal + path)
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        if found:
            broken[path] = [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found]
    assert broken == {}


@pytest.mark.parametrize("prefix", ["", "/ar"], ids=["left to right", "right to left"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_desk_and_the_agenda_fit_a_small_telephone(browser, portal, prefix, scheme):
    page = browser.new_context(viewport={"width": 320, "height": 700}, color_scheme=scheme).new_page()
    sign_in(page, portal, delegate(Role.ISO_STAFF, ""))
    page.goto(portal + DESK)
    page.get_by_role("button", name="Begin: Meeting of States Parties").click()
    expect(page.locator(".outline .line")).to_have_count(23)
    page.goto(portal + DESK + "publish/")
    page.get_by_role("button", name="Publish revision 1").click()
    wide = {}
    for path in (DESK, DESK + "9/", DESK + "publish/", "/meetings/14msp/agenda/", "/meetings/14msp/items/7/"):
        page.goto(portal + prefix + path)
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wide[path] = width
        name = f"{path.strip('/').replace('/', '_')}-{prefix.strip('/') or 'en'}-{scheme}"
        shown(page, f"320-{name}")
        page.set_viewport_size({"width": 1280, "height": 900})
        shown(page, f"1280-{name}")
        page.set_viewport_size({"width": 320, "height": 700})
    assert wide == {}
