"""What became of the keys of sealed data; and giving up what nobody can open any more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ccm_portal.core import clock
from sponsorship.domain import purging, round_keys
from sponsorship.models import RoundKey


class Command(BaseCommand):
    """List the rounds with their keys, or give up one whose key is lost for good."""

    help = "List the keys of sealed data by round; --give-up deletes what a lost key leaves unreadable."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--give-up", metavar="ROUND", help="the key of a round whose key file is lost for good")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["give_up"]:
            self._give_up(options["give_up"])
        for row in RoundKey.objects.select_related("round").order_by("round__key"):
            self.stdout.write(f"{row.round.key}: {round_keys.state_of(row)}")

    def _give_up(self, key: str) -> None:
        row = RoundKey.objects.select_related("round").filter(round__key=key).first()
        if row is None or round_keys.state_of(row) != round_keys.MISSING:
            raise CommandError(f"The key of {key!r} is not missing: nothing was deleted.")
        purging.give_up(row.round, at=clock.now())
        self.stdout.write(f"{key}: what nobody can open is deleted; what is written next has a new key.")
