"""Writing in a section, in a browser: saved as one types, two people on one page, lines and sessions that end."""

import re
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from playwright.sync_api import expect

from ccm_portal.core.enums import Role
from reporting.enums import Standing
from tests.reporting.support import add_row, draft_of, filed, person, start, write
from tests.support import sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

STATUS, METHODS = "cell:programme.status", "cell:programme.methods"
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
    base = filed(
        person(),
        year=2024,
        at=datetime(2025, 4, 1, tzinfo=UTC),
        texts={"stockpiles": {"programme.status": "All destroyed in 2019."}},
    )
    return start(by, base=base)


def let_in(context, portal, user):
    cookie = sign_in(Client(), user).cookies["portal"]
    context.add_cookies([{"name": "portal", "value": cookie.value, "url": portal}])


def open_section(browser_or_context, portal, user, report, key="stockpiles"):
    context = browser_or_context
    let_in(context, portal, user)
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(portal + reverse("reporting:section-edit", args=[report.state.slug, report.slug, key]))
    return page


def box(page, name):
    return page.locator(f'[name="{name}"]')


def state(page):
    return page.locator("#save-state")


def said(report, part="programme"):
    values = draft_of(report, "stockpiles").answers["parts"][part]["values"]
    return {name: cell.get("text") for name, cell in values.items()}


def test_what_is_typed_is_saved_by_itself(context, portal, by, report):
    page = open_section(context, portal, by, report)

    box(page, STATUS).press_sequentially("Begun in May")
    expect(state(page)).to_have_text(re.compile(r"Saved \d\d:\d\d"))

    assert said(report) == {"status": "Begun in May"}
    assert page.locator('input[name="standing"][value="changed"]').is_checked()


def test_what_cannot_be_read_is_said_beside_the_box(context, portal, by, report):
    page = open_section(context, portal, by, report)

    box(page, "cell:programme.yearly_rate").fill("a great many")
    error = page.locator("#f-programme-yearly_rate-error")
    expect(error).to_be_visible()
    box(page, "cell:programme.yearly_rate").fill("about 1,200")

    expect(error).to_be_hidden()


def test_a_line_that_is_down_loses_nothing(context, portal, by, report):
    page = open_section(context, portal, by, report)
    context.set_offline(True)
    box(page, STATUS).fill("Typed on the train")
    expect(state(page)).to_contain_text("the line is down")

    context.set_offline(False)
    expect(state(page)).to_have_text(re.compile(r"Saved \d\d:\d\d"))

    assert said(report) == {"status": "Typed on the train"}


def test_a_colleagues_text_elsewhere_on_the_page_appears(context, portal, by, report):
    page = open_section(context, portal, by, report)
    write(report, "stockpiles", {"programme.methods": "Burning"}, by=person(), page="colleague")

    box(page, STATUS).fill("Begun")
    expect(box(page, METHODS)).to_have_value("Burning")

    assert said(report) == {"status": "Begun", "methods": "Burning"}


@pytest.mark.parametrize(("choice", "kept"), [("Keep mine", "Mine"), ("Take theirs", "Theirs")])
def test_two_texts_for_one_box_are_shown_and_one_is_chosen(context, portal, by, report, choice, kept):
    page = open_section(context, portal, by, report)
    write(report, "stockpiles", {"programme.status": "Theirs"}, by=person(), page="colleague")

    box(page, STATUS).fill("Mine")
    expect(page.locator(".clash .theirs")).to_have_text("Theirs")
    expect(box(page, STATUS)).to_have_value("Mine")
    page.get_by_role("button", name=choice).click()

    expect(page.locator(".clash")).to_have_count(0)
    expect(box(page, STATUS)).to_have_value(kept)
    page.wait_for_timeout(300)
    assert said(report) == {"status": kept}


def test_nobodys_text_is_written_over_before_one_is_chosen(context, portal, by, report):
    page = open_section(context, portal, by, report)
    write(report, "stockpiles", {"programme.status": "Theirs"}, by=person(), page="colleague")
    box(page, STATUS).fill("Mine")
    expect(page.locator(".clash .theirs")).to_have_text("Theirs")

    page.get_by_role("button", name="Save and go to the list").click()
    expect(page.get_by_role("button", name="Take theirs")).to_be_focused()
    page.get_by_role("button", name="Add a row Cluster munitions held").click()
    expect(box(page, "cell:stocks.r1.munition_type")).to_be_focused()

    expect(box(page, STATUS)).to_have_value("Mine")
    expect(page.locator(".clash .theirs")).to_have_text("Theirs")
    assert said(report) == {"status": "Theirs"}


