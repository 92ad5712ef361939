"""An observer proposes a working paper; the ISO accepts it onto two items; it appears first as an advance copy, the
next day edited in French; who follows the meeting gets one mail."""

import re
from datetime import UTC, datetime

import pytest
from django.core import mail
from django.core.management import call_command
from playwright.sync_api import expect

from ccm_portal.core import outbox, sweeper
from ccm_portal.core.enums import MessageStatus, Role
from ccm_portal.core.models import OutgoingMessage
from meetings.domain import agenda_publishing
from meetings.models import Agenda
from tests.journeys.people import delegate, sign_in
from tests.meetings.factories import item, meeting
from tests.papers import PDF, docx

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FIRST, SECOND, THIRD = (f"2027-03-0{day}T09:00:00+00:00" for day in (1, 2, 3))
SYMBOL = "CCM/MSP/2027/WP.1"


@pytest.fixture(autouse=True)
def first_day(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", FIRST)
    call_command("build_static", verbosity=0)


@pytest.fixture
def desk(browser, portal):
    """A page of each person's own, signed in."""
    contexts = []

    def opened(role, acts_for):
        context = browser.new_context()
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        sign_in(page, portal, delegate(role, acts_for))
        return page

    yield opened
    for context in contexts:
        context.close()


def the_morning_of(day, monkeypatch):
    """The sweeper and the worker, at 06:00; the mails that left."""
    at = datetime.fromisoformat(day).astimezone(UTC).replace(hour=6)
    monkeypatch.setenv("PORTAL_NOW", at.isoformat())
    mail.outbox.clear()
    sweeper.sweep_all(at=at)
    for message in OutgoingMessage.objects.filter(status=MessageStatus.OWED, kind="meetings.papers_news"):
        outbox.deliver(pk=message.pk, at=at)
    monkeypatch.setenv("PORTAL_NOW", day)
    return [one.subject for one in mail.outbox]


def test_a_paper_goes_from_an_observer_to_everybody_and_its_follower(page, portal, desk, monkeypatch):
    msp = meeting()
    for title in ("Clearance and destruction", "International cooperation and assistance"):
        item(msp, title)
    agenda_publishing.publish(
        meeting=msp, version=Agenda.objects.get(meeting=msp).version, by=None, at=datetime(2027, 2, 1, tzinfo=UTC)
    )
    observer, office, follower = (
        desk(Role.OBSERVER, "cmc"),
        desk(Role.ISO_STAFF, "iso"),
        desk(Role.DRAFTER, "LAO"),
    )

    # A delegate follows the meeting, from its public page.
    follower.goto(f"{portal}/meetings/14msp/papers/")
    follower.get_by_role("link", name="Be told once a day what is new").click()
    follower.get_by_role("button", name="Follow").first.click()
    expect(follower.get_by_text("You are told once a day what is new, if anything is.")).to_be_visible()

    # The observer proposes a paper on one item.
    observer.goto(f"{portal}/meetings/14msp/papers/")
    observer.get_by_role("link", name="Propose a paper").click()
    observer.get_by_label("Title", exact=True).fill("Clearance in steep terrain")
    observer.get_by_label("The paper", exact=True).set_input_files(
        {"name": "paper.docx", "mimeType": "application/octet-stream", "buffer": docx()}
    )
    observer.get_by_label("1 Clearance and destruction").check()
    observer.get_by_role("button", name="Propose the paper").click()
    expect(observer.get_by_text("Waits for the ISO")).to_be_visible()

    # The ISO finds it on its desk, and accepts it onto two items under the symbol that is offered.
    office.goto(f"{portal}/desk/")
    office.get_by_role("link", name="1 paper to accept or not").click()
    office.get_by_role("link", name="Clearance in steep terrain").click()
    expect(office.get_by_label("Symbol")).to_have_value(SYMBOL)
    office.get_by_label("2 International cooperation and assistance").check()
    office.get_by_role("button", name="Accept the paper").click()
    expect(office.get_by_text(f"Accepted as {SYMBOL}.")).to_be_visible()
    page.goto(f"{portal}/meetings/14msp/papers/")
    expect(page.get_by_text("No papers yet")).to_be_visible()

    # The advance copy is out: everybody finds it under both items.
    office.get_by_role("button", name="Publish the text that waits").click()
    expect(office.get_by_text("1 text is public now.")).to_be_visible()
    page.goto(f"{portal}/meetings/14msp/papers/?day=1")
    expect(page.get_by_text("Advance copy: English")).to_be_visible()
    for label in ("1 Clearance and destruction", "2 International cooperation and assistance"):
        expect(page.get_by_role("link", name=label)).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("link", name=re.compile("English.*Advance copy")).click()
    assert saved.value.suggested_filename == "CCM-MSP-2027-WP.1-en-advance.docx"

    # One mail the next morning; then the edited French version.
    assert the_morning_of(SECOND, monkeypatch) == ["1 new paper"]
    assert f"{SYMBOL}  Clearance in steep terrain\nEnglish (Advance copy)" in mail.outbox[0].body
    office.reload()
    office.get_by_text("A further language, or the edited text in place of an advance copy").click()
    office.get_by_label("Language", exact=True).select_option("fr")
    office.get_by_label("File", exact=True).set_input_files(
        {"name": "papier.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    office.get_by_label("Title in that language").fill("Le déminage en terrain escarpé")
    office.get_by_label("Edited").check()
    office.get_by_label("Publish it now").check()
    office.get_by_role("button", name="Add this text").click()
    expect(office.get_by_text("The text is added and published.")).to_be_visible()
    page.goto(f"{portal}/fr/papers/{SYMBOL}/")
    expect(page.get_by_role("heading", name="Le déminage en terrain escarpé")).to_be_visible()

    # Its one mail the morning after, and none on a day without news.
    assert the_morning_of(THIRD, monkeypatch) == ["1 new paper"]
    assert f"{SYMBOL}  Clearance in steep terrain\nFrench" in mail.outbox[0].body
    assert the_morning_of("2027-03-04T09:00:00+00:00", monkeypatch) == []

    # The observer sees what became of it; the follower stops with one click.
    observer.reload()
    expect(observer.get_by_text(SYMBOL).first).to_be_visible()
    follower.goto(f"{portal}/my/following/")
    follower.get_by_role("button", name="Stop").click()
    expect(follower.get_by_text("Stopped. No more mail comes about it.")).to_be_visible()
