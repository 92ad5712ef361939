"""The President opens a matter from an overdue report, names the two leaders of the universalisation committee, records
a call and a letter, the State's delegate answers, a formal request runs past its 28 days and is put to the next MSP;
ISO's director, an administrator and a superuser, looking everywhere, find no trace; the presidency passes on; the
report to the MSP holds the agreed words alone."""

import re
import subprocess

import pytest
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import expect

from ccm_portal.core import clock
from ccm_portal.core.enums import Role
from committees.models import TermPerson
from compliance import fence
from compliance.domain import case_entries, report_second
from compliance.domain.case_entries import Given
from compliance.models import ComplianceCase, PresidentReport
from compliance.rules_account import visible_passages
from tests.committees.factories import term
from tests.factories import UserFactory
from tests.journeys.people import delegate, sign_in
from tests.meetings.factories import meeting
from tests.support import sign_in as signed_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

SECRET = "Zarumilla depot"
EVERYWHERE = (
    "/desk/", "/search/?q=Zarumilla", "/states/peru/", "/obligations/", "/register/", "/office/people/",
    "/office/messages/", "/office/reminders/", "/meetings/14msp/", "/meetings/14msp/papers/", "/papers/", "/decisions/",
    "/api/v1/", "/admin/", "/cases/", "/cases/report/", "/cases/report/14msp/", "/compliance/reports/14msp/",
)  # fmt: skip


@pytest.fixture(autouse=True)
def time(monkeypatch):
    """Sets the clock; it begins in November 2026."""

    def is_now(moment):
        monkeypatch.setenv("PORTAL_NOW", f"{moment}T10:00:00+00:00")

    is_now("2026-11-20")
    call_command("build_static", verbosity=0)
    return is_now


def writes(page, address, kind, text, *, sayable, with_whom=""):
    """An entry of the time line, with what the report may say of it."""
    page.goto(f"{address}entries/new/")
    page.get_by_label(kind, exact=True).check()
    page.get_by_label("With whom").fill(with_whom)
    page.get_by_label("What was said").fill(text)
    page.get_by_label("What the President’s report may say of it").fill(sayable)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text(text).first).to_be_visible()


def leader(iso3):
    """One of the two leaders of the universalisation committee, with a second factor."""
    user, held = delegate(Role.COMMITTEE_LEADER, iso3).user, term("universalisation", iso3)
    TermPerson.objects.create(term=held, user=user, name=user.name, starts=held.starts)
    return user


def name_in(page, email, side, access):
    page.get_by_label("Their e-mail address").fill(email)
    page.get_by_label(side, exact=True).check()
    page.get_by_label(access, exact=True).check()
    page.get_by_role("button", name="Name in this matter").click()
    assert page.locator(".problems").all_inner_texts() == []


