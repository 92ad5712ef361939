"""Owe the reminders that are due, as the schedule does."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ccm_portal.core import clock, reminders


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--on", type=date.fromisoformat, help="the day to act as of (YYYY-MM-DD)")

    def handle(self, **options: Any) -> None:
        at = clock.now()
        new = reminders.remind(on=options["on"] or at.date(), at=at)
        self.stdout.write(f"{new} reminders owed")
