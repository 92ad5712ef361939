"""A State of the list asks for a clearance extension late; the analysis group asks two questions; the MSP grants less
than was asked; every surface shows the same new date within a minute, and the reminder ladder restarts from it."""

from datetime import UTC, date, datetime

import pytest
from django.core.management import call_command
from playwright.sync_api import expect

from ccm_portal.core.due_items import due_items
from ccm_portal.core.enums import Role
from ccm_portal.core.models import State
from compliance.models import ExtensionRequest
from tests.committees.factories import term
from tests.compliance import factories_requests as make
from tests.journeys.people import delegate, sign_in
from tests.meetings.factories import item, meeting

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
LODGED_AT = datetime(2027, 4, 6, 9, tzinfo=UTC)  # to be lodged by 13 December 2026
TEXT = "The plan is sound, and two years suffice for what remains."


@pytest.fixture(autouse=True)
def on_the_last_day_of_the_meeting(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2027-09-16T15:00:00+00:00")
    call_command("build_static", verbosity=0)


def lodged_late():
    """Chad's request, drafted and lodged four months late for the 14MSP: until 2032, from a deadline in 2028."""
    its = make.clock("TCD")
    its.granted_until, its.override, its.override_source = date(2028, 3, 1), None, ""
    its.save()
    approver = delegate(Role.APPROVER, "TCD")
    draft = make.draft("TCD", "art4", by=approver.user, at=LODGED_AT)
    make.write(draft, "duration", "Four more years.", by=approver.user, day=date(2032, 3, 1))
    make.write(draft, "remaining", "Ten square kilometres in the north.", by=approver.user)
    make.lodge(draft, by=approver.user, at=LODGED_AT)
    return ExtensionRequest.objects.get(pk=draft.pk), approver


def opened(browser, portal, who):
    page = browser.new_context().new_page()
    page.set_default_timeout(15_000)
    sign_in(page, portal, who)
    return page


def test_a_late_request_is_analysed_granted_for_less_and_shows_one_date_everywhere(browser, portal):
    decides = meeting()
    item(decides, "Consideration of extension requests")
    term("theme-clearance", "NOR")
    request, chad = lodged_late()
    iso, norway = (
        opened(browser, portal, delegate(Role.ISO_STAFF, "iso")),
        opened(browser, portal, delegate(Role.DRAFTER, "NOR")),
    )
    desk = f"{portal}/desk/requests/chad/art4/{request.number}/"
    public = f"{portal}/requests/chad/art4/{request.number}/"

    # The request is late: everybody reads it.
    iso.goto(public)
    expect(iso.get_by_role("heading", name="days late")).to_be_visible()

    # The ISO begins the group: Norway leads the theme.
    iso.goto(desk)
    iso.get_by_role("button", name="Begin the analysis group").click()
    expect(iso.get_by_text("The analysis group is there.")).to_be_visible()

    # Norway asks two questions.
    for section, text in (("f · Area that remains", "How many teams work there?"), ("The whole request", "Who pays?")):
        norway.goto(desk)
        norway.get_by_role("link", name="Ask a question").click()
        norway.locator("#id_section").select_option(label=section)
        norway.locator("#id_text").fill(text)
        norway.get_by_role("button", name="Ask", exact=True).click()
        expect(norway.get_by_text("The State has your question.")).to_be_visible()

    # Chad finds them on its desk and answers; everybody reads both from then on.
    delegation = opened(browser, portal, chad)
    delegation.get_by_role("link", name="2 questions of the analysis group to answer").click()
    for number, answer in ((1, "Four teams."), (2, "The State, and two donors.")):
        delegation.get_by_role("link", name=f"Answer {number}", exact=True).click()
        delegation.locator("#id_text").fill(answer)
        delegation.get_by_role("button", name="Send the answer").click()
    reader = browser.new_context().new_page()
    reader.goto(public)
    expect(reader.get_by_text("Four teams.")).to_be_visible()
    expect(reader.get_by_text("The State, and two donors.")).to_be_visible()

    # Norway writes the analysis; nobody outside reads it until the ISO issues it.
    norway.goto(desk)
    norway.get_by_role("link", name="Write the analysis").click()
    norway.locator("#id_text").fill(TEXT)
    norway.get_by_label("Recommended until").fill("2030-03-01")
    norway.get_by_label("Draft decision").fill("The Meeting grants Chad an extension until 1 March 2030.")
    norway.get_by_label("What is to be reached").first.fill("The survey of the north is finished.")
    norway.get_by_label("By which day").first.fill("2028-12-01")
    norway.get_by_role("button", name="Save").click()
    assert delegation.goto(desk).status == 404
    iso.goto(desk)
    iso.get_by_label("Agenda item").select_option(index=1)
    iso.get_by_role("button", name="Put it there").click()
    iso.get_by_role("button", name="Issue it as a paper").click()
    expect(iso.get_by_text("Issued as CCM/MSP/2027/1. Everybody can read it now.")).to_be_visible()

    # The meeting grants less than was asked, and less than was recommended.
    iso.get_by_role("link", name="Draft the decision").click()
    iso.locator("#id_text").fill("The Meeting grants Chad an extension until 1 June 2029.")
    iso.get_by_label("Granted until").fill("2029-06-01")
    iso.get_by_role("button", name="Keep the draft").click()
    iso.get_by_text("By general agreement", exact=True).click()
    iso.get_by_label("Adopted", exact=True).check()
    iso.get_by_role("button", name="Record the outcome").click()
    expect(iso.get_by_text("The decision is recorded and public.")).to_be_visible()

    # One date on every surface; a browser that holds a page from before keeps it for a minute at most.
    reader = browser.new_context().new_page()
    for address in (
        "states/chad/",
        "obligations/chad/",
        f"requests/chad/art4/{request.number}/",
        "obligations/?state=chad",
    ):
        reader.goto(f"{portal}/{address}")
        expect(reader.get_by_text("1 June 2029").first).to_be_visible()
    assert "20290601" in reader.request.get(f"{portal}/calendar/deadlines.ics").text()
    assert "2029-06-01" in reader.request.get(f"{portal}/api/v1/states/chad/").text()
    assert "2029-06-01" in reader.request.get(f"{portal}/api/v1/due-items/?state=TCD").text()
    reader.goto(public)
    expect(reader.get_by_text("Granted for less than was asked").first).to_be_visible()
    expect(reader.get_by_text("The survey of the north is finished.").first).to_be_visible()

    # The ladder restarts: 21 months ahead its first rung is reached again, and the benchmark has one of its own.
    on = date(2027, 9, 17)
    found = {one.key: one for one in due_items(on=on, states=State.objects.filter(iso3="TCD"))}
    deadline = found["compliance:TCD:art4:2029-06-01"]
    assert deadline.rung_on(on).day == -730
    assert [key for key in found if ":art4:" in key and "lodging" not in key] == [deadline.key]
    assert any(key.startswith("compliance:TCD:benchmark:") for key in found)
