"""Bring the meetings held before the portal to what the files in the repository say. Safe to run any time."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ccm_portal.core import clock
from ccm_portal.core.domain.reference import ReferenceRefused
from committees.domain.presidency import load_presidencies
from meetings.domain.history import FOLDER, load_history


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--folder", type=Path, default=FOLDER, help="read the files from here instead")

    def handle(self, **options: Any) -> None:
        try:
            changes = load_presidencies(clock.now())  # first: meetings then keep their days
            changes += load_history(by=None, at=clock.now(), folder=options["folder"])
        except ReferenceRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["verbosity"]:
            for line in changes or ["The history of meetings is as the files say: nothing changed."]:
                self.stdout.write(line)
