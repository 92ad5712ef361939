"""A colleague from another ministry, in a browser: a comment in place, and a loan that ends under an open page."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import expect

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from reporting.domain import colleagues, comments
from reporting.models import DraftComment
from tests import factories
from tests.reporting.support import draft_of, person, start
from tests.support import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SECTION = "/my/lao-pdr/reports/2025/sections/risk_education/"
BOX = '[name="cell:warning.measures"]'
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.fixture(autouse=True)
def dressed(monkeypatch):
    call_command("build_static", verbosity=0)
    monkeypatch.setenv("PORTAL_NOW", "2026-03-01T12:00:00+00:00")


@pytest.fixture
def by():
    return person(Role.DRAFTER)


@pytest.fixture
def report(by):
    return start(by)


@pytest.fixture
def loan(report):
    return factories.lend(draft_of(report, "risk_education"), factories.UserFactory())


def let_in(context, portal, user):
    cookie = sign_in(Client(), user).cookies["portal"]
    context.add_cookies([{"name": "portal", "value": cookie.value, "url": portal}])


def test_a_comment_is_sent_in_place_and_what_is_typed_elsewhere_stays(context, page, portal, loan):
    let_in(context, portal, loan.user)
    page.goto(portal + SECTION)
    block = page.locator("#talk-f-warning, #talk-warning")
    block.locator("summary").click()
    block.locator("select").select_option("warning.measures")
    block.locator("textarea").fill("Since when is this so?")
    page.locator("#talk summary").first.click()
    page.locator("#talk textarea").fill("Half a thought")
    page.locator(BOX).fill("Loudspeakers")

    block.get_by_role("button", name="Add the comment").click()

    expect(page.locator(".comment")).to_have_count(1)
    expect(page.locator(".comment")).to_contain_text("Since when is this so?")
    expect(page.locator("#talk textarea")).to_have_value("Half a thought")
    expect(page.locator(BOX)).to_have_value("Loudspeakers")
    assert list(DraftComment.objects.values_list("path", "text")) == [("warning.measures", "Since when is this so?")]
    assert page.url == portal + SECTION


def test_a_loan_that_ends_under_an_open_page_is_said_there_and_the_text_stays(context, page, portal, loan, by):
    let_in(context, portal, loan.user)
    page.goto(portal + SECTION)
    page.locator(BOX).fill("Loudspeakers")
    expect(page.locator("#save-state")).to_have_text(re.compile("Saved"))

    colleagues.take_back(loan=loan, by=by, at=clock.now())
    page.locator(BOX).fill("Loudspeakers and radio")

    expect(page.locator("#save-state")).to_contain_text("This section is not open to you")
    expect(page.locator(BOX)).to_have_value("Loudspeakers and radio")
    # The button of the plain form keeps it too.
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Save and go to the list").click()
    expect(page.get_by_role("heading", name="Not stored yet")).to_be_visible()
    expect(page.get_by_text("Loudspeakers and radio")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_lending_break_no_rule_of_access(browser, portal, report, loan, by, scheme):
    section = draft_of(report, "risk_education")
    for path in ("", "warning", "warning.measures"):
        comments.comment(section=section, path=path, text="Since when is this so?", by=by, at=clock.now())
    settled = comments.comment(section=section, path="", text="Done", by=by, at=clock.now())
    comments.settle(comment=settled, by=by, at=clock.now())
    broken = {}
    for user, paths in (
        (by, ["/my/lao-pdr/reports/2025/", "/my/lao-pdr/reports/2025/lend/", SECTION]),
        (loan.user, [SECTION, "/lent/", "/desk/", "/ar" + SECTION]),
    ):
        whole = {"width": 320, "height": 4000}  # so high that the bar at the foot lies over nothing
        context = browser.new_context(color_scheme=scheme, bypass_csp=True, viewport=whole)
        let_in(context, portal, user)
        page = context.new_page()
        for path in paths:
            page.goto(portal + path)
            page.evaluate("document.querySelectorAll('.talk details').forEach(fold => fold.open = true)")
            found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
            if found or page.evaluate("document.documentElement.scrollWidth") > 320:
                broken[path] = [(rule["id"], rule["nodes"][0]["html"]) for rule in found] or "too wide"
        context.close()
    assert broken == {}
