"""Add the presidencies from the first Meeting of the States Parties on. Safe to run any time."""

from typing import Any

from django.core.management.base import BaseCommand

from ccm_portal.core import clock
from committees.domain.presidency import load_presidencies


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options: Any) -> None:
        changes = load_presidencies(clock.now())
        if options["verbosity"]:
            for line in changes or ["Every presidency of the file is there: nothing changed."]:
                self.stdout.write(line)
