"""Run every sweep once, as the schedule does."""

from typing import Any

from django.core.management.base import BaseCommand

from ccm_portal.core import clock, sweeper


class Command(BaseCommand):
    help = __doc__

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{sweeper.sweep_all(at=clock.now())} rows rung again")
