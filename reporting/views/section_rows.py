"""Tables of many rows, a page of them at a time: which rows a section's page draws, and how one goes to the others."""

from dataclasses import dataclass
from typing import Any

from reporting.models import SectionDraft

DRAWN = 50  # rows of a table on one page


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """The rows of one table that are drawn: the page's number, and how many rows there are in all."""

    part: str
    number: int
    all: int

    @property
    def pages(self) -> int:
        return -(-self.all // DRAWN)

    @property
    def first(self) -> int:
        """The place of the first row, counted from 0."""
        return (self.number - 1) * DRAWN

    @property
    def starts(self) -> int:
        return self.first + 1

    @property
    def ends(self) -> int:
        return min(self.first + DRAWN, self.all)

    @property
    def before(self) -> str:
        return f"?rows={self.part}.{self.number - 1}" if self.number > 1 else ""

    @property
    def after(self) -> str:
        return f"?rows={self.part}.{self.number + 1}" if self.number < self.pages else ""


def drawn(part: str, count: int, at: str) -> Drawn:
    """Which rows of a table to draw, where the address asks for ``at``: "stocks.3" is its third page."""
    asked, _dot, number = at.partition(".")
    wanted = int(number) if asked == part and number.isascii() and number.isdigit() and len(number) < 7 else 1
    return Drawn(part=part, number=max(1, min(wanted, -(-count // DRAWN))), all=count)


def page_of(draft: SectionDraft, path: str) -> str:
    """The page on which a row is drawn, as an address names it; "" for a path that is no row of a table."""
    part, _dot, rest = path.partition(".")
    rows: list[dict[str, Any]] = draft.answers.get("parts", {}).get(part, {}).get("rows", [])
    wanted = rest.partition(".")[0]
    for at, row in enumerate(rows):
        if row["id"] == wanted:
            return f"{part}.{at // DRAWN + 1}"
    return ""


def query_for(at: str) -> str:
    """The query that leads to a page of rows; "" for the first, which is drawn anyway."""
    return f"?rows={at}" if at and not at.endswith(".1") else ""
