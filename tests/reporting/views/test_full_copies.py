"""What a State keeps for States Parties can be read by States Parties, and by nobody else."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from ccm_portal.core.enums import Role
from ccm_portal.core.permissions import may
from reporting.domain import pdfs, recalls
from reporting.form.editions import edition as edition_of
from reporting.models import ReportPdf, SectionDraft
from reporting.rules import visible_full_copies
from tests.factories import everyone, person
from tests.reporting import support
from tests.reporting.support import IN_TIME
from tests.support import sign_in

pytestmark = pytest.mark.django_db

WORD = "Huaycanaria"


@pytest.fixture(autouse=True)
def spring(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-03-01T10:00:00")


@pytest.fixture
def by():
    return support.person(iso3="PER")


@pytest.fixture
def version(by):
    report = support.start(by, iso3="PER")
    support.add_row(report, "stockpiles", "destruction_sites", {"site": f"{WORD} magazine"}, by=by)
    SectionDraft.objects.filter(report=report, key="stockpiles").update(withheld=["destruction_sites"])
    return support.file(support.complete(report, by=by), by=by)


def address(name, number=1):
    return reverse(f"reporting:{name}", args=["peru", "2025", number])


def test_states_parties_and_the_iso_read_the_whole_report_and_nobody_else(version):
    people = {
        **everyone("PER", "LBN"),
        "delegate of a signatory": person(Role.DRAFTER, "AGO"),
        "delegate of a State that withdrew": person(Role.HEAD_OF_DELEGATION, "LTU"),
        "delegate of a State that never joined": person(Role.APPROVER, "USA"),
    }

    met = {kind: sign_in(Client(), one).get(address("full-json")).status_code for kind, one in people.items()}
    rules = {kind: may(one, "reporting.read_full_copy", version.report) for kind, one in people.items()}
    sets = {kind: visible_full_copies(one).filter(pk=version.pk).exists() for kind, one in people.items()}

    delegates = ("drafter", "approver", "head of delegation", "other drafter", "other approver", "other head")
    readers = {*delegates, "ISO staff"}
    assert {kind for kind, status in met.items() if status == 200} == readers
    assert {status for kind, status in met.items() if kind not in readers} == {404}
    assert rules == sets == {kind: kind in readers for kind in people}


def test_the_files_hold_what_the_public_ones_do_not_and_nothing_on_the_way_keeps_them(version, by):
    for pdf in ReportPdf.objects.order_by("pk"):
        assert pdfs.make(pk=pdf.pk, at=IN_TIME + timedelta(seconds=9)) == "ready"
    client = sign_in(Client(), person(Role.DRAFTER, "LBN"))

    data, pdf = client.get(address("full-json")), client.get(address("full-pdf"))
    page = client.get(address("full-copy")).content.decode()

    assert WORD in json.dumps(json.loads(data.content)["report"])
    assert WORD not in version.public_text
    assert b"".join(pdf.streaming_content).startswith(b"%PDF-")
    assert [one["Cache-Control"] for one in (data, pdf)] == ["private, no-store"] * 2
    assert [one["Content-Disposition"] for one in (data, pdf)] == [
        'attachment; filename="ccm-peru-2025-v1-full.json"',
        'attachment; filename="ccm-peru-2025-v1-full.pdf"',
    ]
    title = str(edition_of(version.report.edition).section("stockpiles").part("destruction_sites").title)
    assert f"<b>{title}</b>" in page
    assert address("full-pdf") in page and address("full-json") in page and WORD not in page


def test_until_its_pdf_is_made_the_page_says_so(version, by):
    client = sign_in(Client(), by)

    answer = client.get(address("full-pdf"), follow=True)

    assert answer.redirect_chain == [(address("full-copy"), 302)]
    assert "Waiting to be made" in answer.content.decode()


def test_of_a_recalled_report_there_is_no_copy(version, by):
    recalls.recall_report(report=version.report, reason="It was not ours.", seen=1, by=by, at=IN_TIME)

    answers = [sign_in(Client(), by).get(address(name)) for name in ("full-copy", "full-pdf", "full-json")]

    assert [answer.status_code for answer in answers] == [404] * 3


def test_whoever_may_read_it_is_led_there_and_the_public_page_is_the_same_for_everybody(version, by):
    state, office = sign_in(Client(), by), sign_in(Client(), person(Role.ISO_STAFF, "iso"))

    public, mine = (one.get(version.report.get_absolute_url()).content for one in (Client(), state))
    filed = state.get(version.report.get_receipt_url()).content.decode()
    beside = office.get(reverse("reporting:office-report", args=["peru", "2025"])).content.decode()

    assert public == mine
    assert "States Parties read the whole report here (sign in)" in public.decode()
    assert all(address("full-copy") in page for page in (public.decode(), filed, beside))


def test_where_nothing_is_kept_no_page_speaks_of_it():
    everything = support.filed(support.person())

    page = Client().get(everything.report.get_absolute_url()).content.decode()

    assert "States Parties read the whole report here" not in page
