"""The ISO sees what leaves tomorrow, lets a State rest, lets it go on again, and sees what went."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from ccm_portal.core import clock, due_items, reminders
from ccm_portal.core.due_items import REPORT_LADDER, DueItem
from ccm_portal.core.enums import Role
from tests.factories import person, state
from tests.journeys.people import delegate, sign_in
from tests.journeys.scene import workers_run

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_the_office_pauses_a_state_and_sees_what_went(page, portal, monkeypatch):
    tomorrow = clock.today() + timedelta(days=1)
    item = DueItem(
        key="journey:LAO",
        title="Annual report",
        state=state("LAO"),
        due=tomorrow + timedelta(days=90),
        source="Article 7(2)",
        basis="30 April of each year.",
        url="/my/lao-pdr/",
        ladder=REPORT_LADDER,
    )
    monkeypatch.setattr(due_items, "_providers", [lambda on, states: [item]])
    drafter = person(Role.DRAFTER, "LAO")
    sign_in(page, portal, delegate(Role.ISO_STAFF, "iso"))
    page.get_by_role("link", name="Reminders", exact=True).click()
    expect(page.get_by_text("1 reminder will leave.")).to_be_visible()
    expect(page.get_by_text(drafter.name)).to_be_visible()

    page.locator("#id_state").select_option(str(state("LAO").pk))
    page.get_by_label("Last day").fill((tomorrow + timedelta(days=5)).isoformat())
    page.get_by_label("Reason").fill("Floods")
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(page.get_by_text("1 reminder is held back by a pause")).to_be_visible()
    expect(page.get_by_text("No reminder will leave tomorrow")).to_be_visible()

    page.get_by_role("button", name="End the pause").click()
    expect(page.get_by_text("1 reminder will leave.")).to_be_visible()

    assert reminders.remind(on=tomorrow, at=clock.now()) == 1
    workers_run()
    page.reload()
    expect(page.get_by_role("row").filter(has_text=drafter.name).get_by_text("Sent", exact=True)).to_be_visible()
    expect(page.get_by_text("No reminder will leave tomorrow")).to_be_visible()
