"""What a report says of its period in the words of an earlier report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from reporting.form.common import Json
from reporting.form.parts import Edition, Section, Table

CARRIED = "carried:"


def tables_of_earlier_reports(edition: Edition, content: Json) -> Iterator[tuple[Section, Table, str]]:
    """The tables of figures for the period in which every answer is an earlier report's, and that report's slug."""
    for section in edition.sections:
        parts = content["sections"].get(section.key, {}).get("parts", {})
        for table in section.parts:
            if isinstance(table, Table) and table.of_period:
                rows = [row for row in parts.get(table.key, {}).get("rows", []) if is_of_period(table, row)]
                origins = {cell["from"] for row in rows for cell in row["cells"].values()}
                if origins and all(origin.startswith(CARRIED) for origin in origins):
                    yield section, table, max(origins).removeprefix(CARRIED)


def is_of_period(table: Table, row: Json) -> bool:
    """Whether a row speaks of the period alone."""
    if not table.of_period:
        return False
    asked = table.of_period if isinstance(table.of_period, Mapping) else {}
    return all(row["cells"].get(key, {}).get("choice") == choice for key, choice in asked.items())
