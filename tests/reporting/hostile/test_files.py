"""Whatever stands in a report, the files that leave are of the same build as for plain words, and run nothing."""

import csv
import io
import json
import re
import zipfile

import pikepdf
import pytest

from ccm_portal.core.sheets import BYTE_ORDER_MARK, unguarded
from reporting.domain import documents
from reporting.enums import Audience
from tests.reporting import published
from tests.reporting.hostile.pages import plain, said

pytestmark = pytest.mark.django_db

PLACE = "/files/reports/lao-pdr/2025/v1"
ACTIVE = ("/JavaScript", "/JS", "/Launch", "/SubmitForm", "/ImportData", "/RichMedia", "/OpenAction", "/AA")


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setenv("PORTAL_NOW", "2026-11-24T12:00:00+00:00")


def answers(said_of_it) -> set[str]:
    return {text for text in said_of_it.values() if text}


def test_no_cell_of_a_workbook_is_a_formula(client):
    published.publish(said=said(str))

    with zipfile.ZipFile(io.BytesIO(client.get(f"{PLACE}.xlsx").content)) as book:
        sheets = {name: book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets/")}
        names = book.namelist()

    cells = [cell for sheet in sheets.values() for cell in re.findall(r"<c [^>]*>.*?</c>", sheet, re.S)]
    assert len(cells) > 400
    assert [cell for cell in cells if "<f" in cell] == []
    assert [name for name in names if "externalLink" in name or "vba" in name.lower() or "_rels/sheet" in name] == []


def test_no_cell_of_a_csv_begins_like_a_formula_and_each_is_read_back_whole(client):
    texts = said(str)
    published.publish(said=texts)

    written = client.get(f"{PLACE}.csv").content.decode().removeprefix(BYTE_ORDER_MARK)
    cells = [cell for row in csv.reader(io.StringIO(written)) for cell in row]

    assert [cell for cell in cells if re.match(r"[\s\u200b-\u200f]*[=+@＝＋＠\t\r]", cell)] == []
    assert answers(texts) - {unguarded(cell) for cell in cells} == set()


def test_the_json_holds_every_text_and_nothing_beside_it(client):
    texts = said(str)
    published.publish(said=texts)

    told = json.loads(client.get(f"{PLACE}.json").content)

    assert answers(texts) - set(strings_in(told["report"])) == set()


def strings_in(thing):
    if isinstance(thing, str):
        yield thing
    elif isinstance(thing, dict | list):
        for value in thing.values() if isinstance(thing, dict) else thing:
            yield from strings_in(value)


def few(written) -> dict[str, str]:
    """Enough for a document of some pages: every text once, in a table and in paragraphs."""
    return {place: text for place, text in said(written).items() if place.startswith(("national", "other", "risk"))}


def build_of(pdf: bytes) -> dict[str, object]:
    """What a reader's program could act on, and what is attached."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        told = [str(thing) for thing in opened.objects if isinstance(thing, pikepdf.Dictionary)]
        links = [
            str(note["/A"]["/URI"]).split("/receipts")[0]
            for page in opened.pages
            for note in page.get("/Annots", [])
            if "/URI" in note.get("/A", {})
        ]
        return {
            "active": [key for key in ACTIVE for one in told if f'"{key}"' in one],
            "attached": sorted(opened.attachments),
            "links": sorted(set(links)),
            "headings": len([one for one in told if '"/S": "/H' in one]),
        }


def test_a_pdf_acts_no_more_than_that_of_plain_words():
    made = []
    for year, written in ((2024, str), (2025, plain)):
        version = published.publish(year=year, said=few(written))
        made.append(build_of(documents.pdf(version, Audience.PUBLIC)))

    hostile, harmless = made
    harmless["attached"] = [name.replace("2025", "2024") for name in harmless["attached"]]
    assert hostile == harmless
    assert hostile["active"] == []
    assert hostile["headings"] > 10
