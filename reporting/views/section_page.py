"""A section's page in the shape its template draws: parts, rows and boxes with all that stands beside them."""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from reporting.domain.section_edits import Conflict
from reporting.form.parts import Field, Part, Section
from reporting.form.values import Choice, YesNo
from reporting.form.values.files import lacks_files, words_of
from reporting.form.values.vocabulary import SPECIAL, YES_NO, say
from reporting.forms import mark_of
from reporting.models import DraftComment, SectionDraft
from reporting.views.file_boxes import FileBox, file_box
from reporting.views.section_comments import Said, Talk, at_boxes, talks
from reporting.views.section_rows import DRAWN, Drawn, drawn, page_of, query_for

MOST_REMOVED = 20  # rows that can be put back are drawn so many at a time
WIDE = 5  # tables of more columns are drawn as one card a row

Json = dict[str, Any]


def anchor_of(path: str) -> str:
    """The id of a place on its page: what problems and buttons link to."""
    return "f-" + path.replace(".", "-")


@dataclass(kw_only=True)
class Box:
    """One question with its answer and last year's."""

    path: str
    question: Field
    text: str
    problem: str = ""
    was: str = ""
    was_text: str = ""
    lacks_files: bool = False  # that the earlier report has here
    row_label: str = ""
    conflict: Conflict | None = None
    conflict_by: str = ""
    files: FileBox | None = None
    comments: list[DraftComment] = field(default_factory=list)
    options: list[tuple[str, str]] = field(default_factory=list)

    @property
    def id(self) -> str:
        return anchor_of(self.path)

    @property
    def label(self) -> str:
        return str(self.question.label)

    @property
    def spoken(self) -> str:
        """The label as it is read out inside a table."""
        return f"{self.label}, {self.row_label}" if self.row_label else self.label

    @property
    def may_keep(self) -> bool:
        return bool(self.was) and (self.was_text != self.text or self.lacks_files)

    @property
    def guidance(self) -> str:
        return f"{self.question.guidance} {self.question.kind.hint}".strip()

    @property
    def described(self) -> str:
        """The ids of what explains the box to who cannot see it: its problem, then its guidance."""
        ids = [f"{self.id}-error"] if self.problem else []
        if self.guidance:
            column = f"{anchor_of(self.path.partition('.')[0])}-{self.question.key}"
            ids.append(column if self.row_label else f"{self.id}-guidance")
        return " ".join(ids)

    @property
    def lines(self) -> int:
        if not self.question.kind.multiline:
            return 0
        base = 2 if self.row_label else 4
        return min(14, max(base, self.text.count("\n") + len(self.text) // 80 + 1))


@dataclass(kw_only=True)
class Row:
    id: str
    path: str
    number: int
    label: str
    boxes: list[Box]
    is_first: bool
    is_last: bool

    @property
    def anchor(self) -> str:
        return anchor_of(self.path)


@dataclass(kw_only=True)
class PartPage:
    """A part of the section: boxes, or rows of boxes."""

    part: Part
    boxes: list[Box] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    none: bool = False
    withheld: bool = False
    removed: list[tuple[str, str]] = field(default_factory=list)
    missing_last: int = 0
    talk: Talk | None = None
    drawn: Drawn | None = None
    answered: bool = False  # by rows that are not drawn too

    @property
    def id(self) -> str:
        return anchor_of(self.part.key)

    @property
    def is_wide(self) -> bool:
        return len(self.part.fields) > WIDE

    @property
    def has_answers(self) -> bool:
        return self.answered or any(box.text for box in self.all_boxes)

    @property
    def all_boxes(self) -> list[Box]:
        return [*self.boxes, *(box for row in self.rows for box in row.boxes)]


@dataclass(kw_only=True)
class SectionPage:
    draft: SectionDraft
    section: Section
    language: str
    last: Json | None
    last_label: str
    posted: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)
    conflicts: Iterable[Conflict] = ()
    people: Mapping[int, User] = field(default_factory=dict)
    comments: list[DraftComment] = field(default_factory=list)
    typed: Said = field(default_factory=Said)
    at: str = ""  # which rows of which table: "stocks.3" is its third page
    page: str = field(default_factory=lambda: secrets.token_hex(8))

    @cached_property
    def parts(self) -> list[PartPage]:
        pages = [self._table(part) if part.is_table else self._fields(part) for part in self.section.parts]
        for page in pages:
            page.withheld = page.part.key in self.draft.withheld
            page.talk = self._talks(pages)[page.part.key]
        return pages

    @cached_property
    def talk(self) -> Talk:
        """The comments on the section as a whole."""
        return self._talks(self.parts)[""]

    @property
    def has_comments(self) -> bool:
        """Whether a comment at a part or a box is open, or is begun."""
        return any(said.path and said.settled_at is None for said in self.comments) or any(self.typed.unsent)

    def _talks(self, pages: list[PartPage]) -> dict[str, Talk]:
        if self._drawn_talks is None:
            labels = {page.part.key: {box.path: box.spoken for box in page.all_boxes} for page in pages}
            self._drawn_talks = talks(self.section, self.comments, labels, self.typed)
        return self._drawn_talks

    @cached_property
    def boxes(self) -> list[Box]:
        return [box for part in self.parts for box in part.all_boxes]

    @property
    def has_tables(self) -> bool:
        return any(part.is_table for part in self.section.parts)

    @property
    def takes_files(self) -> bool:
        return any(box.files for box in self.boxes)

    @property
    def waiting(self) -> int:
        """How many boxes hold two texts, of which the person has to choose one."""
        return sum(1 for conflict in self.conflicts if conflict.theirs is not None)

    @property
    def was_marks(self) -> str:
        """A mark of what is stored for each box, so that a page posted whole tells what was touched."""
        return json.dumps({box.path: mark_of(self._stored.get(box.path, "")) for box in self.boxes})

    def link_to(self, path: str) -> str:
        """The address of a place of this section, on the page of rows where it is drawn."""
        if path.count(".") == 2 and path not in self._stored:
            return f"{query_for(page_of(self.draft, path))}#{anchor_of(path)}"
        return f"#{anchor_of(path)}"

    def who(self, conflict: Conflict) -> str:
        person = self.people.get(conflict.theirs_by or 0)
        return str(person) if person else _("a colleague")

    @cached_property
    def _stored(self) -> dict[str, str]:
        return {}

    _drawn_talks: dict[str, Talk] | None = None

    @cached_property
    def _comments(self) -> dict[str, list[DraftComment]]:
        return at_boxes(self.comments)

    @cached_property
    def _by_path(self) -> dict[str, Conflict]:
        return {conflict.path: conflict for conflict in self.conflicts if conflict.theirs is not None}

    def _fields(self, part: Part) -> PartPage:
        cells = self._part(self.draft.answers, part).get("values", {})
        last = self._part(self.last, part).get("values", {})
        return PartPage(part=part, boxes=[self._box(f"{part.key}.{q.key}", q, cells, last) for q in part.fields])

    def _table(self, part: Part) -> PartPage:
        state = self._part(self.draft.answers, part)
        rows = state.get("rows", [])
        last_rows = {row["id"]: row["cells"] for row in self._part(self.last, part).get("rows", [])}
        page = PartPage(part=part, none=bool(state.get("none")), drawn=drawn(part.key, len(rows), self.at))
        page.answered = len(rows) > DRAWN and any(row["cells"] for row in rows)
        first, ends = page.drawn.first, page.drawn.ends
        for at, row in enumerate(rows[first:ends], first):
            path = f"{part.key}.{row['id']}"
            label = self._row_label(part, row["cells"], at + 1)
            last = last_rows.get(row["id"], {})
            page.rows.append(
                Row(
                    id=row["id"],
                    path=path,
                    number=at + 1,
                    label=label,
                    boxes=[self._box(f"{path}.{q.key}", q, row["cells"], last, row_label=label) for q in part.fields],
                    is_first=at == 0,
                    is_last=at == len(rows) - 1,
                )
            )
        here = {row["id"] for row in rows}
        page.missing_last = len(last_rows.keys() - here)
        for path, removed in self.draft.removed.items():
            if path.startswith(f"{part.key}.") and len(page.removed) < MOST_REMOVED:
                page.removed.append((path, self._row_label(part, removed["row"]["cells"], removed["at"] + 1)))
        return page

    def _box(self, path: str, question: Field, cells: Json, last: Json, *, row_label: str = "") -> Box:
        cell, was = cells.get(question.key), last.get(question.key)
        kind = question.kind
        stored = words_of(cell, kind.text(cell, language=self.language)) if cell else ""
        self._stored[path] = stored
        was_text = words_of(was, kind.text(was, language=self.language)) if was else ""
        text = self.posted.get(path, stored)
        conflict = self._by_path.get(path)
        return Box(
            path=path,
            question=question,
            text=text,
            problem=self.problems.get(path) or (cell.get("problem", "") if cell else ""),
            was=kind.show(was, language=self.language) if was else "",
            was_text=was_text,
            lacks_files=lacks_files(cell, was),
            row_label=row_label,
            conflict=conflict,
            conflict_by=self.who(conflict) if conflict else "",
            comments=self._comments.get(path, []),
            options=self._options(question, text),
            files=file_box(path, question, cell),
        )

    def _options(self, question: Field, text: str) -> list[tuple[str, str]]:
        """A list to choose from, where the kind of answer has one; what stands there is always in it."""
        kind = question.kind
        if isinstance(kind, Choice):
            options = kind.choices(language=self.language)
        elif isinstance(kind, YesNo):
            options = [(word, word) for word in (say(YES_NO, w, self.language) for w in ("yes", "no"))]
        else:
            return []
        options += [
            (word, word) for key in SPECIAL if key in kind.special and (word := say(SPECIAL, key, self.language))
        ]
        if text and text not in {value for value, _label in options}:
            options.append((text, text))
        return [("", ""), *options]

    def _row_label(self, part: Part, cells: Json, number: int) -> str:
        names = [
            column.kind.show(cells[column.key], language=self.language)
            for column in getattr(part, "naming_columns", ())
            if column.key in cells
        ]
        return " · ".join(names)[:60] or _("row %(number)s") % {"number": number}

    @staticmethod
    def _part(answers: Json | None, part: Part) -> Json:
        return (answers or {}).get("parts", {}).get(part.key, {})
