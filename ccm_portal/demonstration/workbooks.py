"""A section's workbook that a drafter has filled in and brought back: it waits to be seen, with a mistake in it."""

import io
from datetime import datetime

from openpyxl import load_workbook

from ccm_portal.core.models import User
from reporting.domain import workbooks
from reporting.models import SectionDraft

NAME = "demonstration.xlsx"


def bring_workbook(section: SectionDraft, table: str, row: dict[str, str], *, by: User, at: datetime) -> None:
    """Take the workbook out, write one more row into a table, bring it back."""
    book = load_workbook(io.BytesIO(workbooks.given_out(section, workbooks.DRAFT, language=by.language)))
    page = next(sheet for sheet in book if str(sheet["A2"].value).endswith(f"/{table}"))
    last = page.max_row + 1
    for cell in page[2][1:]:
        if cell.value in row:
            page.cell(last, cell.column).value = row[cell.value]
    kept = io.BytesIO()
    book.save(kept)
    workbooks.read_workbook(section=section, content=kept.getvalue(), name=NAME, language=by.language, by=by, at=at)