def test_a_session_that_ends_while_typing_loses_nothing(context, portal, by, report):
    page = open_section(context, portal, by, report)
    Session.objects.all().delete()

    box(page, STATUS).fill("Typed after the session had ended")
    expect(state(page).get_by_role("link", name="Sign in in a new tab")).to_be_visible()
    assert said(report) == {}

    let_in(context, portal, by)
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(state(page)).to_have_text(re.compile(r"Saved \d\d:\d\d"))
    assert said(report) == {"status": "Typed after the session had ended"}


def test_one_key_keeps_the_earlier_answer(context, portal, by, report):
    page = open_section(context, portal, by, report)

    box(page, STATUS).focus()
    page.keyboard.press("Alt+k")
    expect(state(page)).to_have_text(re.compile(r"Saved \d\d:\d\d"))

    cell = draft_of(report, "stockpiles").answers["parts"]["programme"]["values"]["status"]
    assert (cell["text"], cell["from"]) == ("All destroyed in 2019.", "carried:2024")


def test_rows_come_move_and_go_in_place_and_are_put_back(context, portal, by, report):
    page = open_section(context, portal, by, report)
    box(page, STATUS).fill("Typed before the row")

    page.get_by_role("button", name="Add a row Cluster munitions held").click()
    first = box(page, "cell:stocks.r1.munition_type")
    expect(first).to_be_focused()
    first.fill("RBK-250")
    page.get_by_role("button", name="Add a row Cluster munitions held").click()
    box(page, "cell:stocks.r2.munition_type").fill("RBK-500")
    page.get_by_role("button", name="Move up: row 2").click()
    expect(page.locator(".row-card legend").first).to_have_text("RBK-500")
    page.get_by_role("button", name="Remove: RBK-500").click()
    page.get_by_role("button", name="Put it back RBK-500").click()
    expect(page.locator(".row-card legend").first).to_have_text("RBK-500")

    rows = draft_of(report, "stockpiles").answers["parts"]["stocks"]["rows"]
    assert [row["cells"]["munition_type"]["text"] for row in rows] == ["RBK-500", "RBK-250"]
    assert said(report) == {"status": "Typed before the row"}


def test_the_standing_is_chosen_in_place(context, portal, by, report):
    page = open_section(context, portal, by, report)

    page.get_by_label("Unchanged since an earlier report").check()
    expect(page.locator("details.folded")).to_be_visible()

    draft = draft_of(report, "stockpiles")
    assert (draft.standing, draft.unchanged_since.report.slug) == (Standing.UNCHANGED, "2024")


def test_whoever_types_on_while_the_page_comes_back_loses_no_letter(context, portal, by, report):
    page = open_section(context, portal, by, report)
    box = page.locator(f"[name='{STATUS}']")

    def on_a_slow_line(route):
        page.wait_for_timeout(1500)
        route.continue_()

    page.route("**/sections/stockpiles/", on_a_slow_line)
    page.locator("input[name='standing'][value='changed']").check()
    box.fill("")
    page.keyboard.type("Two sites, ")
    expect(page.locator("input[name='standing-was']")).to_have_value("changed")
    page.keyboard.type("one still at work.")

    expect(box).to_have_value("Two sites, one still at work.")
    page.keyboard.press("Tab")
    expect(page.locator("#save-state")).to_contain_text("Saved")
    told = draft_of(report, "stockpiles")
    assert told.standing == Standing.CHANGED
    assert told.answers["parts"]["programme"]["values"]["status"]["text"] == "Two sites, one still at work."


def test_whoever_comments_while_the_page_comes_back_loses_no_letter_and_no_open_fold(context, portal, by, report):
    page = open_section(context, portal, by, report)
    comment, of_programme = box(page, "comment:"), page.locator("#talk-programme > details.say")

    def on_a_slow_line(route):
        page.wait_for_timeout(1500)
        route.continue_()

    page.route("**/sections/stockpiles/", on_a_slow_line)
    of_programme.locator("summary").click()
    page.locator("input[name='standing'][value='changed']").check()
    page.get_by_text("Comment on the whole section").click()
    comment.click()
    page.keyboard.type("Who counted , and when?")
    for _letter in range(len(", and when?")):
        page.keyboard.press("ArrowLeft")
    expect(page.locator("input[name='standing-was']")).to_have_value("changed")
    page.keyboard.type("them")

    expect(comment).to_have_value("Who counted them, and when?")
    expect(comment).to_be_focused()
    expect(of_programme).to_have_attribute("open", "")
    page.keyboard.press("End")
    page.get_by_role("button", name="Add the comment").first.click()
    comment.press_sequentially(" In May.")
    expect(page.locator(".comment")).to_contain_text("Who counted them, and when?")
    expect(comment).to_have_value(" In May.")
    expect(comment).to_be_focused()


