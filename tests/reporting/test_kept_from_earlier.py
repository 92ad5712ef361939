"""What a State marks in a correction as kept for States Parties leaves its earlier versions too, in every output."""

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.test import Client

from ccm_portal.core.models import RegisterEntry
from reporting import receipt_check
from reporting.domain import corrections, figures, pdfs
from reporting.models import ReportFigure, ReportPdf, ReportVersion, SectionDraft
from tests.journeys.test_states_parties_only import text_in
from tests.reporting import support
from tests.reporting.pictures import picture
from tests.reporting.support import IN_TIME, add_row, attach, complete, file, person, start, write

pytestmark = pytest.mark.django_db

WORD = "Huaycanaria"
PHOTOGRAPH = "huaycanaria-magazine.jpg"
SITES = "stockpiles/destruction_sites"
STOCKS = "stockpiles/stocks"
LATER = datetime(2026, 6, 2, 8, 0, tzinfo=UTC)
OF_PERU = ("/reports/peru/", "/files/reports/peru/", "/receipts/", "/files/receipts/", "/states/peru/")
STARTS = (
    "/reports/peru/2025/",
    "/reports/peru/2025/v1/",
    "/reports/peru/2025/v1/changes/",
    "/reports/peru/2025/v1/tables/stockpiles/destruction_sites/",
    "/reports/?state=peru",
    "/files/reports.xlsx",
    "/files/reports.csv",
    f"/search/?q={WORD}",
    "/api/v1/reports/?state=peru",
    "/api/v1/reports/peru/2025/",
    "/api/v1/figures/?state=peru",
    "/api/v1/states/",
)


