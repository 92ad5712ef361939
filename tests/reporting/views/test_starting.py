"""Starting a report from a file, on the State's own desk."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ccm_portal.core.enums import Role
from reporting.form.files import LARGEST
from reporting.models import Report
from tests.reporting.support import draft_of, filed, person, start, write
from tests.support import sign_in

pytestmark = pytest.mark.django_db

START = reverse("reporting:draft-start", args=["lao-pdr"])
WRITTEN = {
    "format": "ccm-article7/1",
    "state": "LAO",
    "kind": "annual",
    "year": 2025,
    "language": "fr",
    "sections": {
        "header": {"parts": {"contacts": {"rows": [{"organisation": "Autorité nationale"}]}}},
        "other_matters": {"parts": {"matters": {"values": {"text": "Rien de plus."}}}},
    },
}


@pytest.fixture(autouse=True)
def spring(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-03-01T10:00:00")


@pytest.fixture
def client():
    return sign_in(Client(), person(Role.DRAFTER))


def post(client, told, *, name="report.json", follow=False, **more):
    data = told if isinstance(told, bytes) else json.dumps(told).encode()
    form = {"kind": "annual", "year": 2025, "how": "file", "language": "en", **more}
    return client.post(START, {**form, "file": SimpleUploadedFile(name, data)}, follow=follow)


def words(page):
    return " ".join(page.content.decode().split())


def test_the_page_offers_a_file_beside_the_other_ways(client):
    page = client.get(f"{START}?kind=annual&year=2025")

    assert "Something needs your attention" not in words(page)
    assert 'enctype="multipart/form-data"' in words(page)
    assert [choice[0] for choice in page.context["form"].fields["how"].choices] == ["scratch", "file"]


def test_a_file_ends_in_the_task_list_with_what_was_read(client):
    page = post(client, WRITTEN, follow=True)

    report = Report.objects.get()
    assert page.redirect_chain == [(report.get_draft_url(), 302)]
    assert "Read from report.json: 2 answers in 2 sections, 1 row of tables." in words(page)
    assert "The file says nothing of: National implementation measures" in words(page)
    assert (report.language, draft_of(report, "other_matters").standing) == ("fr", "changed")


def test_every_problem_stands_beside_the_form_and_nothing_is_stored(client):
    broken = {
        **WRITTEN,
        "sections": {"stockpile": {}, "stockpiles": {"parts": {"stocks": {"rows": [{"munitions": "many"}]}}}},
    }

    page = post(client, broken, language="fr")

    said = words(page)
    assert page.status_code == 200
    assert "2 problems in report.json" in said
    assert "Stockpiles and destruction, “Cluster munitions held”, row 1, “Munitions”" in said
    assert "“many” is not a number. Write 12, about 12, at least 12, or unknown." in said
    assert "/sections/stockpile<" in said
    assert '<option value="fr" selected>' in said
    assert Report.objects.count() == 0


REFUSED = {
    "an image": (b"\x89PNG\r\n\x1a\n", {}, "This is no JSON file: it is not text in UTF-8."),
    "nothing": (b"", {}, "empty"),
    "too much": (b" " * (LARGEST + 1), {}, "The file is larger than 10 MB."),
    "another State's": ({**WRITTEN, "state": "BGR"}, {}, "This file is a report of Bulgaria, not of Lao People"),
    "another year's": ({**WRITTEN, "year": 2024}, {}, "The file is another: Report for 2024."),
    "a file that is not meant": (WRITTEN, {"how": "scratch"}, "You have chosen a file."),
    "markup": ({**WRITTEN, "<script>": 1}, {}, "“&lt;script&gt;” is not known here."),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_taken_is_said_on_the_page(client, what):
    told, more, sentence = REFUSED[what]

    page = post(client, told, **more)

    assert (page.status_code, Report.objects.count()) == (200, 0)
    assert sentence in words(page)


def test_whoever_forgets_the_file_is_asked_for_it(client):
    page = client.post(START, {"kind": "annual", "year": 2025, "how": "file", "language": "en"})

    assert (page.status_code, "Choose the file." in words(page), Report.objects.count()) == (200, True, 0)


def test_a_name_is_shown_as_text_and_without_its_folder(client):
    post(client, WRITTEN, name="C:\\reports\\<b>2025.json")

    cell = draft_of(Report.objects.get(), "other_matters").answers["parts"]["matters"]["values"]["text"]
    assert cell["from"] == "imported:<b>2025.json"


def test_a_file_that_is_in_the_portal_already_leads_there(client):
    post(client, WRITTEN)
    page = post(client, WRITTEN, follow=True)

    assert "What is in this file is in the portal already. Nothing was changed." in words(page)
    assert Report.objects.count() == 1


def test_a_file_takes_nothing_from_a_draft_that_is_there(client):
    by = person(Role.DRAFTER)
    write(start(by), "other_matters", {"matters.text": "Ours."}, by=by)

    page = post(client, WRITTEN)

    assert "There is a draft of this report already, and a file never overwrites one" in words(page)


def test_the_export_of_a_filed_report_leads_to_it(client):
    version = filed(person())

    page = post(client, version.public_content.encode(), name="v1.json")

    assert (page.status_code, page.url) == (302, reverse("reporting:draft-filed", args=["lao-pdr", "2025"]))


@pytest.mark.parametrize("who", [(Role.APPROVER, "BGR"), (Role.ISO_STAFF, "iso")])
def test_nobody_else_starts_one_for_the_state(who):
    assert post(sign_in(Client(), person(*who)), WRITTEN).status_code == 404
    assert Report.objects.count() == 0
