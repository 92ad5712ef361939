"""A filed report as it is read: its sections in words, what is new in them, and the years beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.domain.queries import FilingRow
from reporting.enums import ReportKind
from reporting.form.content import CHANGED, ENTERED, UNCHANGED
from reporting.form.editions import edition
from reporting.form.parts import Edition, Section
from reporting.form.sentences import Block, Column, Enclosed, Presented, Row, presented
from reporting.models import Report, ReportVersion

Json = dict[str, Any]

A_LINE = 80
MOST_LINES = 200  # of a table on one page; all of it is in the files and on the pages of the table


def lateness_words(days: int) -> str:
    if not days:
        return _("On time")
    return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}


@dataclass(frozen=True)
class Answer:
    label: str
    paragraphs: tuple[str, ...]
    new: bool

    @property
    def short(self) -> bool:
        """A word or a figure rather than prose: set in the line, whatever its direction."""
        return len(self.paragraphs) == 1 and len(self.paragraphs[0]) <= A_LINE


@dataclass(frozen=True)
class Line:
    """One row of a table: its cells, each with whether it is a figure."""

    cells: tuple[tuple[str, bool], ...]
    new: bool


@dataclass(frozen=True)
class Passage:
    """One part of a section."""

    title: str
    sentence: str
    answered: bool
    answers: tuple[Answer, ...]
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    files: tuple[Enclosed, ...] = ()
    key: str = ""
    rows: int = 0  # of which ``lines`` are the first
    new_further: bool = False  # in a row that is not among them
    totals: tuple[tuple[str, bool], ...] = ()  # of all rows: a text for each column, and whether it is of figures

    @property
    def new(self) -> bool:
        said = any(answer.new for answer in self.answers) or any(line.new for line in self.lines)
        return said or self.new_further

    @property
    def cut(self) -> bool:
        return self.rows > len(self.lines)


@dataclass(frozen=True)
class Read:
    """A section on the page. ``since`` is the report that an unchanged section points to, where the portal holds it."""

    shown: Presented
    passages: tuple[Passage, ...]
    since: ReportVersion | None = None

    @property
    def new(self) -> bool:
        return any(passage.new for passage in self.passages)


class Reading:
    """One filed version, beside the report before it."""

    def __init__(
        self, version: ReportVersion, *, before: ReportVersion | None, of_state: Iterable[ReportVersion]
    ) -> None:
        self.version = version
        self.before = before
        self.by_slug = {one.report.slug: one for one in sorted(of_state, key=lambda one: one.number)}

    @property
    def content(self) -> Json:
        return self.version.public_document

    def sections(self, language: str) -> list[Read]:
        """Every section in the reader's language; the State's own words and the letters stay in theirs."""
        form = edition(self.content["edition"])
        return [self._read(form, section, language) for section in form.in_order(language=self.version.report.language)]

    def _read(self, form: Edition, section: Section, language: str) -> Read:
        said = self.content["sections"].get(section.key, {"standing": "", "parts": {}})
        withheld = [part for key, _slash, part in map(_cut, self.version.withheld) if key == section.key]

        def put(content: Json) -> Presented:
            letter = form.letter(section.key, language=self.version.report.language)
            entered = self.content["provenance"] == ENTERED
            return presented(section, content, language, letter=letter, withheld=withheld, entered=entered)

        shown = put(said)
        if said["standing"] != UNCHANGED:
            return Read(shown, tuple(passages(shown.blocks, self._earlier(section, language))))
        full = put({**said, "standing": CHANGED}) if said["parts"] else shown
        since = self.by_slug.get((said.get("unchanged_since") or {}).get("slug", ""))
        return Read(shown, tuple(passages(full.blocks)), since)

    def _earlier(self, section: Section, language: str) -> tuple[Block, ...] | None:
        """The same section in the report before; None where there is nothing to compare with."""
        return blocks_of(self.before, section.key, language)


def blocks_of(version: ReportVersion | None, key: str, language: str) -> tuple[Block, ...] | None:
    """What the public copy of ``version`` says in a section, to mark beside it what is new; None where nothing does."""
    said = version.public_document["sections"].get(key) if version else None
    if version is None or not said or not said["parts"] or key == "header":
        return None
    section = edition(version.public_document["edition"]).section(key)
    return presented(section, {**said, "standing": CHANGED}, language).blocks


def lettered_as(report: Report, language: str) -> str:
    """The language whose letters a report bears, where a reader in ``language`` is used to others; else nothing."""
    return "" if edition(report.edition).same_letters(report.language, language) else report.language


def _cut(name: str) -> tuple[str, str, str]:
    return name.partition("/")


def passages(
    blocks: Iterable[Block], earlier: Iterable[Block] | None = None, *, most: int = MOST_LINES
) -> Iterator[Passage]:
    """The parts of a section, of a table the first ``most`` rows.

    What ``earlier`` does not say in the same words is new; without it nothing is.
    """
    before = {block.key: block for block in earlier or ()}
    for block in blocks:
        old = before.get(block.key)
        entries = {entry.key: entry.text for entry in old.entries} if old else {}
        rows = {_said(row, old) for row in old.rows} if old else set()
        yield Passage(
            title=block.title,
            sentence=block.sentence,
            answered=block.answered,
            answers=tuple(
                Answer(entry.label, entry.paragraphs, earlier is not None and entries.get(entry.key) != entry.text)
                for entry in block.entries
            ),
            columns=block.columns,
            lines=tuple(
                Line(
                    tuple(zip(row.cells, (column.numeric for column in block.columns), strict=True)),
                    earlier is not None and _said(row, block) not in rows,
                )
                for row in block.rows[:most]
            ),
            files=block.files,
            key=block.key,
            rows=len(block.rows),
            new_further=earlier is not None and any(_said(row, block) not in rows for row in block.rows[most:]),
            totals=tuple(zip(block.totals, (column.numeric for column in block.columns), strict=False)),
        )


def _said(row: Row, block: Block) -> frozenset[tuple[str, str]]:
    """What a row says, whichever columns its table shows."""
    return frozenset((column.key, text) for column, text in zip(block.columns, row.cells, strict=True) if text)


def report_before(version: ReportVersion, of_state: Iterable[ReportVersion]) -> ReportVersion | None:
    """The version in force of the report for the period before; None for an initial report."""
    report = version.report
    if report.kind == ReportKind.INITIAL:
        return None
    others = [one for one in of_state if one.report_id != report.pk and _place(one) < _place(version)]
    return max(others, key=lambda one: (_place(one), one.number), default=None)


def _place(version: ReportVersion) -> tuple[int, Any]:
    return version.report.year or 0, version.report.filed_at


def year_strip(rows: Iterable[FilingRow], *, base: str, current: str = "") -> list[dict[str, Any]]:
    """One box a report that was owed, as the component ``year_strip`` takes it."""
    return [_box(row, base, current) for row in rows]


def _box(row: FilingRow, base: str, current: str) -> dict[str, Any]:
    words = str(row.status.label)
    if row.days_late and row.report:
        words = lateness_words(row.days_late)
    return {
        "year": row.year or _("Initial"),
        "status": row.status.drawn,
        "words": words,
        "url": f"{base}{row.report.slug}/" if row.report else "",
        "current": bool(row.report and row.report.slug == current),
    }
