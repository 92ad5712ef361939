"""The main job, as a delegate does it: from last year's report to one that the world reads.

Once with a mouse, once by keyboard alone, once with script switched off.
"""

import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from ccm_portal.core import reminders
from ccm_portal.core.enums import Role
from ccm_portal.core.models import OutgoingMessage
from tests.journeys import scene
from tests.journeys.people import PASSWORD, delegate, sign_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

DRAFT = "/my/lao-pdr/reports/2026/"
SECTION = f"{DRAFT}sections/contamination_clearance/"
RELEASED = "#f-released"


@pytest.fixture(autouse=True)
def spring_2027(monkeypatch):
    """Two months before the report for 2026 is due; last year's stands."""
    monkeypatch.setenv("PORTAL_NOW", "2027-03-01T09:00:00+00:00")
    call_command("build_static", verbosity=0)
    scene.last_years_report()


@pytest.fixture
def people():
    return {
        "drafter": delegate(Role.DRAFTER, "LAO"),
        "approver": delegate(Role.APPROVER, "LAO"),
        "neighbour": delegate(Role.APPROVER, "LBN"),
        "ISO": delegate(Role.ISO_STAFF, "iso"),
    }


def ladder(day: datetime) -> int:
    """How many reminders to Lao PDR are newly owed on a day."""
    reminders.remind(on=day.date(), at=day)
    return OutgoingMessage.objects.filter(kind=reminders.KIND, ids__state="LAO", ids__on=str(day.date())).count()


def test_a_delegate_reports_from_last_year_and_the_world_reads_it(page, portal, browser, people, tmp_path):
    assert ladder(datetime(2027, 3, 1, 9, tzinfo=UTC)) > 0

    # The drafter starts from last year, changes the clearance section, keeps the rest.
    sign_in(page, portal, people["drafter"])
    page.get_by_role("link", name="Start: Report for 2026").click()
    page.get_by_label("Some sections have changed").check()
    page.get_by_label("Contaminated areas and clearance").check()
    page.get_by_role("button", name="Start the report").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Report for 2026")
    page.get_by_role("link", name="F. Contaminated areas and clearance").click()
    page.get_by_label("Changed: I say below").check()
    cleared = page.locator(RELEASED).get_by_label("Cleared").first
    expect(cleared).to_have_value("15540100 m2")
    cleared.fill("21 930 400 m2")
    cleared.press("Tab")
    expect(page.locator("#save-state")).to_contain_text("Saved")
    ends = page.get_by_label("Planned end")
    ends.fill("2031")
    expect(page.locator("#save-state")).to_contain_text("Saved")
    ends.press("Alt+k")
    expect(ends).to_have_value("2030")
    expect(page.locator("#save-state")).to_contain_text("Saved")
    page.get_by_role("button", name="Save and go to the list").click()
    expect(page.locator("main")).to_contain_text("Every section is done.")

    # A drafter cannot file.
    page.get_by_role("link", name="Check before filing").click()
    expect(page.locator("main")).to_contain_text("Only an approver of your State can file")
    expect(page.get_by_role("button", name="File the report")).to_have_count(0)

    # Another State's delegate and the ISO see none of it.
    for stranger in ("neighbour", "ISO"):
        elsewhere = browser.new_context()
        other = elsewhere.new_page()
        sign_in(other, portal, people[stranger])
        assert [other.goto(portal + path).status for path in (DRAFT, SECTION, f"{DRAFT}preview/")] == [404] * 3
        assert other.goto(f"{portal}/reports/lao-pdr/2026/").status == 404
        elsewhere.close()

    # The approver reads it as it will be published, and files.
    desk = browser.new_context()
    approver = desk.new_page()
    sign_in(approver, portal, people["approver"])
    approver.goto(f"{portal}{DRAFT}preview/")
    expect(approver.locator("main")).to_contain_text("21,930,400")
    file_it(approver, portal)
    expect(approver.get_by_role("heading", level=1)).to_have_text("The report is filed")
    expect(approver.locator("main")).to_contain_text("CCM-2026-LAO-1")
    desk.close()

    the_world_reads_it(browser, portal)
    the_receipt_verifies(browser, portal, tmp_path)
    assert ladder(datetime(2027, 4, 24, 9, tzinfo=UTC)) == 0
    assert ladder(datetime(2027, 6, 30, 9, tzinfo=UTC)) == 0


def file_it(page, portal):
    page.goto(f"{portal}{DRAFT}file/")
    page.locator("[name=confirmed]").check()
    page.get_by_role("button", name="File the report").click()


def the_world_reads_it(browser, portal):
    scene.workers_run()
    public = browser.new_context()
    reader = public.new_page()
    reader.goto(f"{portal}/reports/lao-pdr/2026/")
    expect(reader.get_by_role("heading", level=1)).to_contain_text("Report for 2026")
    expect(reader.locator("main")).to_contain_text("21,930,400 m²")
    expect(reader.locator("main")).to_contain_text("On time")
    assert public.cookies() == []
    pdf = public.request.get(f"{portal}/files/reports/lao-pdr/2026/v1.pdf")
    assert (pdf.status, pdf.headers["content-type"], pdf.body()[:5]) == (200, "application/pdf", b"%PDF-")
    public.close()


