"""The file page, the receipt, and the ISO's note of the acknowledgement."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from ccm_portal.core import clock
from ccm_portal.core.enums import MessageStatus, Role
from ccm_portal.core.models import OutgoingMessage, RegisterEntry
from reporting.form.editions import edition as edition_of
from reporting.models import ReportVersion, SectionDraft, Transmission
from tests import factories
from tests.reporting.support import IN_TIME, add_row, complete, file, person, start, write
from tests.support import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spring(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-03-01T10:00:00")


@pytest.fixture
def approver():
    return person(Role.APPROVER)


@pytest.fixture
def ready(approver):
    return complete(start(approver), by=approver)


def address(report, name="draft-file"):
    return reverse(f"reporting:{name}", args=[report.state.slug, report.slug])


def posted(page):
    form = page.context["form"]
    return {"filing_key": form["filing_key"].value(), "seen": form["seen"].value(), "confirmed": "on"}


def test_the_approver_checks_confirms_files_and_gets_the_receipt(approver, ready):
    client = sign_in(Client(), approver)

    page = client.get(address(ready))
    answer = client.post(address(ready), posted(page))
    receipt = client.get(answer.url)

    version = ReportVersion.objects.get()
    words = receipt.content.decode()
    assert (answer.status_code, answer.url) == (302, address(ready, "draft-filed"))
    assert version.receipt_number in words and version.content_hash in words
    assert "on time" in words
    assert version.filed_by == approver


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (MessageStatus.OWED, "As soon as its PDF is made"),
        (MessageStatus.UNCLEAR, "It could not be sent yet; the ISO has been told."),
        (MessageStatus.FAILED, "It could not be sent yet; the ISO has been told."),
        (MessageStatus.WITHDRAWN, "The ISO has settled this by other means."),
    ],
)
def test_the_receipt_says_how_the_sending_to_the_united_nations_stands(approver, ready, status, words):
    version = file(ready, by=approver)
    OutgoingMessage.objects.filter(key=f"reporting.filed_to_un:{version.pk}").update(status=status)
    page = sign_in(Client(), approver).get(address(ready, "draft-filed")).content.decode()
    office = sign_in(Client(), factories.person(Role.ISO_STAFF, "iso"))

    desk = office.get(reverse("dashboard:desk")).content.decode()

    said = ["As soon as its PDF is made", "It could not be sent yet", "The ISO has settled this"]
    assert [sentence in page for sentence in said] == [words.startswith(sentence) for sentence in said]
    assert ("1 message is unclear or failed: decide" in desk) is (status in ("unclear", "failed"))


def test_a_double_click_and_a_second_tab_lead_to_the_same_receipt(approver, ready):
    client = sign_in(Client(), approver)
    first, second = posted(client.get(address(ready))), posted(client.get(address(ready)))

    answers = [client.post(address(ready), form) for form in (first, first, second)]

    assert {(answer.status_code, answer.url) for answer in answers} == {(302, address(ready, "draft-filed"))}
    assert ReportVersion.objects.count() == 1


def test_the_approver_files_only_what_was_read(approver, ready):
    client = sign_in(Client(), approver)
    form = posted(client.get(address(ready)))
    write(ready, "stockpiles", {"programme.status": "Slipped in"}, by=person(Role.DRAFTER))

    refused = client.post(address(ready), form)

    assert "Stockpiles and destruction" in refused.context["refused"].non_field_errors()[0]
    assert ReportVersion.objects.count() == 0
    assert client.post(address(ready), posted(refused)).status_code == 302


def test_a_drafter_sees_whom_to_ask_and_cannot_file(approver, ready):
    client = sign_in(Client(), person(Role.DRAFTER))

    page = client.get(address(ready))
    answer = client.post(address(ready), posted(page))

    words = page.content.decode()
    assert "Only an approver of your State can file." in words and approver.email in words
    assert '<button type="submit">File the report' not in words
    assert answer.status_code == 403
    assert ReportVersion.objects.count() == 0


def test_without_the_tick_nothing_is_filed(approver, ready):
    client = sign_in(Client(), approver)
    form = posted(client.get(address(ready)))
    del form["confirmed"]

    answer = client.post(address(ready), form)

    assert answer.status_code == 200
    assert "Tick the box to confirm" in answer.content.decode()
    assert ReportVersion.objects.count() == 0


def test_what_stops_the_filing_is_listed_with_links_and_the_button_is_not_there(approver):
    report = start(approver)
    client = sign_in(Client(), approver)

    page = client.get(address(report))
    answer = client.post(address(report), posted(page))

    section = reverse("reporting:section-edit", args=["lao-pdr", "2025", "header"])
    for words in (page.content.decode(), answer.content.decode()):
        assert f'href="{section}#f-contacts"' in words
        assert '<button type="submit">File the report' not in words
    assert ReportVersion.objects.count() == 0


def test_a_late_report_is_told_so_and_taken(approver, ready, monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-11-22T16:41:00")
    client = sign_in(Client(), approver)

    page = client.get(address(ready))
    client.post(address(ready), posted(page))

    assert "marked 206 days late" in page.content.decode()
    assert ReportVersion.objects.get().days_late == 206


def test_a_right_that_ended_is_gone_on_the_next_request(approver, ready):
    client = sign_in(Client(), approver)
    form = posted(client.get(address(ready)))
    approver.memberships.update(ends=IN_TIME.date().replace(year=2025))

    assert client.post(address(ready), form).status_code == 404
    assert ReportVersion.objects.count() == 0


def test_demonstration_data_is_marked_on_the_receipt(approver):
    approver.is_demonstration = True
    approver.save()
    report = complete(start(approver), by=approver)
    file(report, by=approver)

    words = sign_in(Client(), approver).get(address(report, "draft-filed")).content.decode()

    assert "Demonstration data" in words


def test_the_iso_notes_the_acknowledgement_once(approver, ready):
    version = file(ready, by=approver)
    client = sign_in(Client(), factories.person(Role.ISO_STAFF, "iso"))
    place = reverse("reporting:transmission-acknowledge", args=[version.transmission.pk])

    assert version.receipt_number in client.get(reverse("reporting:transmission-list")).content.decode()
    form = client.get(place).context["form"]
    days = (IN_TIME.date() - timedelta(days=1), clock.today() + timedelta(days=1), "")
    refused = [client.post(place, {"on": day, "reference": "Note 14"}).status_code for day in days]
    first = client.post(place, {"on": IN_TIME.date(), "reference": "Note 14 of 3 March"})
    second = client.post(place, {"on": IN_TIME.date(), "reference": "Another"})

    transmission = Transmission.objects.get()
    assert (form["on"].value(), refused) == (clock.today(), [200, 200, 200])
    assert (first.status_code, second.status_code) == (302, 200)
    assert (transmission.acknowledged_on, transmission.acknowledged_at.date()) == (IN_TIME.date(), clock.today())
    assert IN_TIME.date().isoformat() in RegisterEntry.objects.latest("pk").payload
    assert (transmission.reference, transmission.sent_at) == ("Note 14 of 3 March", None)
    assert "reporting.transmission.acknowledge" in RegisterEntry.objects.values_list("action", flat=True)


def test_only_the_iso_follows_the_transmissions(approver, ready):
    version = file(ready, by=approver)
    client = sign_in(Client(), approver)

    assert client.get(reverse("reporting:transmission-list")).status_code == 404
    assert client.get(reverse("reporting:transmission-acknowledge", args=[version.transmission.pk])).status_code == 404


@pytest.mark.parametrize("language", ["/ar", "/fr", "/zh-hans"])
def test_the_pages_are_there_in_other_languages(approver, ready, language):
    client = sign_in(Client(), approver)
    with translation.override("en"):
        places = [address(ready, name) for name in ("draft-file", "draft-detail", "draft-preview")]

    with translation.override("en"):
        assert [client.get(language + place).status_code for place in places] == [200, 200, 200]


@pytest.mark.parametrize("seen", ["[" * 100_000, '{"header": "1"}', "[1]", "", "{}"])
def test_a_forged_list_of_what_was_read_files_nothing(approver, ready, seen):
    client = sign_in(Client(), approver)

    answer = client.post(address(ready), posted(client.get(address(ready))) | {"seen": seen})

    assert answer.status_code == 200
    assert ReportVersion.objects.count() == 0


def test_a_key_that_filed_another_report_files_nothing_and_is_told(approver, ready):
    client = sign_in(Client(), approver)
    first = posted(client.get(address(ready)))
    client.post(address(ready), first)
    second = complete(start(approver, year=2024), by=approver)

    answer = client.post(address(second), posted(client.get(address(second))) | {"filing_key": first["filing_key"]})

    assert (answer.status_code, "This page is out of date. Load it again, then file." in answer.content.decode()) == (
        200,
        True,
    )
    assert ReportVersion.objects.get().report == ready


@pytest.mark.parametrize("seen", ["9" * 5000, '{"header": ' + "9" * 5000 + "}", "[" * 5000])
def test_versions_that_no_page_ever_showed_are_refused_in_words(seen):
    by = person()
    report = complete(start(by), by=by)

    answer = sign_in(Client(), by).post(
        f"{report.get_draft_url()}file/", {"filing_key": "a" * 32, "seen": seen, "confirmed": "on"}
    )

    assert answer.status_code == 200 and not ReportVersion.objects.exists()


def test_before_the_confirmation_the_approver_reads_what_the_public_will_not(approver, ready):
    client = sign_in(Client(), approver)
    open_page = client.get(address(ready)).content.decode()
    add_row(ready, "stockpiles", "stocks", {"munition_type": "BL-755"}, by=approver)
    SectionDraft.objects.filter(report=ready, key="stockpiles").update(withheld=["stocks", "destruction_sites"])

    page = client.get(address(ready))

    words = page.content.decode()
    before_the_box = words.partition('id="file"')[2].partition('name="confirmed"')[0]
    said = words.partition('id="says"')[2].partition("</section>")[0]
    section = edition_of(ready.edition).section("stockpiles")
    title = str(section.part("stocks").title)
    assert "Everything in it is public." in open_page
    assert "Everything in it is public." not in words
    assert [(task.section.key, task.kept) for task in page.context["overview"].kept] == [("stockpiles", (title,))]
    assert "Kept for States Parties" in before_the_box
    assert f"<li>{section.title}: <b>{title}</b></li>" in before_the_box
    assert f"Kept for States Parties: {title}" in said
