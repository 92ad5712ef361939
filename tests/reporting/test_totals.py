"""Totals as everybody meets them: on the page, on the pages of a long table, in the preview, in the document."""

import json
import re

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from reporting.domain import exports
from reporting.domain.documents import composed_document
from reporting.domain.report_tables import ReportTables
from reporting.enums import Audience
from tests.reporting.published import publish
from tests.reporting.support import add_row, complete, file, person, start
from tests.support import sign_in

pytestmark = pytest.mark.django_db

KNOWN = "contamination_clearance/known_areas"
SIZES = {"r1": "1.2 km2", "r2": "30 ha", "r3": "5000 m2"}
TOTAL = ["Total of all rows", "1,505,000 m²"]


@pytest.fixture(autouse=True)
def fresh():
    caches["pages"].clear()


def line_of(page) -> list[str]:
    """What stands under the table."""
    foot = re.search("<tfoot>(.*?)</tfoot>", page.content.decode(), re.DOTALL)
    return [text for text in re.findall(r">([^<>]+)<", foot[1]) if text.strip()] if foot else []


def published(**fields):
    said = {}
    for row, size in SIZES.items():
        said |= {f"{KNOWN}.{row}.area_id": row, f"{KNOWN}.{row}.size": size}
    return publish(said=said, **fields)


def test_the_reader_is_told_what_the_rows_add_up_to_and_each_as_it_was_reported():
    version = published()
    page = Client().get(version.report.get_absolute_url())

    assert line_of(page) == TOTAL
    for size in ("1.2 km² (1,200,000 m²)", "30 ha (300,000 m²)", "5,000 m²"):
        assert size in page.content.decode()


def test_the_preview_tells_the_same_and_so_does_the_page_after_filing():
    by = person()
    report = start(by)
    for row, size in SIZES.items():
        add_row(report, "contamination_clearance", "known_areas", {"area_id": row, "size": size}, by=by)
    preview = sign_in(Client(), by).get(reverse("reporting:draft-preview", args=["lao-pdr", "2025"]))
    file(complete(report, by=by), by=by)

    assert (line_of(preview), line_of(Client().get(report.get_absolute_url()))) == (TOTAL, TOTAL)


def test_each_page_of_a_long_table_tells_the_total_of_all_its_rows():
    said = {f"{KNOWN}.r{number}.area_id": f"A-{number}" for number in range(1, 231)}
    said |= {f"{KNOWN}.r{number}.size": "2 ha" for number in range(1, 231)}
    version = publish(said=said)
    table = reverse("reporting:report-table", args=["lao-pdr", "2025", 1, "contamination_clearance", "known_areas"])
    pages = [version.report.get_absolute_url(), table, f"{table}?page=2"]

    assert [line_of(Client().get(page)) for page in pages] == [["Total of all rows", "460 ha (4,600,000 m²)"]] * 3


def test_the_document_tells_it_in_the_language_of_the_report():
    version = published(language="fr")
    data = exports.export_text(version, Audience.PUBLIC)
    forms = composed_document(version, data=data, audience=Audience.PUBLIC).forms
    [block] = [block for form in forms for block in form.blocks if block.totals]

    with translation.override("fr"):
        named = gettext("Total of all rows")
    assert [text.text for text in block.totals] == [named, "1\u202f505\u202f000 m²"]
    assert [cell.is_number for cell in block.total_cells] == [False, True]


def test_no_total_is_in_what_was_filed_nor_in_any_file():
    version = published()
    tables = ReportTables(version, "en")
    rows = [row for sheet in tables.book().sheets if hasattr(sheet, "rows") for row in sheet.rows]

    assert "1505000" not in version.content + version.public_content + tables.csv()
    assert "Total of all rows" not in tables.csv() + json.dumps(rows, default=str)
    assert all(1505000 not in row for row in rows)


def test_a_part_for_states_parties_has_no_total_in_public():
    version = published(withheld=[KNOWN])

    assert line_of(Client().get(version.report.get_absolute_url())) == []