@pytest.fixture(autouse=True)
def summer(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-06-02T09:00:00+00:00")
    call_command("build_static", verbosity=0)


@pytest.fixture
def by():
    return person(iso3="PER")


@pytest.fixture
def version(by):
    """Filed with the places of the stocks public by mistake, and a photograph of one."""
    report = start(by, iso3="PER")
    add_row(report, "stockpiles", "destruction_sites", {"site": f"{WORD} magazine"}, by=by)
    add_row(report, "stockpiles", "stocks", {"munition_type": f"{WORD} BL755", "munitions": "12"}, by=by)
    row = add_row(report, "technical_characteristics", "produced", {"type": "BL755"}, by=by)
    attach(report, "technical_characteristics", f"produced.{row}.photographs", picture((320, 240)), PHOTOGRAPH, by=by)
    return file(complete(report, by=by), by=by)


KEPT = {"stockpiles": ["destruction_sites", "stocks"], "technical_characteristics": ["produced"]}


def made(version):
    """The version once its documents are made."""
    for pdf in ReportPdf.objects.filter(status="owed").order_by("pk"):
        assert pdfs.make(pk=pdf.pk, at=version.filed_at + timedelta(seconds=9)) == "ready"
    return version


def marked(report, kept):
    for key, parts in kept.items():
        report.sections.filter(key=key).update(withheld=parts)


def correct(version, by, *, kept=None, texts=None, key="c" * 32, at=LATER):
    """The next version of the report, with ``kept`` for States Parties."""
    report = corrections.open_correction(report=version.report, by=by, at=at)
    marked(report, kept or {})
    for section, typed in (texts or {}).items():
        write(report, section, typed, by=by, at=at)
    return corrections.file_correction(report=report, by=by, at=at, filing_key=key, note="Not public.")


def fresh(number=1):
    return ReportVersion.objects.select_related("report__state").get(report__slug="2025", number=number)


def everything_public():
    """What a reader gets from Peru's report and from the lists, and from every link in them that leads to Peru."""
    seen, waiting, client = {}, list(STARTS), Client()
    while waiting:
        place = waiting.pop()
        if place in seen:
            continue
        answer = client.get(place)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        seen[place] = text_in(content) + str(answer.headers)
        if answer.status_code == 200 and "html" in answer["Content-Type"]:
            waiting += links_to_peru(content.decode())
        elif answer.status_code == 302:
            waiting.append(answer["Location"])
    return seen


def links_to_peru(page):
    for piece in [*page.split('href="')[1:], *page.split('src="')[1:]]:
        address = urlsplit(piece.split('"', 1)[0].replace("&amp;", "&"))
        if address.path.startswith(OF_PERU):
            yield address.path + (f"?{address.query}" if address.query else "")


def telling(seen):
    """Where the word is told by anything but the address itself."""
    words = (WORD, WORD.lower())
    return sorted(
        place
        for place, text in seen.items()
        if any(word in text.replace(f"q={WORD}", "") for word in words) and not place.startswith("/search/")
    )


def test_no_public_output_of_any_version_holds_what_a_correction_keeps(version, by):
    made(version)
    before = everything_public()
    correct(version, by, kept=KEPT)
    meanwhile = everything_public()
    made(version)
    after = everything_public()

    formats = {"pdf", "json", "xlsx", "csv"}
    assert {place.rsplit(".")[-1].partition("?")[0] for place in telling(before)} >= formats
    assert [place for place in telling(before) if "/attachments/" in place] != []
    assert telling(meanwhile) == []
    assert telling(after) == []
    assert {place.rsplit("/v")[-1].partition("?")[0] for place in after if ".pdf" in place} == {"1.pdf", "2.pdf"}
    assert "Nothing found" in after[f"/search/?q={WORD}"]


def test_until_the_document_is_made_anew_its_page_says_so(version, by):
    old = ReportPdf.objects.get(version=made(version), audience="public").file
    correct(version, by, kept=KEPT)
    client = Client()

    waiting = client.get("/files/reports/peru/2025/v1.pdf")
    page = client.get(waiting["Location"])
    made(version)
    given = client.get("/files/reports/peru/2025/v1.pdf", headers={"If-None-Match": f'"{old.sha256}"'})

    assert (waiting.status_code, waiting["Location"]) == (302, "/reports/peru/2025/v1/pdf/")
    assert "is being made" in page.content.decode()
    assert given.status_code == 200 and given["ETag"] != f'"{old.sha256}"'
    assert ReportPdf.objects.filter(file=old).count() == 0


def test_the_document_for_the_united_nations_stays_as_it_was(version, by):
    whole = ReportPdf.objects.get(version=version, audience="full")
    assert pdfs.make(pk=whole.pk, at=IN_TIME) == "ready"
    whole.refresh_from_db()
    correct(version, by, kept=KEPT)

    assert ReportPdf.objects.get(pk=whole.pk).file_id == whole.file_id


def test_the_receipt_of_the_first_version_still_verifies(version, by, tmp_path):
    receipt = version.receipt
    correct(version, by, kept=KEPT)

    for name, address in {
        "report.json": "/files/reports/peru/2025/v1.json",
        "receipt.json": "/files/receipts/ccm-2025-per-1.json",
    }.items():
        (tmp_path / name).write_bytes(Client().get(address).content)
    export = json.loads((tmp_path / "report.json").read_text())
    told = subprocess.run(
        [sys.executable, "-I", receipt_check.__file__, tmp_path / "report.json", tmp_path / "receipt.json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert export["withheld"] == [SITES, STOCKS, "technical_characteristics/produced"]
    assert set(export["withheld"]) & set(export["salts"]) == set()
    assert told.returncode == 0, told.stdout
    assert (tmp_path / "receipt.json").read_text() == receipt
    call_command("receipt_verify", "--all")
    call_command("register_verify")


def test_what_was_filed_is_not_touched(version, by):
    frozen = ReportVersion.objects.filter(pk=version.pk).values().get()
    correct(version, by, kept=KEPT)

    assert ReportVersion.objects.filter(pk=version.pk).values().get() == frozen
    assert SITES.partition("/")[2] in fresh().full_document["sections"]["stockpiles"]["parts"]


def test_a_version_of_which_nothing_more_is_kept_is_given_byte_for_byte_as_it_was_filed(version, by):
    ReportPdf.objects.filter(version=version).update(attempts=1)
    correct(version, by, texts={"stockpiles": {"programme.status": "Done."}})

    assert fresh().public_text == version.public_content
    assert {pdf.attempts for pdf in ReportPdf.objects.filter(version=version)} == {1}


def test_a_newer_version_that_makes_it_public_publishes_it_there_alone(version, by):
    second = correct(version, by, kept=KEPT)
    correct(second, by, kept={"stockpiles": [], "technical_characteristics": []}, key="d" * 32)

    withheld = {number: fresh(number).public_export["withheld"] for number in (1, 2, 3)}
    assert withheld == {1: withheld[1], 2: withheld[1], 3: []}
    assert len(withheld[1]) == 3
    told = telling(everything_public())
    assert [place for place in told if "peru/2025/v1" in place or "peru/2025/v2" in place] == []
    assert "/files/reports/peru/2025/v3.json" in told


def test_a_part_that_is_marked_and_emptied_is_kept_as_well(version, by):
    report = corrections.open_correction(report=version.report, by=by, at=LATER)
    draft = report.sections.get(key="stockpiles")
    draft.answers["parts"]["destruction_sites"]["rows"] = []
    draft.withheld = ["destruction_sites"]
    draft.save()
    second = corrections.file_correction(report=report, by=by, at=LATER, filing_key="c" * 32, note="Taken out.")

    assert fresh().public_export["withheld"] == [SITES]
    assert second.public_export["withheld"] == []
    corrections.open_correction(report=second.report, by=by, at=LATER)
    assert SectionDraft.objects.get(report=report, key="stockpiles").withheld == ["destruction_sites"]


def test_a_correction_that_only_keeps_what_an_earlier_version_shows_is_something_to_file(version, by):
    report = corrections.open_correction(report=version.report, by=by, at=LATER)
    draft = report.sections.get(key="stockpiles")
    draft.answers["parts"]["destruction_sites"]["rows"] = []
    draft.save()
    second = corrections.file_correction(report=report, by=by, at=LATER, filing_key="c" * 32, note="Taken out.")
    third = correct(second, by, kept={"stockpiles": ["destruction_sites"]}, key="d" * 32)

    assert third.number == 3
    assert [fresh(number).public_export["withheld"] for number in (1, 2, 3)] == [[SITES], [], []]


def test_the_figures_of_earlier_versions_are_kept_with_their_part(version, by):
    correct(version, by, kept={"stockpiles": ["stocks"]})
    kept = set(ReportFigure.objects.filter(version=version, withheld=True).values_list("path", flat=True))
    figures.write(fresh())

    assert kept == set(
        ReportFigure.objects.filter(version=version, path__startswith="stockpiles.stocks.").values_list(
            "path", flat=True
        )
    )
    assert kept != set()
    assert set(ReportFigure.objects.filter(version=version, withheld=True).values_list("path", flat=True)) == kept


def test_the_register_names_the_parts_that_are_kept_from_earlier_versions(version, by):
    correct(version, by, kept={"stockpiles": ["destruction_sites"]})

    entry = RegisterEntry.objects.get(action="reporting.report.correct")
    assert json.loads(entry.payload)["data"]["kept_from_earlier"] == [SITES]


def test_another_report_of_the_state_is_not_touched(version, by):
    support.filed(by, iso3="PER", year=2024, at=IN_TIME)
    other = ReportVersion.objects.get(report__slug="2024")
    correct(version, by, kept=KEPT)

    assert ReportVersion.objects.select_related("report").get(pk=other.pk).public_text == other.public_content


def test_a_worker_that_had_the_document_in_hand_throws_it_away(version, by, monkeypatch):
    """The correction is filed while the first version's document is being set, and the new one is claimed meanwhile."""
    public = ReportPdf.objects.get(version=version, audience="public")
    whole = pdfs.documents.pdf

    def slowly(one, audience, *, attempt):
        content = whole(one, audience, attempt=attempt)
        correct(version, by, kept=KEPT)
        claimed = pdfs._claim(public.pk, IN_TIME)
        assert claimed.attempts == attempt
        return content

    monkeypatch.setattr(pdfs.documents, "pdf", slowly)
    outcome = pdfs.make(pk=public.pk, at=IN_TIME)
    public.refresh_from_db()

    assert (outcome, public.status, public.file) == ("owed", "owed", None)


def test_the_frozen_public_copy_is_read_in_one_place():
    """Everything else goes through ``public_text``, ``public_export`` or ``public_document``."""
    root = Path(receipt_check.__file__).parents[1]
    reading = {
        str(path.relative_to(root))
        for folder in ("reporting", "ccm_portal", "compliance", "meetings", "sponsorship", "committees")
        for path in (root / folder).rglob("*.py")
        if "migrations" not in path.parts
        and ".public_content" in path.read_text().replace("receipts.public_content", "")
    }
    assert reading == {"reporting/models/versions.py"}
