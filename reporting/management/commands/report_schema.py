"""Print the JSON Schema of a report, made from the form's declaration."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from reporting.form.editions import EDITIONS, LATEST
from reporting.form.schema import schema_text


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("edition", nargs="?", choices=list(EDITIONS), default=LATEST, help=f"default {LATEST}")

    def handle(self, **options: Any) -> None:
        self.stdout.write(schema_text(EDITIONS[options["edition"]]), ending="")
