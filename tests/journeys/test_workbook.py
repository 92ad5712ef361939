"""A French-speaking State files late, from a workbook with two mistakes that it is shown and mends."""

from datetime import datetime

import pytest
from django.core.management import call_command
from openpyxl import load_workbook
from playwright.sync_api import expect

from ccm_portal.core.enums import Role
from reporting.models import Report, WorkbookUpload
from tests.journeys.people import delegate, sign_in
from tests.reporting import support

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

DRAFT = "/fr/my/senegal/reports/2026/"
SECTION = f"{DRAFT}sections/stockpiles/"


@pytest.fixture(autouse=True)
def summer_2027(monkeypatch):
    """A month after the report for 2026 was due."""
    monkeypatch.setenv("PORTAL_NOW", "2027-06-01T09:00:00+00:00")
    call_command("build_static", verbosity=0)


@pytest.fixture
def people():
    return {"drafter": delegate(Role.DRAFTER, "SEN"), "approver": delegate(Role.APPROVER, "SEN")}


def test_a_late_report_is_filed_from_a_workbook_with_two_mistakes(page, portal, browser, people, tmp_path):
    # The drafter begins the report in French and takes the workbook of the stockpiles.
    sign_in(page, portal, people["drafter"])
    page.goto(f"{portal}/fr/my/senegal/reports/start/?kind=annual&year=2026")
    page.locator("input[name=how][value=scratch]").check()
    page.locator("main form button[type=submit]").click()
    page.goto(portal + SECTION)
    page.locator(".page-head a[href='#workbook-steps']").click()
    with page.expect_download() as downloading:
        page.locator("#workbook li a").first.click()
    blank = tmp_path / "blank.xlsx"
    downloading.value.save_as(blank)

    # Filled in offline, with a formula and a lot that the spreadsheet made a date of.
    first = filled(blank, tmp_path / "stocks.xlsx", munitions="=600*2", lot=datetime(1976, 2, 1))
    page.locator("#workbook-file").set_input_files(first)
    page.locator(".workbook-upload button").click()
    page.wait_for_url("**/workbook/*/")
    mistakes = page.locator(".workbook-problems tbody tr")
    expect(mistakes).to_have_count(2)
    expect(mistakes.nth(0)).to_contain_text("=600*2")
    expect(mistakes.nth(1)).to_contain_text("1976")
    page.set_viewport_size({"width": 320, "height": 700})
    boxes = [cell.bounding_box() for cell in mistakes.locator("th, td").all()]
    assert [one for one in boxes if one["x"] < 0 or one["width"] < 200 or one["x"] + one["width"] > 320] == []
    page.set_viewport_size({"width": 1280, "height": 720})
    assert stocks() == []

    # Mended in the file, uploaded again from the same page, seen and accepted.
    mended = filled(blank, tmp_path / "stocks 2.xlsx", munitions="1 200", lot="2-76")
    page.locator("#workbook-file").set_input_files(mended)
    page.locator(".workbook-upload button").click()
    expect(page.locator(".workbook-problems")).to_have_count(0)
    expect(page.locator(".row-changes > li")).to_have_count(2)
    expect(page.locator(".row-changes")).to_contain_text("environ 200")
    page.locator("button[value=accept]").click()
    page.wait_for_url(portal + SECTION)
    expect(page.locator("[data-cell='stocks.r1.munitions']")).to_have_value("1200")
    expect(page.locator("[data-cell='stocks.r1.lot_numbers']")).to_have_value("2-76")
    expect(page.locator("[data-cell='stocks.r2.munitions']")).to_have_value("environ 200")
    assert {cell["from"] for row in stocks() for cell in row["cells"].values()} == {"imported:stocks 2.xlsx"}
    assert WorkbookUpload.objects.filter(status="read").count() == 0

    # The approver files. It is taken, and the receipt says that it was late.
    support.complete(Report.objects.get(state__iso3="SEN", year=2026), by=people["approver"].user)
    desk = browser.new_context()
    approver = desk.new_page()
    sign_in(approver, portal, people["approver"])
    approver.goto(f"{portal}{DRAFT}file/")
    approver.locator("input[name=confirmed]").check()
    approver.locator("main form:has(input[name=confirmed]) button[type=submit]").click()
    approver.wait_for_url(f"{portal}{DRAFT}filed/")
    expect(approver.locator("main")).to_contain_text("CCM-2026-SEN-1")
    desk.close()

    public = browser.new_context()
    reader = public.new_page()
    reader.goto(f"{portal}/fr/reports/senegal/2026/")
    expect(reader.locator(".page-head .badge[data-status=late]")).to_be_visible()
    expect(reader.locator("main")).to_contain_text("2-76")
    reader.goto(f"{portal}/fr/receipts/ccm-2026-sen-1/")
    expect(reader.locator("main [data-status=late]").first).to_be_visible()
    assert public.request.get(f"{portal}/files/receipts/ccm-2026-sen-1.json").json()["days_late"] == 32
    public.close()


def filled(blank, path, *, munitions, lot):
    """What a person does in the spreadsheet."""
    book = load_workbook(blank)
    page = next(sheet for sheet in book if str(sheet["A2"].value).endswith("/stocks"))
    at = {cell.value: cell.column for cell in page[2]}
    page.cell(3, at["munition_type"]).value = "M26"
    page.cell(3, at["munitions"]).value = munitions
    page.cell(3, at["lot_numbers"]).value = lot
    if isinstance(lot, datetime):
        page.cell(3, at["lot_numbers"]).number_format = "mmm-yy"
    page.cell(4, at["munition_type"]).value = "BL-755"
    page.cell(4, at["munitions"]).value = "environ 200"
    book.save(path)
    return path


def stocks():
    report = Report.objects.get(state__iso3="SEN", year=2026)
    return support.draft_of(report, "stockpiles").answers["parts"]["stocks"]["rows"]
