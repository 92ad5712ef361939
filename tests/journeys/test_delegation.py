"""A State's drafter enters its delegation and who heads it; the office looks at credentials, marks who is in the room
and reads whether it is a quorum; a visitor sees who comes, and no name."""

import os
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from ccm_portal.core.enums import Role
from tests.journeys.people import delegate, sign_in
from tests.meetings import factories as made

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def dressed():
    call_command("build_static", verbosity=0)
    made.delegation(made.meeting(), "NOR")


def shown(page: Page, name: str) -> None:
    """A picture of the page, for whoever wants to look: PEOPLE_SHOTS names the folder."""
    if folder := os.environ.get("PEOPLE_SHOTS"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def enter(page: Page, name: str, *, heads: bool = False) -> None:
    page.get_by_label("Name", exact=True).fill(name)
    if heads:
        page.get_by_label("Heads the delegation").check()
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".persons-list .called", has_text=name)).to_be_visible()


def test_a_delegation_is_entered_counted_and_read_without_names_by_everybody(page, portal, browser):
    sign_in(page, portal, delegate(Role.DRAFTER, "LAO"))
    page.goto(f"{portal}/my/lao-pdr/meetings/14msp/delegation/")
    shown(page, "begin")
    page.get_by_role("button", name="Begin the delegation").click()
    enter(page, "Delegate, Vientiane")
    page.get_by_text("Add a person").click()
    enter(page, "Head, Vientiane", heads=True)
    expect(page.locator(".persons-list > li").first).to_contain_text("Head, Vientiane")
    shown(page, "entered")

    office = browser.new_context().new_page()
    sign_in(office, portal, delegate(Role.ISO_STAFF, ""))
    office.goto(f"{portal}/meetings/14msp/desk/delegations/")
    office.get_by_role("link", name="Lao People's Democratic Republic").click()
    office.get_by_role("button", name="A copy was received").click()
    expect(office.locator("aside")).to_contain_text("Copy received")
    office.goto(f"{portal}/meetings/14msp/desk/voting/")
    expect(office.locator(".tally")).to_contain_text("No quorum: 2 States Parties are lacking.")
    for state in ("Lao People's Democratic Republic", "Norway"):
        office.get_by_label(state).check()
    office.get_by_role("button", name="Save who is in the room").click()
    expect(office.locator(".tally")).to_contain_text("There is a quorum.")
    shown(office, "quorum")

    visitor = browser.new_context().new_page()
    visitor.goto(f"{portal}/meetings/14msp/participants/")
    expect(visitor.get_by_role("listitem").filter(has_text="Lao People's Democratic Republic")).to_contain_text(
        "2 persons"
    )
    expect(visitor.get_by_text("Vientiane")).to_have_count(0)
