"""Compile the translation catalogues with Babel, so that no gettext program has to be installed."""

import os
from pathlib import Path

from babel.core import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Compile every .po file under LOCALE_PATHS to the .mo file beside it; fail if one of them is wrong."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="read and check only, write nothing")

    def handle(self, *, check: bool, **options: object) -> None:
        sources = [path for folder in settings.LOCALE_PATHS for path in sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))]
        problems: list[str] = []
        for source in sources:
            catalog = self.read(source, problems)
            if catalog is not None and not check:
                write(catalog, source.with_suffix(".mo"))
        if problems:
            raise CommandError("\n".join(problems))
        self.stdout.write(f"{len(sources)} catalogues {'checked' if check else 'compiled'}.")

    def read(self, source: Path, problems: list[str]) -> Catalog | None:
        language = source.parent.parent.name
        try:
            with source.open("rb") as content:
                catalog = read_po(content, locale=Locale.parse(language), abort_invalid=True)
        except (PoFileError, ValueError) as error:
            problems.append(f"{language}: {source.name}: {error}")
            return None
        for message, errors in catalog.check():
            problems += [f"{language}: {source.name}:{message.lineno}: {error}" for error in errors if message.string]
        return catalog


def write(catalog: Catalog, target: Path) -> None:
    """In one step, so that a server that starts meanwhile reads the old file or the new one."""
    part = target.with_suffix(".part")
    with part.open("wb") as content:
        write_mo(content, catalog)
    os.replace(part, target)
