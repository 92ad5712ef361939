"""Read a report from a file: as a draft of its State, or as a paper that came on another way. All of it or nothing.

The file is one of docs/report-format.md: as exported, or written by hand. Each problem is listed with its place.
"""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from ccm_portal.core import clock
from ccm_portal.core.models import State, User
from reporting.domain.imports import Imported, ImportRefused, Told, import_draft, import_paper, read_file
from reporting.enums import Channel


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--state", metavar="ISO3", help="whose report it must be")
        parser.add_argument("--as", choices=["draft", "paper"], default="draft", dest="as_what", help="default: draft")
        parser.add_argument("--by", metavar="EMAIL", help="the account on whose behalf it is read in")
        parser.add_argument("--received-on", type=date.fromisoformat, metavar="DATE", help="of a paper, if it is known")
        parser.add_argument("--channel", choices=Channel.values, default=Channel.MAIL, help="of a paper; default: mail")
        parser.add_argument("--into", action="store_true", help="fill the draft that is there, if it is still empty")
        parser.add_argument(
            "--keep", action="append", default=[], metavar="SECTION/PART", help="for States Parties alone; repeatable"
        )
        parser.add_argument("--dry-run", action="store_true", help="store nothing, say what would be")

    def handle(self, **options: Any) -> None:
        by = self._account(options["by"])
        try:
            data = options["file"].read_bytes()
        except OSError as wrong:
            raise CommandError(f"{options['file']} cannot be read: {wrong.strerror}.") from wrong
        try:
            told = read_file(data=data, name=options["file"].name, state=self._state(options["state"]))
            with transaction.atomic():
                done = self._import(told, by, options)
                transaction.set_rollback(options["dry_run"])
        except ImportRefused as refusal:
            for problem in refusal.problems:
                self.stderr.write(f"{problem.pointer} {problem}" if problem.place else str(problem))
            raise CommandError(str(refusal)) from refusal
        self._say(done, dry=options["dry_run"])

    def _import(self, told: Told, by: User, options: dict[str, Any]) -> Imported:
        at, keep = clock.now(), options["keep"]
        if options["as_what"] == "draft":
            return import_draft(told=told, by=by, at=at, keep=keep, into=options["into"])
        received_on, channel = options["received_on"], options["channel"]
        return import_paper(told=told, by=by, at=at, keep=keep, received_on=received_on, channel=channel)

    def _say(self, done: Imported, *, dry: bool) -> None:
        report, told = done.report, done.told
        name = f"{report.state.iso3} {report.slug}"
        if done.already:
            self.stdout.write(f"{name} is there already and says the same. Nothing was changed.")
            return
        answers, rows, sections = told.counts
        self.stdout.write(f"{name}: {answers} answers in {sections} sections and {rows} rows.")
        if told.withheld:
            self.stdout.write(f"For States Parties only: {', '.join(sorted(told.withheld))}.")
        if told.left_out:
            self.stdout.write(f"Not in the file, and so not read in: {', '.join(told.left_out)}.")
        if done.silent:
            self.stdout.write(f"Nothing is said of: {', '.join(done.silent)}.")
        as_what = f"Entered as {done.version.receipt_number}" if done.version else "A draft, which nobody else sees"
        self.stdout.write("Nothing was stored: this was a dry run." if dry else f"{as_what}.")

    def _account(self, email: str | None) -> User:
        user = User.objects.filter(email__iexact=email, is_active=True).first() if email else None
        if user is None:
            raise CommandError(f"There is no account {email}." if email else "Say on whose behalf: --by EMAIL.")
        return user

    def _state(self, iso3: str | None) -> State | None:
        state = State.objects.filter(iso3=iso3.upper()).first() if iso3 else None
        if iso3 and state is None:
            raise CommandError(f"There is no State {iso3}.")
        return state
