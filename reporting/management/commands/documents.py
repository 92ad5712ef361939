"""List the documents that could not be made, with the reason; with --again, owe them anew."""

from django.core.management.base import BaseCommand, CommandParser

from reporting.domain import pdfs


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--again", action="store_true", help="owe them anew")

    def handle(self, **options) -> None:
        for pdf in pdfs.parked():
            told = pdfs.try_again(pdf=pdf) if options["again"] else False
            done = " (owed anew)" if told else ""
            self.stdout.write(f"{pdf.version.receipt_number} {pdf.audience}: {pdf.error}{done}")
