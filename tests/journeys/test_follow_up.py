"""A leader notes a contact with a next step; it falls overdue and reaches its owner's desk, and mailbox."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from ccm_portal.core.enums import Role
from committees.domain import follow_up_mail
from committees.models import FollowUp, TermPerson
from tests.committees import factories
from tests.journeys.people import delegate, sign_in
from tests.journeys.scene import workers_run

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_a_next_step_falls_overdue_and_reaches_its_owners_desk(page, portal, monkeypatch, mailoutbox):
    monkeypatch.setenv("PORTAL_NOW", "2026-11-24T10:00:00+00:00")
    term = factories.term("clearance", "NOR")
    leader, owner = delegate(Role.COMMITTEE_LEADER, "NOR"), delegate(Role.COMMITTEE_LEADER, "NOR")
    for who in (leader, owner):
        TermPerson.objects.create(term=term, user=who.user, name=who.user.name, starts=term.starts)

    sign_in(page, portal, leader)
    page.get_by_role("link", name="Clearance", exact=True).click()
    page.get_by_role("link", name="Note a contact").click()
    page.get_by_text("African States").click()
    page.get_by_label("Chad", exact=True).check()
    page.get_by_label("How", exact=False).select_option("margins")
    page.get_by_label("About what").fill("Their request for more time")
    page.get_by_label("Next step").fill("Send them the guidelines")
    page.get_by_label("Whose it is").select_option(label=f"{owner.user.name} (Norway)")
    page.get_by_label("By when").fill("2026-11-25")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_role("heading", name="Their request for more time")).to_be_visible()
    expect(page.get_by_text("Send them the guidelines")).to_be_visible()
    page.context.clear_cookies()

    monkeypatch.setenv("PORTAL_NOW", "2026-11-27T10:00:00+00:00")
    assert follow_up_mail.remind(at=datetime(2026, 11, 27, 10, tzinfo=UTC)) == 1
    workers_run()
    assert [(mail.to, mail.subject) for mail in mailoutbox if "overdue" in mail.subject] == [
        ([owner.user.email], "Something of yours is overdue: Clearance")
    ]

    sign_in(page, portal, owner)
    mine = page.get_by_role("listitem").filter(has_text="Send them the guidelines")
    expect(mine.get_by_text("Overdue")).to_be_visible()
    mine.get_by_role("link").click()
    page.get_by_label("What came of it").fill("They have them.")
    page.get_by_role("button", name="It is done").click()
    expect(page.get_by_text("They have them.")).to_be_visible()
    page.goto(f"{portal}/desk/")
    expect(page.get_by_text("Send them the guidelines")).to_have_count(0)
    assert FollowUp.objects.get().done_by == owner.user
