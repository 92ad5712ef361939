"""Tables of thousands of rows: drawn a page at a time where they are written and where they are read."""

import io

import pytest
from django.core.cache import caches
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook

from ccm_portal.bench import sheets
from reporting.views.section_rows import DRAWN
from tests.reporting.published import publish
from tests.reporting.support import draft_of, start
from tests.support import sign_in

pytestmark = pytest.mark.django_db

KEY = "stockpiles"
RELEASED = "contamination_clearance/released"
TABLE = "/reports/lao-pdr/2025/v1/tables/contamination_clearance/released/"


@pytest.fixture(autouse=True)
def fresh():
    caches["pages"].clear()


@pytest.fixture
def client(by):
    return sign_in(Client(), by)


def stocks(number):
    """A file of so many rows."""
    book = Workbook(write_only=True)
    page = book.create_sheet("Stocks")
    page.append(["Row", "Type", "Munitions"])
    page.append([f"ccm:2010/{KEY}/stocks", "munition_type", "munitions"])
    for at in range(1, number + 1):
        page.append([None, f"Type {at}", at])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def brought_in(client, report, number):
    where = f"/my/lao-pdr/reports/{report.slug}/sections/{KEY}/"
    review = client.post(f"{where}workbook/", {"workbook": SimpleUploadedFile("s.xlsx", stocks(number))})["Location"]
    version = client.get(review).context["draft"].version
    assert client.post(review, {"version": version, "do": "accept"}).status_code == 302
    return where


def rows_of(page):
    part = next(part for part in page.context["page"].parts if part.part.key == "stocks")
    return [row.number for row in part.rows]


def test_a_section_draws_a_page_of_rows_and_leads_to_the_others(client, by):
    where = brought_in(client, start(by), 3 * DRAWN - 5)

    first, last = client.get(where), client.get(f"{where}?rows=stocks.3")

    assert rows_of(first) == list(range(1, DRAWN + 1))
    assert rows_of(last) == list(range(2 * DRAWN + 1, 3 * DRAWN - 4))
    assert "Rows 1 to 50 of 145" in first.content.decode()
    assert 'href="?rows=stocks.2#f-stocks"' in first.content.decode()
    assert rows_of(client.get(f"{where}?rows=stocks.99")) == rows_of(last)
    assert rows_of(client.get(f"{where}?rows=nothing.2")) == rows_of(client.get(f"{where}?rows=stocks.x"))


def test_what_is_written_on_one_page_of_rows_leaves_the_others_alone(client, by):
    report = start(by)
    where = brought_in(client, report, DRAWN + 2)
    page = client.get(f"{where}?rows=stocks.2")
    posted = {f"cell:{box.path}": box.text for box in page.context["page"].boxes}
    last = f"stocks.r{DRAWN + 2}"
    posted |= {
        "version": page.context["draft"].version,
        "page": "here",
        "was": page.context["page"].was_marks,
        f"cell:{last}.munitions": "7",
        "do": "save",
    }

    answer = client.post(f"{where}?rows=stocks.2", posted)

    assert (answer.status_code, answer["Location"]) == (302, f"{where}?rows=stocks.2")
    rows = draft_of(report, KEY).answers["parts"]["stocks"]["rows"]
    assert len(rows) == DRAWN + 2
    assert [row["cells"]["munitions"]["number"] for row in rows][-2:] == [DRAWN + 1, 7]


def test_a_new_row_is_gone_to_on_its_own_page(client, by):
    where = brought_in(client, start(by), DRAWN)
    page = client.get(where)

    answer = client.post(
        where,
        {"version": page.context["draft"].version, "page": "here", "was": "{}", "do": "add:stocks"},
    )

    assert answer["Location"] == f"{where}?rows=stocks.2#f-stocks-r{DRAWN + 1}"
    assert rows_of(client.get(f"{where}?rows=stocks.2")) == [DRAWN + 1]


def long_report(**more):
    return publish(said={f"{RELEASED}.r{at}.province": f"Province {at}" for at in range(1, 451)}, **more)


def test_a_reader_sees_the_first_rows_and_goes_on_to_all_of_them(client):
    long_report()

    page = client.get("/reports/lao-pdr/2025/").content.decode()
    assert "The first 200 rows of 450 are shown." in page
    assert TABLE in page
    assert "Province 200<" in page
    assert "Province 201<" not in page
    last = client.get(f"{TABLE}?page=3").content.decode()
    assert "Province 450<" in last
    assert "401 to 450 of 450" in last


def test_no_table_page_for_what_is_kept_is_not_said_or_is_not_there(client):
    long_report(withheld=[RELEASED])

    assert client.get(TABLE).status_code == 404
    assert client.get(TABLE.replace("released", "known_areas")).status_code == 404
    assert client.get(TABLE.replace("released", "nothing")).status_code == 404
    assert client.get(TABLE.replace("contamination_clearance", "nothing")).status_code == 404
    assert client.get(TABLE.replace("released", "programme")).status_code == 404


def test_ten_thousand_rows_are_in_within_a_minute(by):
    row = sheets.import_row(draft_of(start(by), KEY).pk)

    assert row.holds, row.told
    assert sheets.list_row().holds
