"""Note which messages came back: reads delivery status notices (RFC 3464) from a file or a Maildir.

A notice about a message that the portal did not send is listed, never guessed. Run again, it changes nothing.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ccm_portal.core import bounces, clock


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("path", type=Path, help="one message in a file, a folder of such files, or a Maildir")

    def handle(self, **options: Any) -> None:
        path = options["path"]
        if not path.exists():
            raise CommandError(f"There is no {path}.")
        found: dict[str, int] = {}
        for outcome in bounces.take_in(path, at=clock.now()):
            found[outcome.what] = found.get(outcome.what, 0) + 1
            self.stdout.write(f"{outcome.name}: {outcome.what} {outcome.told}".rstrip())
        told = ", ".join(f"{count} {what}" for what, count in sorted(found.items()))
        self.stdout.write(told or "No mail there.")
