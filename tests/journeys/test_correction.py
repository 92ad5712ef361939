"""A State filed late, corrects its report a week later, and a reader sees exactly what changed, and why."""

from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import expect

from ccm_portal.core.enums import Role
from tests.journeys import scene
from tests.journeys.people import delegate, sign_in
from tests.reporting import support

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

LATE = datetime(2027, 6, 1, 9, tzinfo=UTC)
DRAFT = "/my/senegal/reports/2026/"
PUBLIC = "/reports/senegal/2026/"
WHY = "One team’s figures for March had been counted twice."


@pytest.fixture(autouse=True)
def filed_late(monkeypatch):
    """Filed a month after the due date; it is now a week later."""
    by = support.person(iso3="SEN")
    report = support.start(by, iso3="SEN", year=2026, at=LATE, language="fr")
    key = "contamination_clearance"
    support.add_row(report, key, "released", {"province": "Ziguinchor", "cleared": "41 200 m2"}, by=by)
    support.add_row(report, key, "released", {"province": "Sédhiou", "cleared": "9 000 m2"}, by=by)
    support.file(support.complete(report, by=by, at=LATE), by=by, at=LATE)
    scene.workers_run()
    monkeypatch.setenv("PORTAL_NOW", "2027-06-08T09:00:00+00:00")
    call_command("build_static", verbosity=0)


def test_a_late_report_is_corrected_and_a_reader_sees_what_changed_and_why(page, portal, browser):
    sign_in(page, portal, delegate(Role.APPROVER, "SEN"))
    page.goto(f"{portal}{DRAFT}filed/")
    page.get_by_role("button", name="Correct this report").click()
    page.get_by_role("link", name="F. Contaminated areas and clearance").click()
    cleared = page.locator("#f-released").get_by_role("textbox", name="Cleared").first
    expect(cleared).to_have_value("41200 m2")
    cleared.fill("38 700 m2")
    page.get_by_role("button", name="Save and go to the list").click()

    # Until it is filed, everybody reads what was filed.
    public = browser.new_context()
    reader = public.new_page()
    reader.goto(portal + PUBLIC)
    expect(reader.locator("main")).to_contain_text("41,200 m²")
    expect(reader.locator("main")).not_to_contain_text("38,700")
    public.close()

    page.goto(f"{portal}{DRAFT}file/")
    expect(page.get_by_role("region", name="What you change in version 1")).to_contain_text("38,700 m²")
    expect(page.locator("[name=note]")).to_have_attribute("required", "")
    page.locator("[name=note]").fill(WHY)
    page.locator("[name=confirmed]").check()
    page.get_by_role("button", name="File the correction").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The correction is filed")
    mail.outbox.clear()
    scene.workers_run()

    # The reader finds the new figures, still late by the first day, and beside them what changed and why.
    public = browser.new_context()
    reader = public.new_page()
    reader.goto(portal + PUBLIC)
    expect(reader.locator("main")).to_contain_text("38,700 m²")
    expect(reader.locator("main")).not_to_contain_text("41,200")
    expect(reader.locator("body")).to_contain_text("32 days late")
    reader.get_by_role("link", name="What changed").first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("What changed in version 2")
    expect(reader.locator("body")).to_contain_text(WHY)
    expect(reader.locator("main")).to_contain_text("1 answer or row differs.")
    expect(reader.locator("main del")).to_have_text("41,200 m²")
    expect(reader.locator("main ins")).to_have_text("38,700 m²")

    # What was filed first stays readable, and says that it was corrected.
    reader.goto(f"{portal}{PUBLIC}v1/")
    expect(reader.locator("main")).to_contain_text("41,200 m²")
    expect(reader.locator("body")).to_contain_text("Version 2 has corrected it.")
    assert public.request.get(f"{portal}/files/reports/senegal/2026/v2.pdf").body()[:5] == b"%PDF-"
    public.close()
    assert sorted(message.to[0] for message in mail.outbox if WHY in message.body) != []
