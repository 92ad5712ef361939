"""Spreadsheets: a table of 10,000 rows that is uploaded and accepted, and the list of all reports as XLSX."""

import io
import time

from openpyxl import Workbook

from ccm_portal.bench import data
from ccm_portal.bench.figures import Row
from ccm_portal.core.models import User
from reporting.domain import published, tables, workbooks
from reporting.domain.sections import Seen
from reporting.form.answers import read_cell
from reporting.form.parts import Field
from reporting.models import SectionDraft

ROWS = 10_000
SECTION, TABLE = "stockpiles", "stocks"


def import_row(section: int) -> Row:
    """A file of so many rows, from its bytes to the draft: read, compared, accepted."""
    draft = SectionDraft.objects.select_related("report__state").get(pk=section)
    by, content = draft.report.created_by, a_file()
    assert isinstance(by, User)
    began = time.perf_counter()
    upload = workbooks.read_workbook(
        section=draft, content=content, name="bench.xlsx", language="en", by=by, at=data.NOW
    )
    read = time.perf_counter()
    counts = workbooks.review_of(upload, draft).counts()
    shown = time.perf_counter()
    seen = Seen(version=draft.version)
    saved = workbooks.accept(upload=upload, seen=seen, remove=True, with_unread=False, by=by, at=data.NOW)
    seconds = time.perf_counter() - began
    stored = len(saved.draft.answers["parts"][TABLE]["rows"])
    if stored != ROWS or counts["new"] != ROWS:
        raise AssertionError(f"{stored} of {ROWS} rows were taken in")
    beside = f"reading {read - began:.1f} s, comparing {shown - read:.1f} s"
    return Row(f"workbook of {ROWS:,} rows taken in", f"{seconds:.1f} s", beside, "under 60 s", seconds < 60)


def list_row() -> Row:
    """Every published report in one XLSX, beside the smallest list."""
    began = time.perf_counter()
    listing = tables.reports(published.listed(), site="http://localhost")
    content = listing.xlsx(at=data.NOW, language="en")
    seconds = time.perf_counter() - began
    told = f"{seconds:.2f} s, {len(content) / 1000:.0f} kB"
    return Row(f"XLSX of a list of {len(listing.rows):,} reports", told, aim="under 5 s", holds=seconds < 5)


def text_for(field: Field) -> str:
    """The first text that this question can read."""
    return next(text for text in data.TEXTS if (cell := read_cell(field, text)) and cell["is"] != "unreadable")


def a_file() -> bytes:
    """As a person would have it: every column of the table filled."""
    book = Workbook(write_only=True)
    page = book.create_sheet("Stocks")
    part = data.EDITION.section(SECTION).part(TABLE)
    page.append(["Row", *(str(column.label) for column in part.fields)])
    page.append([f"ccm:{data.EDITION.key}/{SECTION}/{TABLE}", *(column.key for column in part.fields)])
    answers = [text_for(column) for column in part.fields]
    for number in range(1, ROWS + 1):
        page.append([None, f"{answers[0]} {number}", *answers[1:]])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()
