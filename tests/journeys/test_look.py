"""The look in a browser: nothing wider than a small telephone, nothing that WCAG 2.2 AA would refuse."""

from datetime import timedelta
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.core.management import call_command

from tests.reporting.published import publish

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PAGES = [
    "/",
    "/states/lao-pdr/",
    "/reports/",
    "/reports/lao-pdr/2025/",
    "/reports/lao-pdr/2025/v2/changes/",
    "/decisions/",
    "/calendar/subscribe/",
    "/account/login/",
    "/styleguide/",
    "/nowhere/",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(autouse=True)
def dressed(monkeypatch):
    """The stylesheets stand built, and there is a report to read."""
    call_command("build_static", verbosity=0)
    assert (Path(settings.BASE_DIR) / "static" / "build" / "portal.css").exists()
    monkeypatch.setenv("PORTAL_NOW", "2026-11-24T12:00:00+00:00")
    first = publish("LAO", 2025, {"contamination_clearance/released.r1.cleared": "15 540 100 m2"})
    said = {
        "contamination_clearance/released.r1.cleared": "14 540 100 m2",
        "contamination_clearance/released.r2.province": "Xieng Khouang",
        "contamination_clearance/programme.obstacles": "Access roads during the rainy season.",
    }
    publish(report=first.report, number=2, filed_at=first.filed_at + timedelta(days=20), said=said)


@pytest.mark.parametrize("prefix", ["", "/ar"], ids=["left to right", "right to left"])
def test_no_page_scrolls_sideways_on_a_small_telephone(page, portal, prefix):
    page.set_viewport_size({"width": 320, "height": 700})
    wide = {}
    for path in PAGES:
        page.goto(f"{portal}{prefix}{path}")
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wide[path] = width
    assert wide == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_breaks_the_rules_of_access(browser, portal, scheme):
    # The policy of the pages refuses every foreign script, the examiner's too.
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = context.new_page()
    broken = {}
    for path in PAGES:
        page.goto(f"{portal}{path}")
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        if found:
            broken[path] = [(rule["id"], rule["nodes"][0]["html"]) for rule in found]
    context.close()
    assert broken == {}


def test_the_policy_of_the_pages_is_never_offended(page, portal):
    complaints = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    for path in PAGES[:-1]:
        page.goto(f"{portal}{path}")
    assert complaints == []


def test_the_first_step_of_the_keyboard_leads_past_the_navigation(page, portal):
    page.goto(f"{portal}/states/lao-pdr/")
    mast = "getComputedStyle(document.querySelector('.mast')).backgroundColor"
    assert page.evaluate(mast) == "rgb(13, 34, 64)"  # the stylesheet is there
    page.keyboard.press("Tab")
    link = page.locator(":focus")
    assert link.get_attribute("href") == "#main"
    assert link.bounding_box()["width"] > 100
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
