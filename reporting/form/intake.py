"""A report as people or other programs write it, made into the one format; nothing of it is dropped in silence.

Looser than the format in these ways: an answer may be what one would type into its box ("about 1,200", "3 km2", 6); a
row may be its answers alone; ``from``, the ids of rows, blank answers, and the names that the portal itself decides
(``slug``, ``provenance``) may be missing, and so may sections of which nothing is said. Then it must fit the schema,
and every answer must be what its kind reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from dataclasses import field as default
from itertools import islice
from typing import Any

from django.utils.translation import gettext as _

from reporting.form import content as documents
from reporting.form.answers import same_answer
from reporting.form.common import LANGUAGES, Json
from reporting.form.editions import EDITIONS, LATEST
from reporting.form.misfits import Problem, found, place_of, pointer
from reporting.form.parts import Edition, Field, Part, Section, Table
from reporting.form.schema import validator
from reporting.form.values import Unreadable
from reporting.form.values.base import quoted, tidy

Steps = tuple[str | int, ...]

MOST = 500  # problems that are listed of one file


@dataclass
class Taken:
    """What was read: a report that fits the format, unless there are problems."""

    content: Json
    problems: list[Problem] = default(default_factory=list)


def take(told: Json, *, origin: str, start: Steps = ()) -> Taken:
    """Read a report.

    :param origin: where each answer comes from: ``imported:report.json``.
    :param start: where in its file the report stands, for the pointers.
    """
    key = told.get("edition", LATEST)
    if not isinstance(key, str) or key not in EDITIONS:
        sentence = _("There is no form “%(edition)s” in the portal. Write one of: %(editions)s.") % {
            "edition": quoted(str(key)),
            "editions": ", ".join(EDITIONS),
        }
        return Taken({}, [Problem(pointer((*start, "edition")), "", sentence)])
    return _Reader(told, EDITIONS[key], origin, start).read()


class _Enough(Exception):
    """There are more problems than anyone will read at once."""


class _Reader:
    """One reading. ``at`` leads from places of what is made to places of the file, where they differ."""

    def __init__(self, told: Json, edition: Edition, origin: str, start: Steps) -> None:
        self.told, self.edition, self.origin, self.start = told, edition, origin, start
        language = told.get("language")
        self.language = language if isinstance(language, str) and language in LANGUAGES else "en"
        self.at: dict[Steps, Steps] = {}
        self.typed: set[Steps] = set()
        self.problems: list[Problem] = []

    def read(self) -> Taken:
        try:
            made = self._checked()
        except _Enough:
            sentence = _("There are more problems than these %(most)s.") % {"most": MOST}
            return Taken({}, [*dict.fromkeys(self.problems), Problem(pointer(self.start), "", sentence)])
        return Taken(made, list(dict.fromkeys(self.problems)))

    def _checked(self) -> Json:
        made = self._whole()
        misfits = list(islice(validator(self.edition.key).iter_errors(made), MOST + 1))
        met = {tuple(error.absolute_path) for error in misfits}
        for error in misfits:
            for steps, sentence in found(error):
                self._problem(steps, sentence)
        if isinstance(made["sections"], dict):
            self._check_answers(made, met)
            self._check_rows(made)
        if not self.problems:
            self._check_period(made)
        return made

    def _whole(self) -> Json:
        told = self.told
        year, kind = told.get("year"), told.get("kind")
        made: Json = {
            **told,
            "edition": self.edition.key,
            "year": year,
            "slug": str(year) if isinstance(year, int) else str(kind),
            "provenance": "portal",
        }
        sections = told.get("sections", {})
        if isinstance(sections, dict):
            of_form = {s.key: self._section(s, sections.get(s.key, {})) for s in self.edition.all_sections}
            made["sections"] = {**sections, **of_form}
        made["period"] = _period(_there(made, ("sections", self.edition.header.key)))
        return made

    def _section(self, section: Section, told: Any) -> Any:
        if not isinstance(told, dict):
            return told
        where: Steps = ("sections", section.key)
        parts = told.get("parts", {})
        if isinstance(parts, dict):
            of_form = {
                p.key: self._part(p, parts[p.key], (*where, "parts", p.key)) for p in section.parts if p.key in parts
            }
            parts = {key: value for key, value in {**parts, **of_form}.items() if value is not None}
        said = documents.CHANGED if parts or section is self.edition.header else ""
        return {"standing": said, "unchanged_since": None, **told, "parts": parts}

    def _part(self, part: Part, told: Any, where: Steps) -> Any:
        """The part in its full form; ``None`` if all of it is blank."""
        if not isinstance(told, dict):
            return told
        if not isinstance(part, Table):
            values = self._cells(part, told.get("values", {}), (*where, "values"))
            return None if values == {} and set(told) <= {"values"} else {**told, "values": values}
        rows = told.get("rows", [])
        if isinstance(rows, list):
            rows = self._rows(part, rows, where)
        none = told.get("none", False)
        blank = rows == [] and none is False and set(told) <= {"none", "rows"}
        return None if blank else {**told, "none": none, "rows": rows}

    def _rows(self, part: Table, told: list[Any], where: Steps) -> list[Any]:
        """The rows that say something, each with an id."""
        taken = {row["id"] for row in told if isinstance(row, dict) and isinstance(row.get("id"), str)}
        free = (f"r{number}" for number in range(1, 2 * len(told) + 2) if f"r{number}" not in taken)
        rows: list[Any] = []
        for number, row in enumerate(told):
            here: Steps = (*where, "rows", len(rows))
            there: Steps = (*where, "rows", number)
            made = row
            if isinstance(row, dict):
                flat = "cells" not in row
                inside = {name: value for name, value in row.items() if name != "id"} if flat else row["cells"]
                self.at[here] = there
                self.at[(*here, "cells")] = there if flat else (*there, "cells")
                cells = self._cells(part, inside, (*here, "cells"))
                if cells == {} and (flat or set(row) <= {"id", "cells"}):
                    continue
                made = {**({} if flat else row), "id": row.get("id") or next(free), "cells": cells}
            rows.append(made)
        return rows

    def _cells(self, part: Part, told: Any, where: Steps) -> Any:
        if not isinstance(told, dict):
            return told
        fields = {field.key: field for field in part.fields}
        made: Json = {}
        for name, answer in told.items():
            cell = self._cell(fields[name], answer, (*where, name)) if name in fields else answer
            if cell is not None:
                made[name] = cell
        return made

    def _cell(self, field: Field, told: Any, where: Steps) -> Any:
        if isinstance(told, dict):
            self.typed.add(where)
            return {**told, "from": self.origin}
        if isinstance(told, int) and not isinstance(told, bool):
            told = str(told)
        if not isinstance(told, str):
            return told
        try:
            value = field.kind.parse(told, language=self.language)
        except Unreadable as wrong:
            self._problem(where, wrong.sentence)
            return None
        return None if value is None else {**value, "from": self.origin}

    def _check_answers(self, made: Json, met: set[Steps]) -> None:
        """Each answer that was given in parts must be what its kind reads in it."""
        for where in self.typed:
            if any(steps[: len(where)] == where for steps in met):
                continue
            cells = _there(made, where[:-1])
            field = self.edition.section(str(where[1])).part(str(where[3])).field(str(where[-1]))
            try:
                cells[where[-1]] = self._as_read(field, cells[where[-1]])
            except Unreadable as wrong:
                self._problem(where, wrong.sentence)

    def _as_read(self, field: Field, cell: Json) -> Json:
        written = field.kind.text(cell, language=self.language)
        value = field.kind.parse(written, language=self.language)
        if value is None or not same_answer(value, _tidied(cell, lines=field.kind.multiline)):
            raise Unreadable(
                _("What is said here does not fit together: it would be read as “%(text)s”.")
                % {"text": quoted(field.kind.show(value, language=self.language) if value else "")}
            )
        return {**value, "from": self.origin}

    def _check_rows(self, made: Json) -> None:
        for section, part, rows in _tables(self.edition, made):
            seen: set[str] = set()
            for number, row in enumerate(rows):
                if isinstance(row, dict) and isinstance(row.get("id"), str):
                    if row["id"] in seen:
                        where: Steps = ("sections", section.key, "parts", part.key, "rows", number)
                        self._problem(where, _("There is already a row “%(id)s”.") % {"id": quoted(row["id"])})
                    seen.add(row["id"])

    def _check_period(self, made: Json) -> None:
        """The period around the sections repeats what the header says; it cannot say anything else."""
        if "period" in self.told and self.told["period"] != made["period"]:
            self._problem(("period",), _("This is not the period that the answers in the header give."))

    def _problem(self, steps: Sequence[str | int], sentence: str) -> None:
        if len(self.problems) >= MOST:
            raise _Enough
        steps = self._in_file(tuple(steps))
        self.problems.append(Problem(pointer((*self.start, *steps)), place_of(self.edition, steps), sentence))

    def _in_file(self, steps: Steps) -> Steps:
        for length in (7, 6):
            if (head := steps[:length]) in self.at:
                return (*self.at[head], *steps[length:])
        return steps


def _tables(edition: Edition, made: Json) -> Iterator[tuple[Section, Table, list[Any]]]:
    for section in edition.all_sections:
        for part in section.parts:
            if isinstance(part, Table):
                rows = _there(made, ("sections", section.key, "parts", part.key, "rows"))
                if isinstance(rows, list):
                    yield section, part, rows


def _there(thing: Any, steps: Steps) -> Any:
    """What stands at a place; ``None`` if nothing does."""
    for step in steps:
        if isinstance(thing, dict) and isinstance(step, str):
            thing = thing.get(step)
        elif isinstance(thing, list) and isinstance(step, int):
            thing = thing[step]
        else:
            return None
    return thing


def _period(header: Any) -> Json:
    """What the header says of the period, as far as it can be read."""
    values = _there(header, ("parts", "period", "values"))
    names = {"starts": ("from", "date"), "ends": ("to", "date"), "as_written": ("as_written", "text")}
    period: Json = {}
    for field, (name, key) in names.items():
        cell = values.get(field) if isinstance(values, dict) else None
        said = cell.get(key) if isinstance(cell, dict) and cell.get("is") == "given" else None
        period[name] = said if isinstance(said, str) else None
    return period


def _tidied(thing: Any, *, lines: bool) -> Any:
    """The same with every text as it would be stored if it were typed."""
    if isinstance(thing, str):
        return tidy(thing, lines=lines)
    if isinstance(thing, dict):
        return {key: _tidied(value, lines=lines) for key, value in thing.items()}
    if isinstance(thing, list):
        return [_tidied(value, lines=lines) for value in thing]
    return thing