def the_receipt_verifies(browser, portal, folder):
    public = browser.new_context()
    for name, address in {
        "report.json": "/files/reports/lao-pdr/2026/v1.json",
        "receipt.json": "/files/receipts/ccm-2026-lao-1.json",
        "receipt_check.py": "/files/receipt_check.py",
    }.items():
        (folder / name).write_bytes(public.request.get(portal + address).body())
    public.close()
    assert checked(folder, "report.json") == 0
    told = (folder / "report.json").read_text()
    (folder / "changed.json").write_text(told.replace("21930400", "21930401"))
    assert json.loads((folder / "changed.json").read_text()) != json.loads(told)
    assert checked(folder, "changed.json") == 1


def checked(folder, name: str) -> int:
    """The one-file program, run on a machine that knows nothing of the portal."""
    program = [sys.executable, "-I", str(folder / "receipt_check.py"), str(folder / name), str(folder / "receipt.json")]
    return subprocess.run(program, capture_output=True, check=False).returncode


def press_until(page, name: str, *, key: str = "Tab", most: int = 400):
    """Go with the keyboard until the thing of that name has the focus."""
    for _ in range(most):
        page.keyboard.press(key)
        if name in (page.evaluate(FOCUSED) or ""):
            return
    raise AssertionError(f"{name} is not reached with {key}")


FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return "";
  const labels = e.labels ? [...e.labels].map((label) => label.innerText) : [];
  return [...labels, e.innerText || "", e.getAttribute("aria-label") || "", `[${e.name || ""}]`].join(" ");
}"""


def test_the_same_by_keyboard_alone(page, portal, people, browser):
    page.goto(f"{portal}/account/login/")
    typed_sign_in(page, people["drafter"])
    page.wait_for_url(f"{portal}/desk/")
    press_until(page, "Start: Report for 2026")
    page.keyboard.press("Enter")
    page.wait_for_url("**/reports/start/**")
    press_until(page, "[how]")
    page.keyboard.press("ArrowDown")
    press_until(page, "Contaminated areas and clearance")
    page.keyboard.press("Space")
    press_until(page, "Start the report")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{portal}{DRAFT}")
    press_until(page, "F. Contaminated areas and clearance")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{portal}{SECTION}")
    press_until(page, "[standing]")
    page.keyboard.press("Space")
    expect(page.get_by_label("Changed: I say below")).to_be_checked()
    page.locator(RELEASED).get_by_label("Cleared").first.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("21 930 400 m2")
    press_until(page, "Save and go to the list")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{portal}{DRAFT}")
    expect(page.locator("main")).to_contain_text("Every section is done.")

    desk = browser.new_context()
    approver = desk.new_page()
    approver.goto(f"{portal}/account/login/")
    typed_sign_in(approver, people["approver"])
    approver.wait_for_url(f"{portal}/desk/")
    approver.goto(f"{portal}{DRAFT}")
    press_until(approver, "Check and file")
    approver.keyboard.press("Enter")
    approver.wait_for_url(f"{portal}{DRAFT}file/")
    press_until(approver, "[confirmed]")
    approver.keyboard.press("Space")
    press_until(approver, "File the report")
    approver.keyboard.press("Enter")
    approver.wait_for_url(f"{portal}{DRAFT}filed/")
    desk.close()
    assert scene.filed_report().versions.get().days_late == 0


def typed_sign_in(page, who):
    press_until(page, "[login]")
    page.keyboard.type(who.user.email)
    press_until(page, "[password]")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/factors/authenticate/**")
    press_until(page, "[code]")
    page.keyboard.type(who.code())
    page.keyboard.press("Enter")


def test_the_same_with_script_switched_off(browser, portal, people):
    plain = browser.new_context(java_script_enabled=False)
    page = plain.new_page()
    sign_in(page, portal, people["approver"])
    page.get_by_role("link", name="Start: Report for 2026").click()
    page.get_by_label("Some sections have changed").check()
    page.get_by_label("Contaminated areas and clearance").check()
    page.get_by_role("button", name="Start the report").click()
    page.get_by_role("link", name="F. Contaminated areas and clearance").click()
    page.get_by_label("Changed: I say below").check()
    page.locator(RELEASED).get_by_label("Cleared").first.fill("21 930 400 m2")
    page.locator(RELEASED).get_by_role("button", name="Add a row").click()
    provinces = page.locator(RELEASED).get_by_label("Province")
    expect(provinces).to_have_count(3)
    provinces.last.fill("Sekong")
    page.get_by_role("button", name="Save and go to the list").click()
    expect(page.locator("main")).to_contain_text("Every section is done.")
    file_it(page, portal)
    expect(page.get_by_role("heading", level=1)).to_have_text("The report is filed")
    page.goto(f"{portal}/reports/lao-pdr/2026/")
    expect(page.locator("main")).to_contain_text("21,930,400 m²")
    expect(page.locator("main")).to_contain_text("Sekong")
    plain.close()
