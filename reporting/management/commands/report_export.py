"""Write a filed report as a file: with its receipt, as docs/report-format.md describes it."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Q

from reporting.domain.exports import export_text
from reporting.enums import Audience
from reporting.models import ReportVersion


class Command(BaseCommand):
    help = __doc__

    def create_parser(self, *args: Any, **options: Any) -> CommandParser:
        """Django's own --version gives way to that of a report."""
        return super().create_parser(*args, conflict_handler="resolve", **options)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("state", help="three letters, or the State's name in an address: LAO, lao-pdr")
        parser.add_argument("slug", help="the report's name in an address: 2025, initial")
        parser.add_argument("--version", type=int, metavar="N", dest="number", help="default: the one in force")
        parser.add_argument("--full", action="store_true", help="with the parts that are kept for States Parties")
        parser.add_argument("--out", type=Path, metavar="FILE", help="default: print it")

    def handle(self, **options: Any) -> None:
        version = self._version(**options)
        kept = version.withheld
        text = export_text(version, Audience.FULL if options["full"] else Audience.PUBLIC)
        if options["out"]:
            options["out"].write_text(text, encoding="utf-8")
            self.stderr.write(f"{version.receipt_number} is in {options['out']}.")
        else:
            self.stdout.write(text)
        if kept:
            what = "In this file, and for States Parties only" if options["full"] else "Not in this file"
            self.stderr.write(f"{what}: {', '.join(kept)}.")

    def _version(self, *, state: str, slug: str, number: int | None, **_others: Any) -> ReportVersion:
        versions = ReportVersion.objects.select_related("report__state").filter(
            Q(report__state__iso3=state.upper()) | Q(report__state__slug=state.lower()), report__slug=slug
        )
        if number is not None:
            versions = versions.filter(number=number)
        version = versions.order_by("-number").first()
        if version is None:
            raise CommandError(f"{state} has filed no such report: {slug}{f', version {number}' if number else ''}.")
        return version
