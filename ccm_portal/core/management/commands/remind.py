"""Owe the reminders that are due, as the schedule does; or go through a year again without sending anything."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from ccm_portal.core import clock, reminders
from ccm_portal.core.replay import Year, replay


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--on", type=date.fromisoformat, help="the day to act as of (YYYY-MM-DD)")
        which.add_argument("--replay", type=int, metavar="YEAR", help="count a year's reminders; none is sent")

    def handle(self, **options: Any) -> None:
        if options["replay"]:
            self._tell(options["replay"], replay(options["replay"]))
            return
        at = clock.now()
        new = reminders.remind(on=options["on"] or at.date(), at=at)
        self.stdout.write(f"{new} reminders owed")

    def _tell(self, year: int, found: Year) -> None:
        """Per rung, then to whom and in which language."""
        for rung in sorted({rung for rung, _role, _language in found.sent}):
            of_rung = {key[1:]: count for key, count in found.sent.items() if key[0] == rung}
            self.stdout.write(f"{rung:+d} days: {sum(of_rung.values())}")
            for (role, language), count in sorted(of_rung.items()):
                self.stdout.write(f"    {role}, {language}: {count}")
        total = sum(found.sent.values())
        verdict = "it adds up" if found.adds_up else "IT DOES NOT ADD UP"
        self.stdout.write(f"{year}: {total} reminders, {len(found.keys)} different ones: {verdict}")
        self.stdout.write(
            f"held back by a pause at some time: {len(found.held)}; nobody to remind: {len(found.nobody)}"
        )
