"""A report that came on paper: the ISO enters it, the State confirms it; thanks, a question and its answer follow."""

import base64

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from ccm_portal.core.enums import Role
from tests.journeys import scene
from tests.journeys.people import delegate, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PUBLIC = "/reports/lao-pdr/2024/"
A_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg=="
)


@pytest.fixture(autouse=True)
def spring_2027(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2027-03-01T09:00:00+00:00")
    call_command("build_static", verbosity=0)


@pytest.fixture
def desk(browser, portal):
    """A page of each person's own, signed in."""
    contexts = []

    def opened(role, acts_for):
        context = browser.new_context()
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        sign_in(page, portal, delegate(role, acts_for))
        return page

    yield opened
    for context in contexts:
        context.close()


def test_a_paper_is_entered_confirmed_thanked_for_and_asked_about(page, portal, desk):
    office, approver = desk(Role.ISO_STAFF, "iso"), desk(Role.APPROVER, "LAO")

    # The ISO enters what came on paper, with its source.
    office.get_by_role("link", name="Enter a report from paper").click()
    office.get_by_label("State", exact=True).select_option("lao-pdr")
    office.get_by_label("Year that the report covers").fill("2024")
    office.get_by_label("Day on which it was received").fill("2025-04-29")
    office.get_by_label("The source: the paper as a file").set_input_files(
        {"name": "note-verbale.png", "mimeType": "image/png", "buffer": A_PIXEL}
    )
    office.get_by_role("button", name="Begin to enter").click()
    office.get_by_role("link", name="F. Contaminated areas and clearance").click()
    office.get_by_label("Changed: I say below").check()
    office.locator("#f-released").get_by_role("button", name="Add a row").click()
    office.locator("#f-released").get_by_label("Province").fill("Sekong")
    office.locator("#f-released").get_by_label("Cleared").fill("7 ha")
    office.get_by_role("button", name="Save and go to the list").click()

    # The State can read along; nothing is public.
    approver.goto(f"{portal}/my/lao-pdr/reports/2024/")
    expect(approver.locator("main")).to_contain_text("The ISO is entering this report")
    assert page.goto(portal + PUBLIC).status == 404

    # Checks block nothing; what the paper leaves open is told.
    office.get_by_role("link", name="Compare and enter").click()
    expect(office.locator("main")).to_contain_text("The paper leaves open")
    office.get_by_label("I have compared the entry").check()
    office.get_by_role("button", name="Enter the report").click()
    expect(office.locator("main")).to_contain_text("Not yet confirmed by the State")
    page.goto(portal + PUBLIC)
    expect(page.locator("main")).to_contain_text("not yet confirmed by the State")
    expect(page.locator("main")).to_contain_text("Received 29 April 2025")
    expect(page.locator("main")).to_contain_text("Sekong")
    assert page.request.get(f"{portal}/files/papers/lao-pdr/2024/").url.startswith(f"{portal}/account/login/")

    # The approver compares and confirms.
    approver.goto(f"{portal}/desk/")
    approver.get_by_role("link", name="Confirm what the ISO entered from your paper").click()
    expect(approver.get_by_role("img", name="The paper as it came")).to_be_visible()
    approver.get_by_role("button", name="Confirm the entry").click()
    page.reload()
    expect(page.locator("main")).to_contain_text("confirmed by the State on 1 March 2027")

    # The ISO thanks and asks; the State answers and lets everybody read both.
    office.reload()
    office.get_by_text("Thank the State", exact=True).click()
    office.get_by_role("button", name="Send the thanks").click()
    office.get_by_text("Ask a question", exact=True).click()
    office.get_by_label("About", exact=True).select_option("contamination_clearance/released")
    office.get_by_label("Question", exact=True).fill("Does it include what was cancelled by survey?")
    office.get_by_role("button", name="Ask the State").click()
    page.reload()
    expect(page.locator("main")).not_to_contain_text("cancelled by survey")
    approver.goto(f"{portal}/desk/")
    approver.get_by_role("link", name="Answer a question of the ISO").click()
    approver.get_by_label("Answer", exact=True).fill("No, only what was cleared.")
    approver.get_by_label("Everybody may read the question and this answer").check()
    approver.get_by_role("button", name="Send the answer").click()
    expect(approver.locator("main")).to_contain_text("Thanks from the ISO")

    page.reload()
    expect(page.locator("#questions")).to_contain_text("Not part of the report")
    expect(page.locator("#questions")).to_contain_text("Does it include what was cancelled by survey?")
    expect(page.locator("#questions")).to_contain_text("No, only what was cleared.")
    scene.workers_run()
