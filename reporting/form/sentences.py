"""A report in words: one source for the reader on the screen, the preview and the PDF.

Everything here is plain text in one language: the page and the PDF escape it and set it, and decide nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from ccm_portal.core.writing import labelled
from reporting.form.common import Json
from reporting.form.content import CHANGED, ENTERED, NOT_APPLICABLE, UNCHANGED
from reporting.form.need import Need
from reporting.form.parts import Edition, Field, Fields, Part, Section, Table
from reporting.form.totals import totals
from reporting.form.values.dates import show_date
from reporting.form.values.files import files_of


@dataclass(frozen=True)
class Entry:
    """One question with its answer."""

    key: str
    label: str
    text: str

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(line for line in self.text.split("\n") if line)


@dataclass(frozen=True)
class Column:
    key: str
    label: str
    numeric: bool


@dataclass(frozen=True)
class Row:
    """One row of a table: a text for each column, "" for a blank answer."""

    id: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Enclosed:
    """A file that an answer names. ``words`` say what it is; ``kind`` is "" where the portal does not hold it."""

    name: str
    sha256: str
    kind: str
    size: int
    words: str

    @property
    def is_picture(self) -> bool:
        return self.kind.startswith("image/")


@dataclass(frozen=True)
class Block:
    """One part of a section: a definite sentence, or answers, or a table. The other two are empty."""

    key: str
    title: str
    sentence: str = ""
    entries: tuple[Entry, ...] = ()
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    totals: tuple[str, ...] = ()  # a text for each column, if the rows add up to anything
    answered: bool = True
    files: tuple[Enclosed, ...] = ()


@dataclass(frozen=True)
class Presented:
    """One section in words. ``source`` is the slug of the report that said it, if the section is unchanged."""

    key: str
    letter: str
    title: str
    paragraphs: tuple[str, ...]
    standing: str
    sentence: str
    blocks: tuple[Block, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class CoverLine:
    """One line of the cover page: a section and its standing."""

    key: str
    letter: str
    title: str
    standing: str
    standing_label: str
    sentence: str


def presented(
    section: Section,
    section_content: Json,
    language: str,
    *,
    letter: str = "",
    withheld: Collection[str] = (),
    entered: bool = False,
) -> Presented:
    """A section as it is read. ``withheld`` names the parts that are kept for States Parties. Of what was ``entered``
    by the ISO nobody says that the State reported nothing: the entry may hold less than the State's paper.

    An unchanged section says so and names the report it rests on; what that report said follows if the content has it.
    """
    with override(language):
        standing = section_content.get("standing", CHANGED)
        sentence = standing_sentence(section_content, language)
        blocks: tuple[Block, ...] = ()
        if standing != NOT_APPLICABLE and (standing != UNCHANGED or section_content.get("parts")):
            found = (_block(part, section_content, language, withheld) for part in section.parts)
            blocks = tuple(block for block in found if block)
            if entered:
                blank = _("The entry holds no answer here.")
                blocks = tuple(block if block.answered else replace(block, sentence=blank) for block in blocks)
            if not any(block.answered for block in blocks):
                sentence, blocks = sentence or _nothing(entered=entered), ()
        return Presented(
            key=section.key,
            letter=letter,
            title=str(section.title),
            paragraphs=section.paragraphs,
            standing=standing,
            sentence=sentence,
            blocks=blocks,
            source=str((section_content.get("unchanged_since") or {}).get("slug", "")),
        )


def _nothing(*, entered: bool) -> str:
    return _("The entry holds nothing for this section.") if entered else _("Nothing is reported in this section.")


def presented_report(
    edition: Edition, content: Json, language: str, *, withheld: Collection[str] = ()
) -> tuple[Presented, ...]:
    """The header and every section, lettered and in order as in the template of the report's own language, whoever
    reads it in which language: what is cited as "section C" is the same for all.

    ``withheld`` names parts as receipts do: "stockpiles/destruction_sites".
    """
    layout = content.get("language") or language
    return tuple(
        presented(
            section,
            content["sections"].get(section.key, {"standing": "", "parts": {}}),
            language,
            letter=edition.letter(section.key, language=layout),
            withheld=[name.partition("/")[2] for name in withheld if name.startswith(f"{section.key}/")],
            entered=content.get("provenance") == ENTERED,
        )
        for section in edition.in_order(language=layout)
    )


def cover(edition: Edition, content: Json, language: str) -> tuple[CoverLine, ...]:
    """The cover page: every section with its standing."""
    with override(language):
        lines = []
        layout = content.get("language") or language
        for section in edition.in_order(language=layout)[1:]:
            state = content["sections"].get(section.key, {"standing": ""})
            lines.append(
                CoverLine(
                    key=section.key,
                    letter=edition.letter(section.key, language=layout),
                    title=str(section.title),
                    standing=state["standing"],
                    standing_label=standing_label(state["standing"]),
                    sentence=standing_sentence(state, language) or standing_label(state["standing"]),
                )
            )
        return tuple(lines)


def standing_label(standing: str) -> str:
    """A standing in one or two words, in the active language."""
    return {
        CHANGED: pgettext("standing of a section", "Changed"),
        UNCHANGED: pgettext("standing of a section", "Unchanged"),
        NOT_APPLICABLE: pgettext("standing of a section", "Not applicable"),
    }.get(standing, pgettext("standing of a section", "Not decided yet"))


def standing_sentence(section_content: Json, language: str) -> str:
    """What the standing of a section says to a reader; "" if the answers speak for themselves."""
    with override(language):
        standing = section_content.get("standing", CHANGED)
        if standing == NOT_APPLICABLE:
            return _("The State reports that this section does not apply.")
        if standing != UNCHANGED:
            return ""
        source = section_content.get("unchanged_since") or {}
        sentence = _unchanged(source, language)
        if source.get("standing") == NOT_APPLICABLE:
            return f"{sentence} {_('The State reports that this section does not apply.')}"
        return sentence


def _unchanged(source: Json, language: str) -> str:
    slug = str(source.get("slug", ""))
    day = show_date(source["filed_on"], language) if source.get("filed_on") else ""
    year = re.match(r"(?:[a-z]+-)?(\d{4})(?!\d)", slug)
    if year and day:
        return _("Unchanged since the report for %(year)s, filed on %(date)s.") % {"year": year[1], "date": day}
    if year:
        return _("Unchanged since the report for %(year)s.") % {"year": year[1]}
    if slug.startswith("initial") and day:
        return _("Unchanged since the initial report, filed on %(date)s.") % {"date": day}
    if day:
        return _("Unchanged since the report filed on %(date)s.") % {"date": day}
    return _("Unchanged since an earlier report.")


def period_words(period: Json, language: str) -> str:
    """The period of a report for a reader: its dates, and the words in which it was written if there are any."""
    with override(language):
        starts, ends, written = period.get("from"), period.get("to"), period.get("as_written")
        words = ""
        if starts and ends:
            words = _("%(start)s to %(end)s") % {
                "start": show_date(starts, language),
                "end": show_date(ends, language),
            }
        elif starts:
            words = _("from %(start)s") % {"start": show_date(starts, language)}
        elif ends:
            words = _("until %(end)s") % {"end": show_date(ends, language)}
        if written and words:
            return _("%(period)s (“%(written)s”)") % {"period": words, "written": written}
        return f"“{written}”" if written else words or _("No period is given.")


def _block(part: Part, section_content: Json, language: str, withheld: Collection[str]) -> Block | None:
    title = str(part.title)
    if part.key in withheld:
        return Block(part.key, title, sentence=_("This part is for States Parties only."))
    state = section_content.get("parts", {}).get(part.key, {})
    block = _table(part, title, state, language) if isinstance(part, Table) else _entries(part, title, state, language)
    if block is None and part.need is Need.TREATY:
        return Block(part.key, title, sentence=_("No answer is given."), answered=False)
    return block


def _table(part: Table, title: str, state: Json, language: str) -> Block | None:
    rows = [row for row in state.get("rows", []) if row["cells"]]
    if not rows:
        return Block(part.key, title, sentence=str(part.none_sentence)) if state.get("none") else None
    columns = [column for column in part.columns if any(column.key in row["cells"] for row in rows)]
    return Block(
        part.key,
        title,
        columns=tuple(Column(column.key, str(column.label), column.kind.numeric) for column in columns),
        rows=tuple(
            Row(row["id"], tuple(shown(column, row["cells"].get(column.key), language) for column in columns))
            for row in rows
        ),
        totals=total_line(part, columns, rows, language),
        files=tuple(file for row in rows for file in _enclosed(part, row["cells"], language)),
    )


def total_line(table: Table, columns: Sequence[Field], rows: Sequence[Json], language: str) -> tuple[str, ...]:
    """The line under a table: its name, then what the columns add up to; nothing if none does."""
    found = totals(table, columns, rows, language)
    if not found:
        return ()
    with override(language):
        first = labelled(_("Total of all rows"), found[0]) if found[0] else _("Total of all rows")
        return (first, *found[1:])


def _entries(part: Fields, title: str, state: Json, language: str) -> Block | None:
    values = state.get("values", {})
    entries = tuple(
        Entry(field.key, str(field.label), shown(field, values[field.key], language))
        for field in part.fields
        if field.key in values
    )
    return Block(part.key, title, entries=entries, files=tuple(_enclosed(part, values, language))) if entries else None


def _enclosed(part: Part, cells: Json, language: str) -> Iterator[Enclosed]:
    """The files of some answers, each with words for who cannot see it: the State's own, or what the row is about."""
    about = " · ".join(shown(field, cells[field.key], language) for field in part.fields if _names(field, cells))
    for field in part.fields:
        cell = cells.get(field.key)
        for file in files_of(cell):
            words = str(cell["words"]).replace("\n", " ") if cell else ""
            if not words and file.get("type", "").startswith("image/"):
                words = _("Photograph of %(type)s") % {"type": about} if about else _("Photograph")
            yield Enclosed(file["name"], file["sha256"], file.get("type", ""), file.get("size", 0), words)


def _names(field: Field, cells: Json) -> bool:
    return field.names_row and field.key in cells


def shown(field: Field, cell: Json | None, language: str) -> str:
    """One answer for a reader; "" if it is blank."""
    return field.kind.spell_out(cell, language=language) if cell else ""
