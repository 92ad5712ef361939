"""Bring the reference tables to what the files in the repository say. Safe to run any time."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ccm_portal.core import clock
from ccm_portal.core.domain.reference import ReferenceRefused, load_reference_data


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options: Any) -> None:
        try:
            changes = load_reference_data(by=None, at=clock.now())
        except ReferenceRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["verbosity"]:
            for line in changes or ["The reference data is as the files say: nothing changed."]:
                self.stdout.write(line)
