"""Print each State's dates under the Convention, base and current, with their reasons."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ccm_portal.core import clock
from ccm_portal.core.domain.treaty_dates import TreatyDates, treaty_dates
from ccm_portal.core.enums import Clock

LABELS = {
    "entry_into_force": "in force",
    "withdrawn_effective": "withdrawn",
    "initial_report_due": "initial report",
    "art3_base_deadline": "Art. 3, base",
    "art3_deadline": "Art. 3, current",
    "art4_base_deadline": "Art. 4, base",
    "art4_deadline": "Art. 4, current",
}
NOTE_LABELS: dict[str, str] = {Clock.ART3: "Art. 3, note", Clock.ART4: "Art. 4, note"}


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, help="the day to look at (YYYY-MM-DD); today if left out")
        parser.add_argument("--json", action="store_true", help="one JSON list, a row for each State")

    def handle(self, **options: Any) -> None:
        rows = treaty_dates(on=options["on"] or clock.today())
        if options["json"]:
            self.stdout.write(json.dumps([asdict(row) for row in rows], default=str, ensure_ascii=False, indent=1))
            return
        for row in rows:
            for line in _lines(row):
                self.stdout.write(line)


def _lines(row: TreatyDates) -> Iterator[str]:
    yield f"{row.iso3}  {row.name} ({row.status.label})"
    for column, label in LABELS.items():
        day = getattr(row, column)
        if day:
            yield f"     {label:<16} {day}  {_reason(row, column)}"
    for clock_key, note in row.notes.items():
        yield f"     {NOTE_LABELS[clock_key]:<16} {note}"


def _reason(row: TreatyDates, column: str) -> str:
    base = column.replace("_deadline", "_base_deadline")
    if base != column and row.reasons.get(base) == row.reasons[column]:
        return "Not extended."
    return row.reasons[column]
