"""Verify the register: every chain, every entry, and heads that were mailed out."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ccm_portal.core import register


def head(text: str) -> register.Head:
    """``chain:number:hash``, as the daily message gives it."""
    chain, number, digest = text.rsplit(":", 2)
    return register.Head(chain, int(number), digest)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head", action="append", default=[], type=head, help="chain:number:hash from a daily message"
        )

    def handle(self, **options: Any) -> None:
        found = list(register.faults(expected=options["head"]))
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"{len(found)} faults found")
        for last in register.heads():
            self.stdout.write(f"{last.chain}:{last.number}:{last.hash}")
        self.stdout.write("The register verifies.")
