"""A signatory and a State that has not joined: nothing is owed, and what they report is never due nor late."""

import html
import re

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from reporting.enums import ReportKind, StartFrom
from reporting.models import Report
from tests import factories
from tests.reporting.support import complete, file, person, start
from tests.support import sign_in

pytestmark = pytest.mark.django_db

SIGNATORY, NOT_A_PARTY = "AGO", "USA"
LATENESS = re.compile(r"\b(late|overdue|due|in time|reminders?)\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def fresh():
    caches["pages"].clear()


@pytest.fixture(params=[SIGNATORY, NOT_A_PARTY])
def state(request):
    return factories.state(request.param)


@pytest.fixture
def by(state):
    return person(iso3=state.iso3)


@pytest.fixture
def client(by):
    return sign_in(Client(), by)


def words(page) -> str:
    """What stands in the page's own part, without what is for machines."""
    assert page.status_code == 200
    main = page.content.decode().partition("<main")[2].partition("</main>")[0]
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", main).split()))


def of_lateness(text: str) -> list[str]:
    return LATENESS.findall(text)


def begun(state, by) -> Report:
    return start(by, iso3=state.iso3, kind=ReportKind.VOLUNTARY, year=2024)


def filed(state, by):
    return file(complete(begun(state, by), by=by), by=by)


def test_the_desk_says_that_nothing_is_owed_and_offers_a_voluntary_report(state, client):
    page = client.get(reverse("reporting:my-state", args=[state.slug]))

    assert "Your State owes no report It is not bound by the Convention." in words(page)
    assert page.content.decode().count("Start a voluntary report") == 1
    assert client.get(f"/my/{state.slug}/reports/start/?kind=voluntary").status_code == 200


def test_it_is_started_by_page_and_asks_for_its_year(state, client):
    address = reverse("reporting:draft-start", args=[state.slug])
    sent = {"kind": ReportKind.VOLUNTARY, "how": StartFrom.SCRATCH, "language": "en"}
    refused = client.post(address, sent)
    begun = client.post(address, sent | {"year": 2024})

    assert refused.context["form"].errors == {"year": ["This field is required."]}
    assert begun["Location"] == Report.objects.get(state=state).get_draft_url()
    assert "A voluntary report has no day on which it is due." in words(client.get(f"{address}?kind=voluntary"))


def test_the_draft_and_the_page_of_filing_speak_of_no_day(state, by, client):
    report = begun(state, by)
    task_list = words(client.get(report.get_draft_url()))
    desk = words(client.get(reverse("reporting:my-state", args=[state.slug])))
    complete(report, by=by)
    to_file = words(client.get(reverse("reporting:draft-file", args=[state.slug, report.slug])))

    assert "Voluntary report for 2024 Voluntary: no day is set for it" in desk
    assert "Check and file: Voluntary report for 2024" in to_file
    assert [of_lateness(text) for text in (task_list, to_file)] == [[], []]


def test_it_is_filed_by_page_and_its_receipt_knows_no_day(state, by, client):
    report = complete(begun(state, by), by=by)
    address = reverse("reporting:draft-file", args=[state.slug, report.slug])
    fresh = client.get(address).context["form"].initial
    sent = {"filing_key": fresh["filing_key"], "seen": client.get(address).context["form"]["seen"].value()}
    client.post(address, {**sent, "seen": seen(fresh["seen"]), "confirmed": "on"})
    receipt = words(client.get(report.get_receipt_url()))

    assert f"Voluntary report for 2024 of {state.name} is public." in receipt
    assert "A copy of this receipt comes to you by mail." in receipt
    assert of_lateness(receipt) == []


def seen(versions) -> str:
    return "{" + ",".join(f'"{key}":{version}' for key, version in versions.items()) + "}"


def test_readers_are_told_what_it_is_and_nothing_of_lateness(state, by):
    version = filed(state, by)
    pages = [version.report.get_absolute_url(), reverse("reporting:receipt-detail", args=[version.receipt_number])]
    said = [words(Client().get(page)) for page in pages]

    assert all("Voluntary report" in text for text in said)
    assert [of_lateness(text) for text in said] == [[], []]
    assert 'data-status="late"' not in Client().get(pages[0]).content.decode()
    assert 'data-status="on-time"' not in Client().get(pages[0]).content.decode()


def test_it_stands_in_the_list_and_on_the_state_and_in_no_count_of_who_filed(state, by):
    client = Client()
    before = words(client.get(reverse("reporting:filing-status")))
    version = filed(state, by)
    caches["pages"].clear()
    listed = words(client.get(f"{reverse('reporting:report-list')}?kind=voluntary"))

    assert f"1 report State Report Filed In time Language {state.name} Voluntary report for 2024" in listed
    assert "0 reports" not in listed
    assert "Voluntary report for 2024" in words(client.get(state.get_absolute_url()))
    assert words(client.get(reverse("reporting:filing-status"))) == before
    assert state.name not in before
    assert [
        words(client.get(f"{reverse('reporting:report-list')}?{which}")).count("Voluntary report for 2024")
        for which in ("filed=on-time", "filed=late")
    ] == [0, 0]
    assert version.report.due is None


def test_programs_read_a_voluntary_report_with_no_day_and_no_lateness(state, by):
    filed(state, by)
    [one] = Client().get(f"/api/v1/reports/?state={state.iso3}").json()["results"]

    assert (one["kind"], one["year"], one["due"], one["days_late"]) == ("voluntary", 2024, None, None)


def test_an_annual_report_is_refused_with_the_way_to_a_voluntary_one(state, client):
    address = reverse("reporting:draft-start", args=[state.slug])
    page = client.post(address, {"kind": "annual", "year": 2025, "how": "scratch", "language": "en"})

    assert f"{state.name} owes no annual report for 2025. Start a voluntary report instead." in words(page)
