"""Bring the extension requests made before the portal to what the file in the repository says. Safe to run any time."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ccm_portal.core import clock
from ccm_portal.core.domain.reference import ReferenceRefused
from compliance.domain.request_history import FILE, load_extension_history


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--file", type=Path, default=FILE, help="read this file instead")

    def handle(self, **options: Any) -> None:
        try:
            changes = load_extension_history(by=None, at=clock.now(), path=options["file"])
        except ReferenceRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["verbosity"]:
            for line in changes or ["The history of requests is as the file says: nothing changed."]:
                self.stdout.write(line)
