"""Leaders for two committees are nominated and elected, with diversity and rotation in view."""

import re
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import expect

from ccm_portal.core.enums import Role
from tests import factories
from tests.committees import factories as committees
from tests.support import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
LAO = "Lao People's Democratic Republic"


@pytest.fixture(autouse=True)
def dressed(monkeypatch):
    call_command("build_static", verbosity=0)
    monkeypatch.setenv("PORTAL_NOW", "2027-09-10T12:00:00+00:00")


def let_in(context, portal, user):
    context.clear_cookies()
    cookie = sign_in(Client(), user).cookies["portal"]
    context.add_cookies([{"name": "portal", "value": cookie.value, "url": portal}])


def put_forward(page, portal, slug, body):
    page.goto(f"{portal}/my/{slug}/nominations/")
    page.locator("#bodies + dl").get_by_role("link", name=body, exact=True).first.click()
    page.get_by_label("Experience with the subject").fill("Years of work on it at home.")
    page.get_by_label("Capacity to take on the work").fill("Two people in Geneva.")
    page.get_by_label("Record of leadership on the Convention").fill("Reports every year.")
    page.get_by_label("Person proposed").fill("Delegate, by name")
    page.get_by_role("button", name="Nominate your State").click()
    expect(page.get_by_text("Your State is nominated.")).to_be_visible()


def record_election(page, portal, state):
    page.goto(f"{portal}/office/leadership/")
    row = page.get_by_role("row").filter(has_text=state).first
    row.get_by_role("link", name="Record as elected", exact=True).click()
    page.get_by_label("Where it was decided").fill("14MSP, final report, paragraph 40")
    page.get_by_role("button", name="Record the election").click()
    expect(page.get_by_text("The decision is recorded.")).to_be_visible()


def test_leaders_for_two_committees_are_nominated_endorsed_and_elected(context, page, portal):
    committees.term("clearance", "AUT", ends=date(2027, 9, 18))
    committees.term("clearance", "LBN", ends=date(2028, 9, 18))
    committees.term("stockpiles", "PER", ends=date(2027, 9, 18))
    leader = committees.leader("victim-assistance", "NOR")

    let_in(context, portal, factories.person(Role.APPROVER, "LAO"))
    put_forward(page, portal, "lao-pdr", "Clearance")
    let_in(context, portal, factories.person(Role.HEAD_OF_DELEGATION, "ZMB"))
    put_forward(page, portal, "zambia", "Stockpile destruction")

    let_in(context, portal, leader)
    page.goto(f"{portal}/desk/")
    page.get_by_role("link", name=f"Look at a nomination: {LAO}, to lead Clearance").click()
    page.get_by_role("button", name="Endorse the nomination").click()
    expect(page.get_by_text("Norway endorses this nomination.")).to_be_visible()

    let_in(context, portal, factories.person(Role.ISO_STAFF, "iso"))
    page.goto(f"{portal}/office/leadership/")
    beside = page.get_by_text(f"If {LAO} is elected, beside those who stay:")
    expect(beside.locator("xpath=following-sibling::ul[1]")).to_contain_text(
        "All States that lead it are listed as affected."
    )
    expect(page.locator("#diversity")).to_contain_text("No State of this regional group leads a body: African States.")
    problems = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}}).response["violations"]
    assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in problems] == []
    record_election(page, portal, LAO)
    record_election(page, portal, "Zambia")
    expect(page.get_by_text("Nobody is nominated now")).to_be_visible()

    context.clear_cookies()
    page.goto(f"{portal}/committees/leadership/?on=2027-09-20")
    table = page.get_by_role("table")
    expect(table.get_by_role("row", name=re.compile("^Clearance Committee"))).to_contain_text(LAO)
    expect(table.get_by_role("row", name=re.compile("^Stockpile destruction Committee"))).to_contain_text("Zambia")
    page.goto(f"{portal}/committees/clearance/")
    page.locator("#history + .timeline").get_by_role("link", name=LAO).click()
    expect(page.get_by_text("Years of work on it at home.")).to_be_visible()
    expect(page.get_by_text("14MSP, final report, paragraph 40")).to_be_visible()
