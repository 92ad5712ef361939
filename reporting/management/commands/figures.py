"""Make the figures of filed reports that statistics read, where they are missing; with --again, of every version."""

from django.core.management.base import BaseCommand, CommandParser

from reporting.domain import figures


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="make those anew that are there")

    def handle(self, **options) -> None:
        for version, made in figures.rewrite(again=options["again"]):
            self.stdout.write(f"{version.receipt_number}: {made}")
