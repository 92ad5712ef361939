"""What differs between two reports of a State, or two versions of one: answer by answer and row by row, in words.

A cell differs where it says something else, wherever it came from. A row that only moved is no difference. What either
of the two keeps for States Parties is told by its title alone. The time it takes grows with the number of rows, not
with its square.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from reporting.form.answers import same_answer
from reporting.form.common import Json
from reporting.form.content import CHANGED, UNCHANGED
from reporting.form.editions import edition as edition_of
from reporting.form.parts import Edition, Field, Part, Section, Table, UnknownPlace
from reporting.form.sentences import shown, standing_label, standing_sentence
from reporting.form.spoken import Piece, apart

CARRIED = "carried:"
ADDED, REMOVED, OTHER = "added", "removed", "changed"


@dataclass(frozen=True)
class Change:
    """One answer: as it was and as it is, "" where it is blank. The pieces tell which words differ."""

    key: str
    label: str
    old: str
    new: str

    @property
    def how(self) -> str:
        return ADDED if not self.old else REMOVED if not self.new else OTHER

    @property
    def pieces(self) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
        return apart(self.old, self.new)


@dataclass(frozen=True)
class RowChange:
    """One row that came, went, or says something else. ``name`` is what to recognise it by."""

    how: str
    name: str
    cells: tuple[Change, ...]


@dataclass(frozen=True)
class PartChange:
    """One part with what differs in it. ``left_out`` counts the rows that are not listed."""

    key: str
    title: str
    cells: tuple[Change, ...] = ()
    rows: tuple[RowChange, ...] = ()
    left_out: int = 0

    @property
    def size(self) -> int:
        return len(self.cells) + len(self.rows) + self.left_out


@dataclass(frozen=True)
class SectionChange:
    """One section. ``standing`` is there where it stands otherwise; ``kept`` names the parts for States Parties."""

    key: str
    letter: str
    title: str
    standing: Change | None
    parts: tuple[PartChange, ...]
    kept: tuple[str, ...]

    @property
    def differs(self) -> bool:
        return bool(self.standing or self.parts)


@dataclass(frozen=True)
class Difference:
    """Everything that differs. ``about`` holds what is said of the whole report; ``quiet`` the sections that agree."""

    about: tuple[Change, ...]
    sections: tuple[SectionChange, ...]
    quiet: tuple[SectionChange, ...]

    @property
    def is_empty(self) -> bool:
        return not self.about and not self.sections

    @property
    def keeps(self) -> bool:
        """Whether parts were left out of the comparison, so that "the same" is said of the rest alone."""
        return any(section.kept for section in (*self.sections, *self.quiet))

    @property
    def size(self) -> int:
        """How many answers and rows differ."""
        parts = sum(part.size for section in self.sections for part in section.parts)
        return len(self.about) + sum(bool(section.standing) for section in self.sections) + parts


def compare(
    old: Json, new: Json, language: str, *, withheld: Collection[str] = (), most_rows: int = 1_000_000
) -> Difference:
    """What ``new`` says otherwise than ``old``, in a reader's language; letters are those of the newer report.

    ``withheld`` names the parts of either that are kept for States Parties: "stockpiles/destruction_sites". Of a table
    at most ``most_rows`` rows are listed; the others are counted.
    """
    with override(language):
        comparison = _Comparison(old, new, language, frozenset(withheld), most_rows)
        found = list(comparison.sections())
        return Difference(
            about=tuple(comparison.about()),
            sections=tuple(one for one in found if one.differs),
            quiet=tuple(one for one in found if not one.differs),
        )


@dataclass(frozen=True)
class _Comparison:
    old: Json
    new: Json
    language: str
    withheld: frozenset[str]
    most_rows: int

    @property
    def is_one_report(self) -> bool:
        return bool(self.old["slug"] == self.new["slug"])

    def about(self) -> Iterator[Change]:
        """Whether the figures may still change. The period is told by the header."""
        was, now = bool(self.old.get("provisional")), bool(self.new.get("provisional"))
        if was != now:
            # Nobody says of figures that they are final: without the mark nothing is said.
            said = _("The figures are provisional.")
            pair = (said, _("They are not marked as provisional.")) if was else ("", said)
            yield Change("provisional", _("Figures"), *pair)

    def sections(self) -> Iterator[SectionChange]:
        form, before = edition_of(self.new["edition"]), edition_of(self.old["edition"])
        layout = self.new.get("language") or self.language
        ordered = form.in_order(language=layout)
        known = {section.key for section in ordered}
        for section in (*ordered, *(one for one in before.all_sections if one.key not in known)):
            yield self._section(section, _section_of(before, section.key), form.letter(section.key, language=layout))

    def _section(self, section: Section, before: Section | None, letter: str) -> SectionChange:
        old, new = (_said(one, section.key) for one in (self.old, self.new))
        known = {part.key for part in section.parts}
        gone = tuple(part for part in before.parts if part.key not in known) if before else ()
        kept = [part for part in (*section.parts, *gone) if f"{section.key}/{part.key}" in self.withheld]
        compared = [part for part in (*section.parts, *gone) if part not in kept]
        found = (self._part(part, _part_of(before, part.key), old, new) for part in compared)
        parts = tuple(part for part in found if part)
        return SectionChange(
            key=section.key,
            letter=letter,
            title=str(section.title),
            standing=self._standing(old, new, bool(parts)),
            parts=parts,
            kept=tuple(str(part.title) for part in kept),
        )

    def _standing(self, old: Json, new: Json, differs: bool) -> Change | None:
        """Another standing. That a later report says of a section "unchanged" is none while it says the same."""
        pair = [(one["standing"], one.get("unchanged_since")) for one in (old, new)]
        if pair[0] == pair[1]:
            return None
        if not self.is_one_report and not {pair[0][0], pair[1][0]} - {CHANGED, UNCHANGED}:
            return None
        words = [standing_sentence(one, self.language) or standing_label(one["standing"]) for one in (old, new)]
        return Change("standing", _("How the section stands"), *words) if words[0] != words[1] else None

    def _part(self, part: Part, before: Part | None, old: Json, new: Json) -> PartChange | None:
        was, now = old["parts"].get(part.key, {}), new["parts"].get(part.key, {})
        if was == now:
            return None
        known = {field.key for field in part.fields}
        fields = (*part.fields, *(f for f in (before.fields if before else ()) if f.key not in known))
        if isinstance(part, Table):
            change = self._table(part, fields, was, now)
        else:
            cells = self._cells(fields, was.get("values", {}), now.get("values", {}))
            change = PartChange(part.key, str(part.title), cells=cells)
        return change if change.size else None

    def _table(self, part: Table, fields: tuple[Field, ...], was: Json, now: Json) -> PartChange:
        pairs = list(_matched(part, _rows(was), _rows(now), one_report=self.is_one_report))
        differing = [
            (number, old, new)
            for number, (old, new) in enumerate(pairs, 1)
            if old is None or new is None or not _same_cells(old["cells"], new["cells"])
        ]
        rows = tuple(self._row(part, fields, number, old, new) for number, old, new in differing[: self.most_rows])
        cells: tuple[Change, ...] = ()
        if bool(was.get("none")) != bool(now.get("none")):
            cells = (Change("none", _("The table"), *(_table_words(part, one) for one in (was, now))),)
        return PartChange(part.key, str(part.title), cells=cells, rows=rows, left_out=len(differing) - len(rows))

    def _row(
        self, part: Table, fields: tuple[Field, ...], number: int, old: Json | None, new: Json | None
    ) -> RowChange:
        how = ADDED if old is None else REMOVED if new is None else OTHER
        here = new or old or {"cells": {}}
        names = [shown(field, here["cells"].get(field.key), self.language) for field in part.naming_columns]
        name = " · ".join(name for name in names if name) or _("row %(number)s") % {"number": number}
        cells = self._cells(fields, old["cells"] if old else {}, new["cells"] if new else {})
        return RowChange(how, name, cells)

    def _cells(self, fields: tuple[Field, ...], old: Json, new: Json) -> tuple[Change, ...]:
        return tuple(
            Change(
                field.key,
                str(field.label),
                shown(field, old.get(field.key), self.language),
                shown(field, new.get(field.key), self.language),
            )
            for field in fields
            if not same_answer(old.get(field.key), new.get(field.key))
        )


def _said(content: Json, key: str) -> Json:
    section: Json = content["sections"].get(key) or {"standing": "", "parts": {}}
    return section


def _table_words(part: Table, said: Json) -> str:
    """What a table says as a whole: that there is nothing, or how many rows it has; "" where it is blank."""
    if said.get("none"):
        return str(part.none_sentence)
    rows = len(_rows(said))
    return ngettext("%(count)s row", "%(count)s rows", rows) % {"count": rows} if rows else ""


def _rows(part: Json) -> list[Json]:
    return [row for row in part.get("rows", []) if row["cells"]]


def _section_of(form: Edition, key: str) -> Section | None:
    try:
        return form.section(key)
    except UnknownPlace:
        return None


def _part_of(section: Section | None, key: str) -> Part | None:
    try:
        return section.part(key) if section else None
    except UnknownPlace:
        return None


def _same_cells(old: Json, new: Json) -> bool:
    return old.keys() == new.keys() and all(same_answer(old[key], new[key]) for key in old)


def _matched(
    part: Table, old: list[Json], new: list[Json], *, one_report: bool
) -> Iterator[tuple[Json | None, Json | None]]:
    """The rows that belong together, in the order of the newer ones; what went stands at the end.

    Inside one report the id decides, and so it does between two where the row was carried from one to the next.
    Otherwise a row is known by what it is about; the same id may be another row there.
    """
    by_id = {row["id"]: row for row in old}
    partner: dict[int, Json] = {}
    taken: set[str] = set()
    for at, row in enumerate(new):
        twin = by_id.get(row["id"])
        if twin is not None and (one_report or _is_carried(row) or _name(part, twin) == _name(part, row)):
            partner[at] = twin
            taken.add(twin["id"])
    waiting: dict[tuple[str, ...], deque[Json]] = defaultdict(deque)
    for row in old:
        if row["id"] not in taken:
            waiting[_name(part, row)].append(row)
    for at, row in enumerate(new):
        if at not in partner and (twins := waiting.get(_name(part, row))):
            partner[at] = twins.popleft()
            taken.add(partner[at]["id"])
    for at, row in enumerate(new):
        yield partner.get(at), row
    for row in old:
        if row["id"] not in taken:
            yield row, None


def _is_carried(row: Json) -> bool:
    return any(str(cell.get("from", "")).startswith(CARRIED) for cell in row["cells"].values())


def _name(part: Table, row: Json) -> tuple[str, ...]:
    """What a row is about, as data: the columns that name it; all it says where no column does."""
    fields = part.naming_columns or part.columns
    return tuple(_plain(row["cells"].get(field.key)) for field in fields)


def _plain(cell: Json | None) -> str:
    return repr(sorted((key, str(value)) for key, value in cell.items() if key != "from")) if cell else ""
