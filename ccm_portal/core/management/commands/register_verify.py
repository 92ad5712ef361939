"""Verify the register: every chain this role sees (the owner: all), every entry, and what was mailed out."""

from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ccm_portal.core import register


def head(text: str) -> register.Head:
    """``chain:number:hash``, as the daily message gives it."""
    chain, number, digest = text.rsplit(":", 2)
    return register.Head(chain, int(number), digest)


def apart(text: str) -> tuple[date, str]:
    """``apart:day:digest``, as the daily message gives it."""
    day, digest = text.removeprefix("apart:").split(":")
    return date.fromisoformat(day), digest


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--head", action="append", default=[], type=head, help="chain:number:hash from a daily message"
        )

        parser.add_argument(
            "--apart", action="append", default=[], type=apart, help="apart:day:digest from a daily message"
        )

    def handle(self, **options: Any) -> None:
        found = list(register.faults(expected=options["head"]))
        found += [
            f"apart:{day}: differs from what was sent out"
            for day, digest in options["apart"]
            if not register.apart_holds(day, digest)
        ]
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"{len(found)} faults found")
        for last in register.heads():
            self.stdout.write(f"{last.chain}:{last.number}:{last.hash}")
        self.stdout.write("The register verifies.")