def test_leaving_with_something_unsaved_asks_first(context, portal, by, report):
    page = open_section(context, portal, by, report)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    context.set_offline(True)
    box(page, STATUS).press_sequentially("unsaved")

    page.close(run_before_unload=True)
    context.new_page().wait_for_timeout(500)

    assert asked == ["beforeunload"]


def test_everything_but_saving_by_itself_works_without_script(browser, portal, by, report):
    context = browser.new_context(java_script_enabled=False)
    page = open_section(context, portal, by, report)

    box(page, STATUS).fill("Typed without script")
    page.get_by_role("button", name="Add a row Cluster munitions held").click()
    box(page, "cell:stocks.r1.munition_type").fill("RBK-250")
    page.get_by_role("button", name="Keep Status and progress").click()
    page.get_by_role("button", name="Save and go to the list").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Report for 2025")

    rows = draft_of(report, "stockpiles").answers["parts"]["stocks"]["rows"]
    assert [row["cells"]["munition_type"]["text"] for row in rows] == ["RBK-250"]
    assert said(report) == {"status": "All destroyed in 2019."}
    context.close()


@pytest.mark.parametrize("prefix", ["", "/ar"], ids=["left to right", "right to left"])
def test_the_pages_of_a_draft_fit_a_small_telephone(context, portal, by, report, prefix):
    add_row(report, "stockpiles", "stocks", {"munition_type": "RBK-250"}, by=by)
    page = open_section(context, portal, by, report)
    page.set_viewport_size({"width": 320, "height": 700})

    wide = {}
    for path in draft_paths(report):
        page.goto(f"{portal}{prefix}{path}")
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wide[path] = width
    assert wide == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_a_draft_keep_the_rules_of_access(browser, portal, by, report, scheme):
    add_row(report, "stockpiles", "stocks", {"munition_type": "RBK-250", "munitions": "many"}, by=by)
    context = browser.new_context(color_scheme=scheme, bypass_csp=True)
    page = open_section(context, portal, by, report)
    broken = {}
    for path in draft_paths(report):
        page.goto(f"{portal}{path}")
        found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
        if found:
            broken[path] = [(rule["id"], rule["nodes"][0]["html"]) for rule in found]
    context.close()
    assert broken == {}


def draft_paths(report):
    names = ("draft-detail", "draft-preview", "draft-file")
    paths = [reverse(f"reporting:{name}", args=[report.state.slug, report.slug]) for name in names]
    sections = ("header", "stockpiles", "contamination_clearance")
    return [
        reverse("reporting:my-state", args=[report.state.slug]),
        reverse("reporting:draft-start", args=[report.state.slug]),
        *paths,
        *(reverse("reporting:section-edit", args=[report.state.slug, report.slug, key]) for key in sections),
    ]


def test_a_text_that_is_too_long_stays_in_its_box_and_the_page_says_why(context, portal, by, report):
    page = open_section(context, portal, by, report)
    box, state = page.locator(f'[name="{STATUS}"]'), page.locator("#save-state")

    box.fill("x" * 60_000)
    page.locator(f'[name="{METHODS}"]').fill("Burning")
    page.locator(f'[name="{METHODS}"]').blur()

    expect(state).to_contain_text("This text has 60000 characters; there is room for 50000.")
    expect(box).to_have_value("x" * 60_000)
    page.wait_for_timeout(1500)
    values = draft_of(report, "stockpiles").answers["parts"]["programme"]["values"]
    assert {key: cell["text"] for key, cell in values.items()} == {"methods": "Burning"}
    box.fill("Begun")
    expect(state).to_contain_text("Saved")


def test_the_line_does_not_say_saved_while_a_choice_waits(context, portal, by, report):
    page = open_section(context, portal, by, report)
    write(report, "stockpiles", {"programme.status": "Theirs"}, by=person(), page="colleague")

    page.locator(f'[name="{STATUS}"]').fill("Mine")

    state = page.locator("#save-state")
    expect(state).to_have_text("Boxes that wait for your choice: 1")
    page.get_by_role("button", name="Keep mine").click()
    expect(state).to_contain_text("UTC")


@pytest.mark.parametrize("name", ["draft-filed", "receipt-detail"])
def test_a_receipt_fits_on_one_printed_page(context, portal, name):
    approver = person()
    version = filed(approver, year=2024, at=datetime(2025, 4, 1, tzinfo=UTC))
    let_in(context, portal, approver)
    page = context.new_page()
    where = [version.receipt_number] if name == "receipt-detail" else [version.report.state.slug, version.report.slug]
    page.goto(portal + reverse(f"reporting:{name}", args=where))

    assert page.pdf(format="A4", prefer_css_page_size=True).count(b"/Type /Page\n") == 1
