"""Tables for spreadsheets."""

import csv
import io
from collections.abc import Iterable

from reporting.domain.published import Record

FORMULA = ("=", "+", "-", "@", "\t", "\r")
STATUS_COLUMNS = ("iso3", "state", "report", "year", "due", "filed", "standing", "days_late", "page")


def status_csv(record: Record, *, site: str) -> str:
    """Who has filed for one year, as on the page, in English: names of columns and standings stay the same for all."""
    rows: list[Iterable[object]] = [STATUS_COLUMNS]
    for row in record.rows:
        rows.append(
            (
                row.state.iso3,
                row.state.name_en,
                row.kind.value,
                row.year or "",
                row.due.isoformat(),
                row.filed_at.date().isoformat() if row.filed_at else "",
                row.status.value,
                row.days_late or "",
                f"{site}/reports/{row.state.slug}/{row.report.slug}/" if row.report else "",
            )
        )
    return written(rows)


def written(rows: Iterable[Iterable[object]]) -> str:
    """Nothing in a cell can run as a formula. The mark at the start tells spreadsheets that it is UTF-8."""
    text = io.StringIO()
    csv.writer(text).writerows([[_cell(value) for value in row] for row in rows])
    return "\ufeff" + text.getvalue()


def _cell(value: object) -> str:
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text