def test_a_matter_is_led_from_an_overdue_report_to_the_report_of_the_president(page, portal, time, new_context):
    meeting()
    old, states = delegate(Role.PRESIDENT, "HRV"), delegate(Role.APPROVER, "PER")
    leaders = [leader("CHE"), leader("PHL")]

    # The President opens a matter from what is overdue, and names who is to know of it.
    sign_in(page, portal, old)
    page.goto(f"{portal}/cases/offered/")
    page.get_by_label("State", exact=True).select_option("peru")
    page.get_by_role("button", name="Show", exact=True).click()
    page.get_by_role("link", name=re.compile("^Open a matter Peru")).first.click()
    page.get_by_label("The matter, in a few words").fill(f"Report on the {SECRET}")
    page.get_by_label("Words that no report may hold").fill(SECRET)
    page.get_by_role("button", name="Open the matter").click()
    address = page.url
    page.get_by_role("link", name="Who is named").click()
    for person in leaders:
        name_in(page, person.email, "With the President", "Reads and writes")
    name_in(page, states.user.email, "For the State concerned", "Reads and writes")
    with fence.reading_as(old.user):
        case = ComplianceCase.objects.get()
    call = "The President spoke with the State concerned, which promised its report."
    writes(page, address, "Call", f"They told of the {SECRET}.", sayable=call, with_whom="Ana Quispe")
    writes(page, address, "Letter", "A letter followed.", sayable=f"A letter on the {SECRET} followed.")
    put = Given(kind="concern", on=clock.today(), text="The report is late. When does it come?")
    concern = case_entries.add_entry(case=case, given=put, by=old.user, at=clock.now())

    # The State's delegate answers, and reads nothing that is not put to the State.
    theirs = new_context().new_page()
    sign_in(theirs, portal, states)
    theirs.goto(address)
    expect(theirs.locator("h1")).to_have_text(f"Report on the {SECRET}")
    expect(theirs.get_by_text("They told of")).to_have_count(0)
    theirs.goto(f"{address}entries/{concern.pk}/reply/")
    theirs.get_by_label("Your reply").fill("It comes in March.")
    theirs.get_by_role("button", name="Send the reply").click()
    expect(theirs.get_by_text("It comes in March.").first).to_be_visible()

    # A formal request runs past its 28 days and is put to the next meeting.
    page.goto(f"{address}formal/lodge/")
    page.locator("input[name=states][value=norway]").evaluate("box => box.checked = true")
    page.get_by_label("Request for clarification").fill("When does the report come?")
    page.get_by_label("Lodged with the UN Secretary-General on").fill("2026-11-20")
    page.get_by_role("button", name="Record a formal request").click()
    expect(page.get_by_text("No clock runs before the State has received the request.")).to_be_visible()
    page.get_by_role("link", name="Record the receipt").click()
    page.get_by_label("Received by the State concerned on").fill("2026-11-25")
    page.get_by_label("How the day of receipt is known").fill("Stamp of the mission")
    page.get_by_role("button", name="Record the receipt").click()
    expect(page.get_by_text("23 December 2026").first).to_be_visible()
    theirs.goto(f"{portal}/desk/")
    expect(theirs.get_by_role("link", name="Reply to a request for clarification").first).to_be_visible()
    time("2026-12-24")  # the 23rd has not ended everywhere on Earth
    page.reload()
    expect(page.get_by_role("link", name="Record that no reply came")).to_have_count(0)
    time("2026-12-25")
    page.reload()
    page.get_by_role("link", name="Record that no reply came").click()
    page.get_by_role("button", name="Record that no reply came").click()
    page.get_by_role("link", name="Submit it to the next meeting").click()
    page.get_by_label("Submission").fill("No reply came within 28 days.")
    page.get_by_role("button", name="Submit it to the next meeting").click()
    expect(page.get_by_role("link", name="Fourteenth Meeting of States Parties")).to_be_visible()

    # Whoever is not named finds no trace, wherever they look.
    director = delegate(Role.ISO_STAFF, "iso").user
    administrator = delegate(Role.ADMINISTRATOR, "iso").user
    superuser = UserFactory(is_staff=True, is_superuser=True)
    path = address.removeprefix(portal)
    traces = []
    for person in (director, administrator, superuser):
        client = signed_in(Client(), person)
        for place in (*EVERYWHERE, path, f"{path}formal/"):
            answer = client.get(place, follow=True)
            words = "" if answer.streaming else answer.content.decode()
            if place.startswith(("/cases/", "/compliance/")) and answer.status_code != 404:
                traces.append((person.name, place, answer.status_code))
            if "Zarumilla depot" in words or (str(case.pk) in words and place not in (path, f"{path}formal/")):
                traces.append((person.name, place, "words"))
    assert traces == []

    # The presidency passes on, and every matter with it.
    new = delegate(Role.PRESIDENT, "ESP")
    page.goto(f"{portal}/cases/")
    page.get_by_text("To the person who presides now").click()
    page.get_by_label("To", exact=True).select_option(str(new.user.pk))
    page.get_by_role("button", name="Hand all over").click()
    page.wait_for_url(f"{portal}/desk/")
    page.goto(address)
    expect(page.get_by_text(SECRET)).to_have_count(0)

    # The new President's report drafts itself; the restricted word is refused and put otherwise.
    time("2027-09-01")
    theirs.context.clear_cookies()
    sign_in(theirs, portal, new)
    theirs.goto(f"{portal}/cases/report/")
    theirs.get_by_role("button", name="Begin the report").click()
    agree = "Agree to these words"
    letter = theirs.locator("li", has_text=f"A letter on the {SECRET} followed.").last
    letter.get_by_role("button", name=agree).click()
    expect(theirs.get_by_text(f"“{SECRET}” is a word that no report may hold.", exact=False).first).to_be_visible()
    theirs.locator("li", has_text=f"A letter on the {SECRET}").last.get_by_role("link", name="Change the words").click()
    theirs.get_by_label("Words of the report").fill("A letter followed.")
    theirs.get_by_role("button", name="Save").click()
    for _round in range(2):
        theirs.get_by_role("button", name=agree).first.click()
    theirs.get_by_label("Second reader").select_option(str(leaders[0].pk))
    theirs.get_by_role("button", name="Send it to a second reader").click()
    with fence.reading_as(leaders[0]):
        account = PresidentReport.objects.get()
        assert [one.words for one in visible_passages(leaders[0], account)] == [call, "A letter followed."]
    report_second.agree(account=account, version=account.version, by=leaders[0], at=clock.now())
    theirs.reload()
    theirs.get_by_role("link", name="Issue it as a paper").click()
    theirs.get_by_role("button", name="Issue it as a paper").click()
    theirs.wait_for_url(f"{portal}/compliance/reports/14msp/")

    # Everybody reads the agreed words, and nothing else.
    everybody = new_context().new_page()
    everybody.goto(f"{portal}/compliance/reports/14msp/")
    read = everybody.locator("main article").inner_text()
    assert [line for line in read.splitlines() if line] == ["Article 7: transparency", call, "A letter followed."]
    pdf = everybody.request.get(everybody.get_by_role("link", name="PDF").evaluate("link => link.href")).body()
    paper = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    held = [
        word for word in ("Zarumilla", "Quispe", "They told", "Peru", "March") if word in paper + everybody.content()
    ]
    assert (held, "A letter followed." in paper) == ([], True)
