"""A delegate adds photographs to a type: they go as they are chosen, the page stays, and a filing shows them."""

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from ccm_portal.core.enums import Role
from tests.journeys.people import delegate, sign_in
from tests.reporting.pictures import PDF, photograph, picture
from tests.reporting.support import add_row, complete, draft_of, file, start

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

KEY = "technical_characteristics"


@pytest.fixture(autouse=True)
def spring_2026(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-03-02T09:00:00+00:00")
    call_command("build_static", verbosity=0)


def test_photographs_go_as_they_are_chosen_and_a_file_that_is_none_says_so(page, portal):
    who = delegate(Role.APPROVER, "LAO")
    report = start(who.user)
    row = add_row(report, KEY, "owned", {"type": "BLU-26"}, by=who.user)
    sign_in(page, portal, who)
    page.goto(f"{portal}/my/lao-pdr/reports/2025/sections/{KEY}/")
    box = page.locator(f'[data-files="owned.{row}.photographs"]')
    box.locator("input[type=file]").set_input_files(
        [
            {"name": "side.jpg", "mimeType": "image/jpeg", "buffer": photograph((800, 600))},
            {"name": "top.png", "mimeType": "image/png", "buffer": picture((300, 300), "PNG", (150, 150, 140))},
            {"name": "law.pdf", "mimeType": "application/pdf", "buffer": PDF},
        ]
    )

    expect(box.locator("li")).to_have_count(2)
    expect(box.locator(".file-progress")).to_contain_text("law.pdf: Only pictures can be taken here")
    box.locator("input[type=file]").set_input_files(
        [{"name": "side.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"}]
    )
    only = "Only pictures can be taken here: JPEG, PNG, GIF or WebP. This file is something else."
    expect(box.locator(".file-progress span")).to_have_text([f"law.pdf: {only}", f"side.svg: {only}"])
    page.locator(f'[data-cell="owned.{row}.photographs"]').fill("Seen from the side and from above.")
    expect(page.locator("#save-state")).to_have_attribute("data-state", "saved")
    box.locator("li button").last.click()
    expect(box.locator("li")).to_have_count(1)
    [cells] = [one["cells"] for one in draft_of(report, KEY).answers["parts"]["owned"]["rows"]]
    assert ([one["name"] for one in cells["photographs"]["files"]], cells["photographs"]["words"]) == (
        ["side.jpg"],
        "Seen from the side and from above.",
    )
    file(complete(report, by=who.user), by=who.user)
    page.goto(portal + report.get_absolute_url())
    shown = page.get_by_alt_text("Seen from the side and from above.")
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("naturalWidth", 800)
