"""Lists of papers as a table to take away: fixed names of columns, in English, the same for all."""

from collections.abc import Iterable

from ccm_portal.core import sheets
from meetings.domain.paper_reading import Line

COLUMNS = ("symbol", "title", "kind", "issuers", "meetings", "languages", "advance_copies", "published", "page")


def csv(lines: Iterable[Line], *, site: str) -> str:
    """One row a paper. Languages are codes: "en fr"."""
    rows = [
        (
            line.symbol,
            line.title,
            line.document.kind,
            line.issuers,
            " ".join(meeting.key for meeting in line.meetings),
            " ".join(one.code for one in line.languages),
            " ".join(one.code for one in line.languages if one.is_advance),
            line.published_at.date() if line.published_at else None,
            site + line.url,
        )
        for line in lines
    ]
    return sheets.csv_text([COLUMNS, *rows])
