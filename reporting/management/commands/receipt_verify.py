"""Verify receipts: of the reports named by receipt number, or of all that were ever filed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from reporting.domain.verification import faults
from reporting.models import ReportVersion


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("numbers", nargs="*", metavar="RECEIPT", help="for example CCM-2025-LAO-1")
        parser.add_argument("--all", action="store_true", help="every version")

    def handle(self, **options: Any) -> None:
        numbers = [number.upper() for number in options["numbers"]]
        if bool(numbers) == options["all"]:
            raise CommandError("Name receipts, or say --all.")
        versions = ReportVersion.objects.select_related("report__state").order_by("pk")
        if numbers:
            versions = versions.filter(receipt_number__in=numbers)
            known = set(versions.values_list("receipt_number", flat=True))
            if unknown := [number for number in numbers if number not in known]:
                raise CommandError(f"There is no receipt {', '.join(unknown)}.")
        checked, found = 0, []
        for version in versions.iterator(chunk_size=50):
            checked += 1
            found += faults(version)
        for fault in found:
            self.stderr.write(fault)
        if found:
            raise CommandError(f"{len(found)} faults in {checked} receipts")
        self.stdout.write(f"{checked} receipts verify.")
