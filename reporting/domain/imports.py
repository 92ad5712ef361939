"""A report read from a file: as a draft, or as a paper that is entered. All of it or nothing, never over another."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.files import safe_name
from ccm_portal.core.models import State, User
from reporting.domain import contents, papers
from reporting.domain.drafts import AlreadyBegun, StartRefused, start_report
from reporting.domain.originals import exactly
from reporting.domain.queries import latest_filed, newest_version
from reporting.enums import Channel, ReportKind, ReportStatus, Standing, StartFrom
from reporting.form import files, intake
from reporting.form.answers import blank
from reporting.form.content import all_cells
from reporting.form.editions import edition as edition_of
from reporting.form.misfits import Problem, pointer
from reporting.form.receipts import canonical
from reporting.form.values.base import tidy
from reporting.models import Report, ReportVersion, SectionDraft

Json = dict[str, Any]

LONGEST_NAME = 80


class ImportRefused(Exception):
    """The file is not taken, and nothing of it is stored. ``problems`` lists why; the message is fit to show."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(_("Nothing was read in. The file has to be mended first."))
        self.problems = problems


@dataclass(frozen=True, kw_only=True)
class Told:
    """What a file says, as it would be stored: the report, and the parts it keeps for States Parties."""

    name: str
    state: State
    content: Json
    withheld: frozenset[str]
    digest: str
    receipt: str = ""

    @property
    def kind(self) -> str:
        return str(self.content["kind"])

    @property
    def year(self) -> int | None:
        return self.content["year"] if self.kind != ReportKind.INITIAL else None

    @property
    def left_out(self) -> list[str]:
        """The parts for States Parties that are not in the file."""
        sections = self.content["sections"]
        return sorted(name for name in self.withheld if name.split("/")[1] not in sections[name.split("/")[0]]["parts"])

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many answers, rows and sections with answers it has."""
        sections = [section["parts"] for section in self.content["sections"].values()]
        rows = sum(len(part.get("rows", ())) for parts in sections for part in parts.values())
        answers = sum(1 for *_place, cell in all_cells(edition_of(self.content["edition"]), self.content) if cell)
        return answers, rows, sum(1 for parts in sections if parts)


@dataclass(frozen=True, kw_only=True)
class Imported:
    """What became of a file. ``version`` is there if it was entered; ``already`` if it had been read in before."""

    report: Report
    told: Told
    version: ReportVersion | None = None
    already: bool = False
    silent: list[str] = field(default_factory=list)


def read_file(*, data: bytes, name: str, state: State | None = None) -> Told:
    """Read a file without storing anything.

    :param state: whose report it must be; without it the file says so.
    :raises ImportRefused: with every problem that was found.
    """
    name = tidy(safe_name(name))[-LONGEST_NAME:] or "report.json"
    try:
        whole = files.load(data)
    except files.NotAReport as wrong:
        raise ImportRefused([Problem("/", "", str(wrong))]) from wrong
    exported = files.is_export(whole)
    start: intake.Steps = ("report",) if exported else ()
    if exported and (faults := files.receipt_faults(whole)):
        raise ImportRefused([Problem("/receipt", _("Receipt"), fault) for fault in faults])
    report = whole["report"] if exported else whole
    if state is not None:
        report = {"state": state.iso3, **report}
    taken = intake.take(report, origin=f"imported:{name}", start=start)
    if taken.problems:
        raise ImportRefused(taken.problems)
    receipt = whole["receipt"]["hash"] if exported else ""
    kept = frozenset(whole["withheld"]) if exported else frozenset()
    return Told(
        name=name,
        state=_state_of(taken.content, state, start),
        content=taken.content,
        withheld=kept | _kept_at_filing(receipt),
        digest=hashlib.sha256(data).hexdigest(),
        receipt=receipt,
    )


@transaction.atomic
def import_draft(*, told: Told, by: User, at: datetime, keep: Collection[str] = (), into: bool = False) -> Imported:
    """Begin a draft with what a file says. It is as private as any draft.

    :param keep: further parts for States Parties alone, as a receipt names them.
    :param into: fill the draft of that kind and year if there is one in which nothing is written yet.
    :raises ImportRefused: if a draft is there, or the State owes no such report, or the file points to a report that
        the portal does not hold.
    """
    base = None if told.kind == ReportKind.INITIAL else latest_filed(told.state)
    try:
        report = _begun(told, base, by=by, at=at)
    except AlreadyBegun as refusal:
        report = refusal.report
        sections = _sections(told, report, keep)
        if _says_the_same(report, sections, told):
            return Imported(report=report, told=told, already=True)
        if not (into and report.status == ReportStatus.DRAFT):
            raise ImportRefused([Problem("/", "", _refused(report))]) from refusal
        if not _is_empty(report):
            raise ImportRefused([Problem("/", "", _("Something is written in this draft already."))]) from refusal
    silent = _fill(report, told, keep, by=by, at=at)
    register.append(
        action="reporting.report.import",
        by=by,
        at=at,
        state=report.state,
        obj=report,
        data={"file": told.name, "sha256": told.digest},
    )
    return Imported(report=report, told=told, silent=silent)


@transaction.atomic
def import_paper(
    *,
    told: Told,
    by: User,
    at: datetime,
    received_on: date | None,
    channel: str = Channel.MAIL,
    keep: Collection[str] = (),
    note: str = "",
) -> Imported:
    """Enter a report that came on another way than the portal, as its file says it. It is public from then on, and the
    State is asked to confirm it.

    :param received_on: the day it was received, if that is known.
    :raises ImportRefused: if a report of that kind and year is there.
    """
    for report in Report.objects.with_state().filed().filter(state=told.state, kind=told.kind, year=told.year):
        if _says_the_same(report, _sections(told, report, keep), told):
            version = newest_version(report)
            return Imported(report=report, told=told, version=version, already=True)
    note = note or _("Entered from the file %(name)s.") % {"name": told.name}
    try:
        paper = papers.begin(
            state=told.state,
            kind=told.kind,
            year=told.year,
            language=told.content["language"],
            channel=channel,
            received_on=received_on,
            source=None,
            remarks=note,
            by=by,
            at=at,
        )
    except papers.PaperRefused as refusal:
        raise ImportRefused([Problem("/", "", str(refusal))]) from refusal
    silent = _fill(paper.report, told, keep, by=by, at=at)
    key = f"import-{told.state.iso3}-{paper.report.slug}-{told.digest[:32]}"
    version = papers.enter(report=paper.report, note=note, by=by, at=at, filing_key=key)
    return Imported(report=version.report, told=told, version=version, silent=silent)


def _state_of(content: Json, wanted: State | None, start: intake.Steps) -> State:
    state = State.objects.filter(iso3=content["state"]).first()
    if wanted is not None and (state is None or state.pk != wanted.pk):
        sentence = _("This file is a report of %(other)s, not of %(state)s.") % {
            "other": state.name if state else content["state"],
            "state": wanted.name,
        }
    elif state is None:
        sentence = _("There is no State “%(iso3)s”.") % {"iso3": content["state"]}
    else:
        return state
    raise ImportRefused([Problem(pointer((*start, "state")), "", sentence)])


def _kept_at_filing(receipt: str) -> frozenset[str]:
    """The parts that were kept for States Parties when this portal made the receipt; the whole copy does not say."""
    version = ReportVersion.objects.filter(content_hash=receipt).first() if receipt else None
    return frozenset(version.withheld) if version else frozenset()


def _begun(told: Told, base: ReportVersion | None, *, by: User, at: datetime) -> Report:
    try:
        return start_report(
            state=told.state,
            kind=told.kind,
            year=told.year,
            how=StartFrom.SCRATCH,
            base=base,
            by=by,
            at=at,
            language=told.content["language"],
        )
    except AlreadyBegun:
        raise
    except StartRefused as refusal:
        raise ImportRefused([Problem("/", "", str(refusal))]) from refusal


def _refused(report: Report) -> str:
    if report.status == ReportStatus.DRAFT:
        return _("There is a draft of this report already, and a file never overwrites one: %(title)s.") % {
            "title": report.title
        }
    return _("This report is already filed, and says something else: %(title)s.") % {"title": report.title}


def _sections(told: Told, report: Report, keep: Collection[str]) -> list[SectionDraft]:
    """The sections as the file has them, not stored.

    :raises ImportRefused: if one is unchanged since a report that does not say it.
    """
    edition = edition_of(report.edition)
    made: list[SectionDraft] = []
    problems: list[Problem] = []
    for section in edition.all_sections:
        said = told.content["sections"][section.key]
        draft = SectionDraft(report=report, key=section.key, standing=said["standing"], answers=blank(section))
        names = {name for name in told.withheld | frozenset(keep) if name.startswith(f"{section.key}/")}
        draft.withheld = sorted(name.partition("/")[2] for name in names)
        if said["standing"] == Standing.UNCHANGED:
            draft.unchanged_since, sentence = _original(report, section.key, said)
            if draft.unchanged_since:
                draft.withheld = contents.kept_with(draft.unchanged_since, section.key, *draft.withheld)
            if sentence:
                problems.append(Problem(pointer(("sections", section.key)), str(section.title), sentence))
        else:
            for key, part in said["parts"].items():
                draft.answers["parts"][key].update(part)
        made.append(draft)
    if unknown := set(keep) - {f"{s.key}/{part.key}" for s in edition.all_sections for part in s.parts}:
        problems += [Problem("/", "", _("There is no part “%(name)s”.") % {"name": name}) for name in sorted(unknown)]
    if problems:
        raise ImportRefused(problems)
    return made


def _original(report: Report, key: str, said: Json) -> tuple[ReportVersion | None, str]:
    """The report that an unchanged section points to, or why it cannot."""
    if report.kind == ReportKind.INITIAL:
        return None, _("An initial report says everything for the first time: nothing is unchanged.")
    pointed = said["unchanged_since"]
    original = exactly(report.state_id, pointed)
    section = contents.section_of(original, key) if original else Json()
    if original is None or section["standing"] != Standing.CHANGED:
        return None, _(
            "The portal holds no report “%(slug)s” that says this section in full. Write “changed” and its answers."
        ) % {"slug": pointed["slug"]}
    for name, part in said["parts"].items():
        if not _same(part, section["parts"].get(name)):
            return None, _("This does not repeat what the report “%(slug)s” said. Write “changed” if it is new.") % {
                "slug": pointed["slug"]
            }
    return original, ""


def _fill(report: Report, told: Told, keep: Collection[str], *, by: User, at: datetime) -> list[str]:
    """Put the sections of the file into a draft in which nothing is written.

    :returns: the titles of the sections of which the file says nothing.
    """
    stored = {draft.key: draft for draft in report.sections.all()}
    for made in _sections(told, report, keep):
        there = stored[made.key]
        held_still = SectionDraft.objects.filter(pk=there.pk, version=there.version).update(
            answers=made.answers,
            standing=made.standing,
            unchanged_since=made.unchanged_since,
            withheld=sorted({*there.withheld, *made.withheld}),
            version=there.version + 1,
            updated_by=by,
            updated_at=at,
        )
        if not held_still:
            raise ImportRefused([Problem("/", "", _("A colleague is writing in this draft."))])
    report.language = told.content["language"]
    report.provisional = bool(told.content.get("provisional"))
    report.save(update_fields=["language", "provisional"])
    sections = told.content["sections"]
    edition = edition_of(report.edition)
    return [str(s.title) for s in edition.sections if not sections[s.key]["standing"] and not sections[s.key]["parts"]]


def _is_empty(report: Report) -> bool:
    """Whether nothing is in the draft but the period that the portal itself put there."""
    for draft in report.sections.all():
        if draft.key != contents.HEADER and draft.standing != Standing.UNDECIDED:
            return False
        for part in draft.answers["parts"].values():
            cells = part.get("values", {}).values()
            if part.get("none") or part.get("rows") or any(cell.get("from") != contents.PORTAL for cell in cells):
                return False
    return True


def _says_the_same(report: Report, sections: list[SectionDraft], told: Told) -> bool:
    """Whether the report holds already what the file says."""
    version = newest_version(report)
    there = version.full_document if version else contents.document_of(report, report.sections.all())
    return report.language == told.content["language"] and _same(contents.document_of(report, sections), there)


def _same(one: Any, other: Any) -> bool:
    """Whether two pieces of a report say the same, wherever it came from."""
    return canonical(_unmarked(one)) == canonical(_unmarked(other))


def _unmarked(thing: Any) -> Any:
    if isinstance(thing, dict):
        return {key: _unmarked(value) for key, value in thing.items() if not (key == "from" and "is" in thing)}
    return [_unmarked(value) for value in thing] if isinstance(thing, list) else thing
