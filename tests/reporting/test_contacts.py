"""Several contacts, of different institutions, with several mailboxes each: the same in every output."""

import html
import io
import json
import re

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from reporting.domain import documents, exports
from reporting.enums import Audience
from tests.reporting.support import add_row, complete, file, person, start

pytestmark = pytest.mark.django_db

CONTACTS = [
    ("Ministry of Foreign Affairs", "reports", "+856 21 1; +856 21 2", "a@mfa.example, reports@mfa.example"),
    ("National Regulatory Authority", "clearance and survey", "+856 21 3", "nra@nra.example; data@nra.example"),
    ("Ministry of Defence", "stockpiles", "unknown", "one@mod.example two@mod.example, three@mod.example"),
    ("Ministry of Health", "victim assistance", "+856 21 5", "health@moh.example"),
]
MAILBOXES = [
    ["a@mfa.example", "reports@mfa.example"],
    ["nra@nra.example", "data@nra.example"],
    ["one@mod.example", "two@mod.example", "three@mod.example"],
    ["health@moh.example"],
]
SHOWN = [
    [name, role, "Unknown" if phone == "unknown" else phone, ", ".join(boxes)]
    for (name, role, phone, _typed), boxes in zip(CONTACTS, MAILBOXES, strict=True)
]


@pytest.fixture
def version():
    caches["pages"].clear()
    by = person()
    report = start(by)
    for organisation, role, phone, email in CONTACTS:
        texts = {"organisation": organisation, "role": role, "phone": phone, "email": email}
        add_row(report, "header", "contacts", texts, by=by)
    return file(complete(report, by=by), by=by)


def test_the_page_names_every_one_with_all_its_mailboxes(version):
    page = Client().get(version.report.get_absolute_url()).content.decode()
    table = re.search(r'<section id="header">.*?<tbody[^>]*>(.*?)</tbody>', page, re.DOTALL)
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", table[1], re.DOTALL)
    cells = [[html.unescape(text) for text in re.findall(r"<bdi>(.*?)</bdi>", row)] for row in rows]

    assert cells == SHOWN


def test_the_document_names_the_same(version):
    data = exports.export_text(version, Audience.PUBLIC)
    header = documents.composed_document(version, data=data, audience=Audience.PUBLIC).header

    assert [[cell.text for cell in row] for row in header.blocks[0].rows] == SHOWN


def test_programs_read_each_mailbox_by_itself(version):
    address = reverse("files:report-json", args=["lao-pdr", "2025", 1])
    served = json.loads(b"".join(Client().get(address)))
    rows = served["report"]["sections"]["header"]["parts"]["contacts"]["rows"]

    assert [row["cells"]["organisation"]["text"] for row in rows] == [name for name, *_rest in CONTACTS]
    assert [row["cells"]["email"]["addresses"] for row in rows] == MAILBOXES


def test_the_workbook_has_one_row_for_each(version):
    answer = Client().get(reverse("files:report-xlsx", args=["lao-pdr", "2025", 1]))
    book = load_workbook(io.BytesIO(b"".join(answer)))
    [sheet] = [sheet for sheet in book if sheet.title.startswith("National points")]
    rows = [list(row)[:4] for row in sheet.iter_rows(values_only=True)]

    assert [row for row in rows if row[0] in {name for name, *_rest in CONTACTS}] == SHOWN
