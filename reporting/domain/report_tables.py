"""A filed report as a spreadsheet: what everybody may read of it, in one language.

Everything begins with the public file of a version. Of a part that the State keeps for States Parties there is the
title, and that it is kept.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from ccm_portal.core import sheets, writing
from reporting.enums import Provenance
from reporting.form.editions import edition as edition_of
from reporting.form.parts import Field, Table
from reporting.form.sentences import Block, Presented, period_words, presented_report
from reporting.form.values import Measure
from reporting.form.values.measures import unit_sign
from reporting.models import ReportVersion

Json = dict[str, Any]

LONG_COLUMNS = ("section", "part", "row", "column", "question", "answer", "number", "unit", "precision")
ABOUT = "about"


def source_mark(*, demonstration: bool = False) -> str:
    """Where a file comes from and what may be done with it, in the active language."""
    mark = _("From %(address)s. It may be copied and used freely; name the State and this portal as the source.")
    words = mark % {"address": settings.SITE_ADDRESS.rstrip("/")}
    return f"{_('Demonstration data: made up, nobody reported it.')} {words}" if demonstration else words


def figure_of(cell: Json) -> tuple[str, str, str]:
    """Number, unit and precision of an answer that is an amount: "" three times of one that is none."""
    number = cell.get("number", cell.get("amount"))
    if cell["is"] != "given" or number is None:
        return "", "", ""
    return str(number), cell.get("unit") or cell.get("currency") or "", cell.get("precision", "")


@dataclass(frozen=True)
class ReportTables:
    """The tables of a version in ``language``."""

    version: ReportVersion
    language: str

    def xlsx(self) -> bytes:
        with override(self.language):
            return sheets.xlsx(self.book())

    def csv(self) -> str:
        """One line for each answer. The names of columns and the keys are the same in every language."""
        with override(self.language):
            return sheets.csv_text([LONG_COLUMNS, *self._long()])

    def book(self) -> sheets.Book:
        found: list[sheets.Sheet | sheets.Page] = [self._cover(), self._answers()]
        for section in self._sections:
            found += [self._table(section, block) for block in section.blocks if block.rows]
        return sheets.Book(
            title=f"{self.version.report.state.name}, {self.version.report.title}",
            mark=self._mark,
            at=self.version.filed_at,
            sheets=found,
            language=self.language,
        )

    @property
    def _content(self) -> Json:
        return self.version.public_document

    @cached_property
    def _sections(self) -> tuple[Presented, ...]:
        form = edition_of(self._content["edition"])
        return presented_report(form, self._content, self.language, withheld=self.version.withheld)

    @property
    def _mark(self) -> str:
        return source_mark(demonstration=self.version.provenance == Provenance.DEMONSTRATION)

    def _facts(self) -> list[tuple[str, str, str]]:
        """What stands on the cover: key, label, text."""
        version, report = self.version, self.version.report
        known = report.day_is_known
        facts = [
            ("state", _("State"), report.state.name),
            ("report", _("Report"), report.title),
            ("period", _("Reporting period"), period_words(self._content["period"], self.language)),
            ("filed", _("Filed"), writing.moment_text(version.filed_at) if known else _("Day not known")),
            ("due", _("Due"), writing.date_text(version.due) if version.due else ""),
            ("days_late", _("Days late"), str(version.days_late) if version.due else ""),
            (
                "provisional",
                _("Figures"),
                _("The figures are provisional.") if self._content.get("provisional") else "",
            ),
            ("version", _("Version"), str(version.number)),
            ("note", _("Note"), version.note),
            ("language", _("Language"), get_language_info(report.language)["name_local"]),
            ("form", _("Form"), str(edition_of(report.edition).title)),
            ("provenance", _("Source"), str(version.get_provenance_display())),
            ("receipt", _("Receipt"), version.receipt_number),
            ("hash", _("Digest of the receipt"), self.version.public_export["receipt"]["hash"]),
            ("address", _("Read it at"), settings.SITE_ADDRESS.rstrip("/") + report.get_absolute_url()),
            ("withheld", _("Kept for States Parties"), "\n".join(self._withheld_titles())),
            ("use", _("Use"), self._mark),
        ]
        return [fact for fact in facts if fact[2]]

    def _withheld_titles(self) -> Iterator[str]:
        form = edition_of(self._content["edition"])
        for name in self.version.withheld:
            key, _slash, part = name.partition("/")
            section = form.section(key)
            yield f"{section.title}: {section.part(part).title}"

    def _cover(self) -> sheets.Page:
        return sheets.Page(
            title=_("Report"),
            heading=f"{self.version.report.state.name}, {self.version.report.title}",
            lines=[(label, text) for _key, label, text in self._facts()],
        )

    def _answers(self) -> sheets.Sheet:
        """Everything that is no table: questions with their answers, and what is said in a sentence."""
        rows: list[tuple[str, ...]] = []
        for section in self._sections:
            title = self._title(section)
            if section.sentence:
                rows.append((title, "", "", section.sentence))
            for block in section.blocks:
                if block.sentence:
                    rows.append((title, block.title, "", block.sentence))
                rows += [(title, block.title, entry.label, entry.text) for entry in block.entries]
        labels = (_("Section"), _("Part"), _("Question"), _("Answer"))
        widths = (28, 28, 36, 80)
        columns = [sheets.Column(label=label, width=width) for label, width in zip(labels, widths, strict=True)]
        return sheets.Sheet(title=_("Answers"), columns=columns, rows=rows)

    def _title(self, section: Presented) -> str:
        return f"{section.letter}. {section.title}" if section.letter else section.title

    def _table(self, section: Presented, block: Block) -> sheets.Sheet:
        """A table as it was reported; beside a size or a mass the same in the smallest unit, to be added up."""
        part = edition_of(self._content["edition"]).section(section.key).part(block.key)
        fields = [part.field(column.key) for column in block.columns]
        state = self._content["sections"][section.key]["parts"][block.key]
        columns = [column for field in fields for column in self._columns(field)]
        rows = [[value for field in fields for value in self._values(field, row["cells"])] for row in state["rows"]]
        letter = f"{section.letter} " if section.letter else ""
        return sheets.Sheet(title=f"{letter}{block.title}", columns=columns, rows=rows)

    def _columns(self, field: Field) -> list[sheets.Column]:
        label = str(field.label)
        if not isinstance(field.kind, Measure):
            return [sheets.Column(label=label)]
        unit = unit_sign(next(iter(field.kind.factors)), self.language)
        return [sheets.Column(label=label), sheets.Column(label=f"{label} ({unit})")]

    def _values(self, field: Field, cells: Json) -> list[sheets.Value]:
        cell = cells.get(field.key)
        if isinstance(field.kind, Measure):
            base = Decimal(cell[field.kind.base]) if cell and cell["is"] == "given" else None
            return [self._shown(field, cell), base]
        number, unit, precision = figure_of(cell) if cell else ("", "", "")
        if number and not unit and precision == "exact":
            return [Decimal(number)]
        return [self._shown(field, cell)]

    def _shown(self, field: Field, cell: Json | None) -> str:
        return field.kind.show(cell, language=self.language) if cell else ""

    def _long(self) -> Iterator[tuple[sheets.Value, ...]]:
        for key, label, text in self._facts():
            yield (ABOUT, "", "", key, label, text, None, "", "")
        form = edition_of(self._content["edition"])
        for section in self._sections:
            if section.sentence:
                yield (section.key, "", "", "", self._title(section), section.sentence, None, "", "")
            said = self._content["sections"].get(section.key, {}).get("parts", {})
            for block in section.blocks:
                if block.sentence:
                    yield (section.key, block.key, "", "", block.title, block.sentence, None, "", "")
                if block.key in said:
                    part = form.section(section.key).part(block.key)
                    for row in _rows_of(part, said[block.key]):
                        yield from self._lines(section.key, part, *row)

    def _lines(self, key: str, part: Any, row: str, cells: Json) -> Iterator[tuple[sheets.Value, ...]]:
        for field in part.fields:
            if cell := cells.get(field.key):
                number, unit, precision = figure_of(cell)
                figure = Decimal(number) if number else None
                text = self._shown(field, cell)
                yield (key, part.key, row, field.key, str(field.label), text, figure, unit, precision)


def _rows_of(part: Any, state: Json) -> list[tuple[str, Json]]:
    if isinstance(part, Table):
        return [(row["id"], row["cells"]) for row in state.get("rows", [])]
    return [("", state.get("values", {}))]
