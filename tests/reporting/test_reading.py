"""Reading what was filed: the list, a report, who has filed, receipts and files."""

import json
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest
from django.core.cache import caches

from ccm_portal.core import files
from reporting.domain.published import record
from reporting.enums import Audience, PdfStatus, ReportStatus
from reporting.form.checks import CHECKS
from reporting.models import ReportPdf
from tests.reporting.published import publish

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7 a report"
CLEARED = "contamination_clearance/released"
SAID = {
    "stockpiles/stocks": None,
    "other_matters/matters.text": "First line.\n\nSecond line <script>alert(1)</script>.",
    f"{CLEARED}.r1.province": "Savannakhet",
    f"{CLEARED}.r1.cleared": "15 540 100 m2",
    f"{CLEARED}.r2.province": "Saravane",
    f"{CLEARED}.r2.cleared": "7.99 km2",
}


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-11-24T12:00:00+00:00")
    caches["pages"].clear()


def page_of(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def ready(version):
    stored = files.store(content=PDF, name="r.pdf", at=version.filed_at)
    return ReportPdf.objects.create(version=version, audience=Audience.PUBLIC, status=PdfStatus.READY, file=stored)


def test_a_report_is_read_with_its_sections_its_answers_and_its_receipt(client):
    publish(said=SAID)
    page = page_of(client, "/reports/lao-pdr/2025/")
    for words in (
        "No cluster munitions are held.",
        "15,540,100",
        "Savannakhet",
        "First line.",
        "28 April 2026, 09:30 UTC",
        "On time",
        "CCM-2025-LAO-1",
        'href="#stockpiles"',
        'href="/files/reports/lao-pdr/2025/v1.json"',
    ):
        assert words in page
    assert "<script>alert" not in page
    assert "Demonstration data" not in page


def test_a_report_is_read_in_the_language_of_the_page_and_its_words_keep_their_own(client):
    publish(said=SAID, language="fr")
    page = page_of(client, "/ar/reports/lao-pdr/2025/")
    assert 'dir="rtl"' in page
    assert '<dd lang="fr">' in page


def test_demonstration_data_is_marked_on_every_page(client):
    publish(said=SAID, provenance="demo")
    for address in ("/", "/reports/", "/reports/lao-pdr/2025/", "/receipts/CCM-2025-LAO-1/"):
        assert "Demonstration data" in page_of(client, address)
    assert json.loads(page_of(client, "/files/reports/lao-pdr/2025/v1.json"))["report"]["provenance"] == "demo"


def test_what_is_new_since_the_report_before_is_marked(client):
    publish("LAO", 2024, SAID)
    publish("LAO", 2025, SAID | {f"{CLEARED}.r2.cleared": "8 km2"})
    page = page_of(client, "/reports/lao-pdr/2025/")
    changed = page.split('<tr class="changed">')[1:]
    assert [part.split("<bdi>")[1].split("</bdi>")[0] for part in changed] == ["Saravane"]
    assert 'href="/reports/lao-pdr/2024/"' in page


def test_nothing_is_marked_where_there_is_no_report_before(client):
    publish(said=SAID)
    page = page_of(client, "/reports/lao-pdr/2025/")
    assert ('class="changed"' in page, 'class="new"' in page) == (False, False)


def test_an_unchanged_section_leads_to_the_report_that_said_it(client):
    publish("LAO", 2024, SAID)
    publish("LAO", 2025, unchanged={"stockpiles": {"slug": "2024", "filed_on": "2025-04-28"}})
    page = page_of(client, "/reports/lao-pdr/2025/")
    assert "Unchanged since the report for 2024, filed on 28 April 2025." in page
    assert 'href="/reports/lao-pdr/2024/#stockpiles"' in page


def test_a_withheld_part_is_named_and_not_shown(client):
    publish(said=SAID, withheld=["other_matters/matters"])
    page = page_of(client, "/reports/lao-pdr/2025/")
    assert "This part is for States Parties only." in page
    assert "First line." not in page
    assert "First line." not in page_of(client, "/files/reports/lao-pdr/2025/v1.json")


def test_a_late_report_says_by_how_many_days(client):
    publish(said=SAID, filed_at=datetime(2026, 5, 20, 12, tzinfo=UTC))
    assert "20 days late" in page_of(client, "/reports/lao-pdr/2025/")
    assert "20 days late" in page_of(client, "/reports/")


def test_a_correction_is_the_report_and_the_earlier_version_stays_readable(client):
    first = publish(said=SAID)
    publish(
        report=first.report,
        said={"other_matters/matters.text": "Corrected."},
        number=2,
        filed_at=datetime(2026, 6, 2, 8, tzinfo=UTC),
    )
    now, before = page_of(client, "/reports/lao-pdr/2025/"), page_of(client, "/reports/lao-pdr/2025/v1/")
    assert ("Corrected." in now, "One table was wrong." in now, "On time" in now) == (True, True, True)
    assert ("First line." in before, "Version 2 has corrected it." in before) == (True, True)
    assert client.get("/reports/lao-pdr/2025/v3/").status_code == 404


def test_a_recalled_report_is_nowhere(client):
    version = publish(said=SAID)
    ready(version)
    type(version.report).objects.filter(pk=version.report_id).update(
        status=ReportStatus.RECALLED, recalled_at=version.filed_at, recall_note="Filed by mistake."
    )
    for address in (
        "/reports/lao-pdr/2025/",
        "/reports/lao-pdr/2025/v1/",
        "/reports/lao-pdr/2025/v1/pdf/",
        "/receipts/CCM-2025-LAO-1/",
    ):
        notice = client.get(address)
        assert notice.status_code == 410
        assert not any(text in notice.content.decode() for text in SAID.values() if text)
    for address in (
        "/files/reports/lao-pdr/2025/v1.json",
        "/files/reports/lao-pdr/2025/v1.pdf",
        "/files/receipts/CCM-2025-LAO-1.json",
    ):
        assert client.get(address).status_code == 410


def rows(page):
    return [part.split("<bdi>")[1].split("</bdi>")[0] for part in page.split('<tr><th scope="row">')[1:]]


def test_the_list_is_filtered_sorted_and_paged_by_its_address(client):
    publish("LAO", 2025, SAID)
    publish("DEU", 2024, SAID, language="fr")
    publish("HRV", None, SAID, slug="initial", due=date(2026, 4, 29))
    asked = {
        "": ["Croatia", "Germany", "Lao People&#x27;s Democratic Republic"],
        "?year=2024": ["Germany"],
        "?kind=initial": ["Croatia"],
        "?filed=late": ["Germany"],
        "?filed=on-time&region=eastern-european": ["Croatia"],
        "?language=fr": ["Germany"],
        "?state=lao-pdr&page=9": ["Lao People&#x27;s Democratic Republic"],
        "?state=atlantis&sort=poems&year=x": ["Croatia", "Germany", "Lao People&#x27;s Democratic Republic"],
    }
    assert {query: sorted(rows(page_of(client, f"/reports/{query}"))) for query in asked} == asked
    assert rows(page_of(client, "/reports/?sort=state")) == asked[""]


def test_pages_of_the_list_hold_fifty(client):
    for year in range(1960, 2020):
        publish("LAO", year, filed_at=datetime(year + 1, 4, 1, tzinfo=UTC))
    assert len(rows(page_of(client, "/reports/"))) == 50
    assert len(rows(page_of(client, "/reports/?page=2"))) == 10


def test_who_has_filed_who_is_late_and_who_is_missing_for_any_year(client):
    publish("LAO", 2024, filed_at=datetime(2025, 4, 20, tzinfo=UTC))
    publish("DEU", 2024, filed_at=datetime(2025, 6, 1, tzinfo=UTC))
    page = page_of(client, "/reports/status/2024/?sort=status&region=western-european-other")
    listed = page.split('id="rows"')[1]
    assert ("Germany" in listed, "1 June 2025" in listed, "Lao People" in listed.split('id="never"')[0]) == (
        True,
        True,
        False,
    )
    told = record(2024, at=datetime(2026, 11, 24, tzinfo=UTC))
    by_state = {row.state.iso3: (row.status, row.days_late) for row in told.rows if row.year}
    assert by_state["LAO"] == ("on-time", 0)
    assert by_state["DEU"] == ("late", 32)
    assert by_state["HRV"] == ("missing", (date(2026, 11, 24) - date(2025, 4, 30)).days)


def test_the_record_tells_who_never_filed_the_first_report():
    publish("LAO", None, slug="initial", due=date(2011, 1, 28))
    told = record(2025, at=datetime(2026, 11, 24, tzinfo=UTC))
    missing = {row.state.iso3 for row in told.never_filed}
    assert ("LAO" in missing, "DEU" in missing, "LTU" in missing) == (False, True, False)


@pytest.mark.parametrize("address", ["/reports/status/2009/", "/reports/status/2026/", "/reports/status/99999/"])
def test_a_year_without_record_is_not_found(client, address):
    assert client.get(address).status_code == 404


def test_odd_orders_and_regions_of_the_record_are_passed_over(client):
    assert client.get("/reports/status/?sort=__class__&region=%00").status_code == 200


def test_every_check_stands_on_the_public_page(client):
    page = page_of(client, "/reports/checks/")
    assert [key for key in CHECKS if f'id="{key}"' not in page] == []
    assert page.count("For example:") == len(CHECKS)
    assert "12 times 147 is 1,764, not 1,746." in page


def test_the_receipt_page_tells_how_to_check_and_the_files_check_out(client, tmp_path):
    publish(said=SAID, withheld=["other_matters/matters"])
    page = page_of(client, "/receipts/ccm-2025-lao-1/")
    told = json.loads(page_of(client, "/files/receipts/CCM-2025-LAO-1.json"))
    assert told["hash"] in page
    report, program = tmp_path / "report.json", tmp_path / "receipt_check.py"
    report.write_text(page_of(client, "/files/reports/lao-pdr/2025/v1.json"))
    program.write_text(page_of(client, "/files/receipt_check.py"))
    command = [sys.executable, str(program), str(report), told["hash"]]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0
    report.write_text(report.read_text().replace("15540100", "15540101"))
    assert subprocess.run(command, capture_output=True, check=False).returncode == 1


def test_the_pdf_is_given_as_a_file_that_no_browser_sniffs(client):
    version = publish(said=SAID)
    ready(version)
    answer = client.get("/files/reports/lao-pdr/2025/v1.pdf")
    assert b"".join(answer.streaming_content) == PDF
    told = {name: answer.headers[name] for name in ("Content-Type", "Content-Disposition", "X-Content-Type-Options")}
    assert told == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="ccm-lao-pdr-2025-v1.pdf"',
        "X-Content-Type-Options": "nosniff",
    }
    again = client.get("/files/reports/lao-pdr/2025/v1.pdf", headers={"if-none-match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_the_copy_for_the_united_nations_is_not_given_to_the_public(client):
    version = publish(said=SAID)
    full = files.store(content=PDF + b" in full", name="full.pdf", at=version.filed_at)
    ReportPdf.objects.create(version=version, audience=Audience.FULL, status=PdfStatus.READY, file=full)
    answer = client.get("/files/reports/lao-pdr/2025/v1.pdf")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/reports/lao-pdr/2025/v1/pdf/")


@pytest.mark.parametrize(
    "status, words, looks_again",
    [
        (PdfStatus.OWED, "The PDF is being made", True),
        (PdfStatus.RENDERING, "The PDF is being made", True),
        (PdfStatus.FAILED, "The PDF could not be made yet", False),
    ],
)
def test_a_pdf_that_is_not_there_yet_says_how_it_stands(client, status, words, looks_again):
    ReportPdf.objects.create(version=publish(said=SAID), audience=Audience.PUBLIC, status=status)
    answer = client.get("/reports/lao-pdr/2025/v1/pdf/")
    assert (words in answer.content.decode(), "Refresh" in answer.headers) == (True, looks_again)


def test_the_way_to_the_pdf_ends_at_the_file_once_it_is_there(client):
    ready(publish(said=SAID))
    answer = client.get("/fr/reports/lao-pdr/2025/v1/pdf/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/files/reports/lao-pdr/2025/v1.pdf")


def test_a_drawn_report_is_not_drawn_again_in_the_same_language(client, django_assert_max_num_queries):
    publish(said=SAID)
    page = page_of(client, "/reports/lao-pdr/2025/")
    with django_assert_max_num_queries(1):
        assert page_of(client, "/reports/lao-pdr/2025/") == page
    assert "Savannakhet" in page_of(client, "/fr/reports/lao-pdr/2025/")


def test_a_report_page_costs_few_queries_however_many_years_stand_beside_it(client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        caches["pages"].clear()
        with CaptureQueriesContext(connection) as queries:
            page_of(client, "/reports/lao-pdr/2025/")
        return len(queries)

    publish("LAO", 2024, SAID)
    publish("LAO", 2025, SAID)
    few = cost()
    for year in (2020, 2021, 2022):
        publish("LAO", year, SAID)
    assert cost() == few <= 8


def test_of_a_report_whose_day_is_not_known_nothing_is_said_of_late_or_on_time(client):
    publish("LAO", 2016, SAID, provenance="iso", due=None, filed_at=datetime(2026, 11, 24, tzinfo=UTC))
    page = page_of(client, "/reports/lao-pdr/2016/")
    assert "the day of filing is not known" in page
    assert ("days late" in page.split("</header>")[1], "On time" in page.split("</header>")[1]) == (False, False)
    told = record(2016, at=datetime(2026, 11, 24, tzinfo=UTC))
    row = next(row for row in told.rows if row.state.iso3 == "LAO" and row.year)
    assert (row.status, row.days_late, row.filed_at) == ("undated", 0, None)
    assert rows(page_of(client, "/reports/?filed=late")) == []
    assert rows(page_of(client, "/reports/?filed=on-time")) == []
    assert "Day not known" in page_of(client, "/reports/")


def test_a_report_has_one_lettering_and_the_reader_is_told_whose(client):
    publish("FRA", 2025, language="fr")
    publish("DEU", 2025, language="en")
    note = "Letters as in the form of the report’s language (French)."
    swapped = '<span class="letter">C</span> Retained and transferred'
    english, german = (client.get(f"/reports/{state}/2025/").content.decode() for state in ("france", "germany"))
    assert [(note in page, swapped in page) for page in (english, german)] == [(True, True), (False, False)]
    assert '<small><bdi dir="ltr">7.1(h)</bdi>, <bdi dir="ltr">7.1(i)</bdi></small>' in english
