"""Reports and lists as spreadsheets."""

import csv
import io
import json
import zipfile
from time import perf_counter

import pytest
from django.core.cache import caches
from openpyxl import load_workbook

from reporting.domain.report_tables import ReportTables
from tests.reporting.published import publish

pytestmark = pytest.mark.django_db

RELEASED = "contamination_clearance/released"
SITES = "stockpiles/destruction_sites"
SAID = {
    "stockpiles/stocks": None,
    f"{SITES}.r1.site": "=WORDTHATSTAYSSECRET()",
    "other_matters/matters.text": "=1+1 said in full",
    f"{RELEASED}.r1.province": "Savannakhet",
    f"{RELEASED}.r1.cleared": "15 540 100 m2",
    f"{RELEASED}.r2.province": "@Saravane",
    f"{RELEASED}.r2.cleared": "about 7.99 km2",
}
ADDRESS = "/files/reports/lao-pdr/2025/v1"


@pytest.fixture(autouse=True)
def fresh(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-11-24T12:00:00+00:00")
    caches["pages"].clear()


def book(answer):
    assert answer.status_code == 200
    return load_workbook(io.BytesIO(answer.content))


def rows(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def lines(answer):
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff"), newline="")))


def test_a_report_as_xlsx_has_a_cover_its_answers_and_a_sheet_for_each_table(client):
    publish(said=SAID, withheld=[SITES])
    made = book(client.get(f"{ADDRESS}.xlsx"))

    assert made.sheetnames == ["Report", "Answers", "F Land released in the period"]
    cover = dict(line[:2] for line in rows(made["Report"]) if line[0] and len(line) > 1)
    assert cover["State"] == "Lao People's Democratic Republic"
    assert cover["Filed"] == "28 April 2026, 09:30 UTC"
    assert cover["Receipt"] == "CCM-2025-LAO-1"
    assert cover["Kept for States Parties"] == "Stockpiles and destruction: Destruction sites"
    assert rows(made["F Land released in the period"]) == [
        ["Province", "Cleared", "Cleared (m²)"],
        ["Savannakhet", "15,540,100 m²", 15540100],
        ["@Saravane", "about 7.99 km²", 7990000],
    ]
    answers = rows(made["Answers"])
    assert [line[0] for line in answers if line[3] == "=1+1 said in full"] == ["J. Other relevant matters"]
    assert any("No cluster munitions are held." in line for line in answers)
    assert [cell for sheet in made for row in sheet.iter_rows() for cell in row if cell.data_type == "f"] == []


def test_a_part_kept_for_states_parties_is_named_and_never_said(client):
    publish(said=SAID, withheld=[SITES])
    for ending in ("xlsx", "csv"):
        content = client.get(f"{ADDRESS}.{ending}").content
        told = content if ending == "csv" else _unpacked(content)
        assert b"WORDTHATSTAYSSECRET" not in told
        assert b"This part is for States Parties only." in told


def _unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


def test_a_report_as_csv_has_one_line_for_each_answer(client):
    publish(said=SAID)
    found = lines(client.get(f"{ADDRESS}.csv"))

    assert found[0] == ["section", "part", "row", "column", "question", "answer", "number", "unit", "precision"]
    assert ["about", "", "", "receipt", "Receipt", "CCM-2025-LAO-1", "", "", ""] in found
    section, part = RELEASED.split("/")
    assert [line for line in found if line[1] == part] == [
        [section, part, "r1", "province", "Province", "Savannakhet", "", "", ""],
        [section, part, "r1", "cleared", "Cleared", "15,540,100 m²", "15540100", "m2", "exact"],
        [section, part, "r2", "province", "Province", "'@Saravane", "", "", ""],
        [section, part, "r2", "cleared", "Cleared", "about 7.99 km²", "7.99", "km2", "about"],
    ]


def test_the_language_is_that_of_the_report_unless_the_address_names_another(client):
    publish(said=SAID, language="fr")

    english = lines(client.get(f"{ADDRESS}.csv?lang=en"))
    french = lines(client.get(f"{ADDRESS}.csv"))
    unknown = lines(client.get(f"{ADDRESS}.csv?lang=xx"))
    assert "about 7.99 km²" in [line[5] for line in english]
    assert "environ 7,99 km²" in [line[5] for line in french]
    assert unknown == french


def test_a_demonstration_says_so_in_the_file(client):
    publish(said=SAID, provenance="demo")

    made = book(client.get(f"{ADDRESS}.xlsx"))

    assert made.properties.description.startswith("Demonstration data")
    assert "Demonstration data" in client.get(f"{ADDRESS}.csv").content.decode()


def test_provisional_figures_are_said_to_be_so():
    version = publish(said=SAID)
    version.public_content = version.public_content.replace('"period":', '"provisional": true, "period":', 1)

    assert "provisional,Figures,The figures are provisional." in ReportTables(version, "en").csv()
    assert "provisional" not in ReportTables(publish(said=SAID, number=2, report=version.report), "en").csv()


def test_an_unchanged_file_is_not_sent_again_and_nothing_of_a_draft_is_there(client):
    publish(said=SAID)
    first = client.get(f"{ADDRESS}.xlsx")

    assert client.get(f"{ADDRESS}.xlsx", headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert first["Content-Disposition"] == 'attachment; filename="ccm-lao-pdr-2025-v1.xlsx"'
    assert client.get("/files/reports/lao-pdr/2024/v1.xlsx").status_code == 404
    assert client.get("/files/reports/lao-pdr/2025/v2.csv").status_code == 404


def test_the_list_is_filtered_as_the_page_is(client):
    publish(said=SAID)
    publish("LBN", 2024)
    everything = lines(client.get("/files/reports.csv"))
    some = lines(client.get("/files/reports.csv?state=lao-pdr"))
    french = book(client.get("/files/reports.xlsx?year=2024&lang=fr"))

    assert sorted(line[0] for line in everything) == ["LAO", "LBN", "iso3"]
    assert [line[:5] for line in some[1:]] == [
        ["LAO", "Lao People's Democratic Republic", "Report for 2025", "annual", "2025"]
    ]
    assert [line[0] for line in rows(french.worksheets[0])[1:]] == ["LBN"]
    assert rows(french.worksheets[0])[1][1] == "Liban"


def test_a_list_costs_as_many_queries_for_many_as_for_one(client, django_assert_num_queries):
    publish("LAO", 2025)
    with django_assert_num_queries(2):
        client.get("/files/reports.xlsx")
    for year in (2021, 2022, 2023):
        publish("LBN", year)
    with django_assert_num_queries(2):
        client.get("/files/reports.xlsx")


def test_a_years_record_as_xlsx(client):
    publish(said=SAID)

    made = book(client.get("/files/reports/status/2025.xlsx")).worksheets[0]

    found = next(line for line in rows(made) if line[0] == "LAO")
    assert [found[1], found[2], found[3], found[6], found[7]] == [
        "Lao People's Democratic Republic",
        "Annual report",
        2025,
        "On time",
        None,
    ]


def test_ten_thousand_rows_are_written_in_seconds():
    version = publish(said={f"{RELEASED}.r{number}.cleared": "12 ha" for number in range(1, 3)})
    document = version.public_document
    part = document["sections"]["contamination_clearance"]["parts"]["released"]
    part["rows"] = [{**part["rows"][0], "id": f"r{number}"} for number in range(10_000)]
    version.public_content = json.dumps({**json.loads(version.public_content), "report": document})

    began = perf_counter()
    content = ReportTables(version, "en").xlsx()

    assert len(rows(load_workbook(io.BytesIO(content), read_only=True).worksheets[2])) == 10_001
    assert perf_counter() - began < 20


def test_the_pages_lead_to_the_files(client):
    publish(said=SAID)

    assert f"{ADDRESS}.xlsx?lang=en" in client.get("/reports/lao-pdr/2025/").content.decode()
    assert f"{ADDRESS}.csv?lang=fr" in client.get("/fr/reports/lao-pdr/2025/").content.decode()
    assert "/files/reports.xlsx?state=lao-pdr&amp;lang=en" in client.get("/reports/?state=lao-pdr").content.decode()
    assert "/files/reports/status/2025.xlsx?lang=en" in client.get("/reports/status/2025/").content.decode()
