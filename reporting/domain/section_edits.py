"""One section being changed: the rules of what may be put where, on copies, without a database.

Every change of a cell is noted as ``[version, page, person]``: the section's version with that
change, the page (one load of it in one browser tab) it came from, and who made it. A text posted
on version ``base`` conflicts with a stored one only if that was changed after ``base``, from
another page, and says something else. So a retry, a slow save and a second tab on other fields
never conflict, and a colleague's text is never written over unseen.
"""

import copy
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reporting.enums import Standing
from reporting.form import answers as forms
from reporting.form.parts import Section, UnknownPlace
from reporting.form.values import Attachments
from reporting.form.values.base import too_long
from reporting.form.values.files import files_of, together, with_files, words_of
from reporting.models import ReportVersion, SectionDraft

Answers = dict[str, Any]

MOST_ROWS = 10_000  # of one table
FILES = ":files"  # after a path: the files beside that answer
WHOLE = "*"  # instead of a row or a field in a path: all of the part was written at once


class EditRefused(Exception):
    """The section cannot be changed like this. The message is fit to show the user."""


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """Two texts for one place. ``theirs`` is None where a colleague removed the row."""

    path: str
    mine: str
    theirs: str | None
    theirs_by: int | None


@dataclass(kw_only=True)
class SectionEdit:
    """A working copy of a section, as seen by one page."""

    draft: SectionDraft
    section: Section
    base: int
    page: str
    language: str
    by: int
    conflicts: list[Conflict] = field(default_factory=list)
    dirty: bool = False

    # Texts

    def put_text(self, path: str, text: str) -> None:
        """Store what was typed, unless a colleague has written something else there meanwhile.

        A text that is too long is not stored.

        :raises UnknownPlace: if the form has no such place.
        """
        part, row_id, question = forms.locate(self.section, path)
        if too_long(text):
            return
        posted = forms.read_cell(question, text, language=self.language)
        if row_id is not None and not self.has_row(part.key, row_id):
            if posted is not None:
                self.conflicts.append(self._conflict(path, text, removed=row_id))
            return
        stored = forms.cell_at(self.section, self.draft.answers, path)
        if kept := files_of(stored):
            posted = self._words_beside(kept, posted, text)
        if forms.same_answer(posted, stored):
            return
        if self.changed_by_another(path):
            self.conflicts.append(self._conflict(path, text))
            return
        self._set(forms.put_cell(self.section, self.draft.answers, path, posted), path)

    @staticmethod
    def _words_beside(kept: list[Any], posted: dict[str, Any] | None, text: str) -> dict[str, Any]:
        """What was typed beside files: it changes the words alone. Files come and go by their own buttons."""
        given = posted is not None and posted["is"] == "given"
        words = posted["words"] if posted and given else text.strip()
        more = files_of(posted)
        return {"is": "given", "files": together(kept, more), "words": words, "from": "typed"}

    def change_files(self, path: str, *, add: Sequence[Any] = (), remove: Sequence[str] = ()) -> None:
        """Put files beside an answer, or take some away. That meets nobody's words, so it never conflicts.

        :raises EditRefused: if a colleague has removed the row.
        :raises UnknownPlace: if the form has no such place, or no files belong there.
        """
        part, row_id, question = forms.locate(self.section, path)
        if not isinstance(question.kind, Attachments):
            raise UnknownPlace(f"No files belong to “{path}”.")
        if row_id is not None and not self.has_row(part.key, row_id):
            raise EditRefused(_("A colleague has removed this row meanwhile. Put it back, then add the file again."))
        stored = forms.cell_at(self.section, self.draft.answers, path)
        if stored and stored["is"] == "unreadable":
            stored = {"is": "given", "files": [], "words": stored["raw"]}
        files = [file for file in together(files_of(stored), add) if file["sha256"] not in remove]
        if files != files_of(stored):
            changed = with_files(stored, files)
            self._set(forms.put_cell(self.section, self.draft.answers, path, changed), f"{path}{FILES}")

    def keep_last(self, path: str, last: Answers) -> None:
        """Take the earlier report's answer: of one field, or of all rows of a table."""
        if "." not in path:
            self._keep_rows(path, last)
            return
        cell = forms.cell_at(self.section, last, path)
        if self.changed_by_another(path):
            self.conflicts.append(self._conflict(path, self.text_of(path, cell)))
            return
        if kept := files_of(forms.cell_at(self.section, self.draft.answers, path)):
            cell = with_files(cell, together(kept, files_of(cell)))
        self._set(forms.put_cell(self.section, self.draft.answers, path, cell), path)

    def _keep_rows(self, part: str, last: Answers) -> None:
        """Put back the earlier report's rows that are not there any more; what is there stays."""
        earlier = last["parts"].get(part, {}).get("rows", [])
        missing = [row for row in earlier if not self.has_row(part, row["id"])]
        answers = self.draft.answers
        for row in missing:
            answers = forms.restore_row(
                self.section, answers, {"part": part, "at": len(earlier), "row": copy.deepcopy(row)}
            )
        if missing:
            self._check_room(part, len(missing))
            self._set(answers, *(f"{part}.{row['id']}" for row in missing))

    # Rows

    def add_row(self, part: str, *, after: str | None = None) -> str:
        self._check_room(part, 1)
        answers = forms.add_row(self.section, self.draft.answers, part, after=after)
        row_id = forms.last_row_id(answers, part)
        self._set(answers, f"{part}.{row_id}")
        return row_id

    def remove_row(self, part: str, row_id: str) -> None:
        """Take a row out; it can be put back. Refused as a conflict if a colleague wrote in it."""
        if not self.has_row(part, row_id):
            return
        written = {p for p in self.draft.changes if p.startswith(f"{part}.{row_id}.")}
        if f"{part}.{WHOLE}" in self.draft.changes:
            written.add(f"{part}.{row_id}.{self.section.part(part).fields[0].key}")
        if stale := [path for path in sorted(written) if self.changed_by_another(path)]:
            self.conflicts += [self._conflict(path.removesuffix(FILES), "") for path in stale]
            return
        answers, removed = forms.remove_row(self.section, self.draft.answers, part, row_id)
        self.draft.removed = self.draft.removed | {f"{part}.{row_id}": removed}
        self._set(answers, f"{part}.{row_id}")

    def restore_row(self, part: str, row_id: str) -> None:
        removed = self.draft.removed.get(f"{part}.{row_id}")
        if removed is None or self.has_row(part, row_id):
            return
        self._check_room(part, 1)
        self.draft.removed = {k: v for k, v in self.draft.removed.items() if k != f"{part}.{row_id}"}
        self._set(forms.restore_row(self.section, self.draft.answers, removed), f"{part}.{row_id}")

    def move_row(self, part: str, row_id: str, *, by: int) -> None:
        if self.has_row(part, row_id):
            moved = forms.move_row(self.section, self.draft.answers, part, row_id, by=by)
            self._set(moved, f"{part}.{row_id}")

    def take_in(self, answers: Answers, removed: Answers) -> None:
        """Many rows at once, from a file: the answers as they are to stand, and what brings each removed row back.

        One note a part says that it was written, not one a cell: a table may have 100,000 cells.
        """
        before, after = (one.get("parts", {}) for one in (self.draft.answers, answers))
        parts = [key for key in after if after[key] != before.get(key)]
        for key in parts:
            if self.section.part(key).is_table and len(after[key]["rows"]) > MOST_ROWS:
                raise self._no_room(key)
        if removed:
            self.draft.removed = self.draft.removed | removed
        self._set(answers, *(f"{key}.{WHOLE}" for key in parts))

    def _check_room(self, part: str, more: int) -> None:
        if len(self.draft.answers.get("parts", {}).get(part, {}).get("rows", [])) + more > MOST_ROWS:
            raise self._no_room(part)

    def _no_room(self, part: str) -> EditRefused:
        sentence = ngettext(
            "“%(table)s” has room for %(most)s row.", "“%(table)s” has room for %(most)s rows.", MOST_ROWS
        )
        return EditRefused(sentence % {"table": self.section.part(part).title, "most": MOST_ROWS})

    def has_row(self, part: str, row_id: str) -> bool:
        rows = self.draft.answers.get("parts", {}).get(part, {}).get("rows", [])
        return any(row["id"] == row_id for row in rows)

    # The section as a whole

    def set_none(self, part: str, none: bool) -> None:
        """ "Nothing to report" in a table, or that taken back.

        :raises EditRefused: if the table has answers.
        """
        if bool(self.draft.answers.get("parts", {}).get(part, {}).get("none")) == none:
            return
        try:
            self._set(forms.set_none(self.section, self.draft.answers, part, none), part)
        except forms.AnswersRefused as refusal:
            raise EditRefused(str(refusal)) from refusal

    def set_withheld(self, part: str, withheld: bool) -> None:
        """Keep a part for States Parties, or publish it with the rest."""
        key = self.section.part(part).key
        others = [name for name in self.draft.withheld if name != key]
        if withheld != (key in self.draft.withheld):
            self.draft.withheld = sorted([*others, key]) if withheld else others
            self._note(f"withheld.{key}")

    def set_standing(self, standing: str, *, original: ReportVersion | None = None) -> None:
        """Changed, unchanged since ``original``, or not applicable. What was typed stays in the draft.

        :raises EditRefused: if a colleague wrote in the section meanwhile and the choice would set
            that aside, or the section always applies.
        """
        if standing == self.draft.standing and original == self.draft.unchanged_since:
            return
        if standing == Standing.NOT_APPLICABLE and not self.section.may_be_not_applicable:
            raise EditRefused(_("This section always applies."))
        if standing != Standing.CHANGED and any(map(self.changed_by_another, self.draft.changes)):
            raise EditRefused(
                _("A colleague has written in this section since you opened it. Read it again, then choose.")
            )
        self._stand(standing, original)
        self._note("standing")

    # Inside

    def changed_by_another(self, path: str) -> bool:
        version, page, _person = self._latest(path)
        return version > self.base and page != self.page

    def _latest(self, path: str) -> tuple[int, str, int | None]:
        """The latest change there: of the place itself, or of its whole part at once."""
        marks = (self.draft.changes.get(one) for one in (path, f"{path.partition('.')[0]}.{WHOLE}"))
        found = [(mark[0], mark[1], mark[2]) for mark in marks if mark]
        return max(found, key=lambda mark: mark[0], default=(0, "", None))

    def text_of(self, path: str, cell: dict[str, Any] | None) -> str:
        kind = forms.locate(self.section, path)[2].kind
        return words_of(cell, kind.text(cell, language=self.language)) if cell else ""

    def is_box(self, path: str) -> bool:
        """Whether the form has a question there, in a row that is there."""
        try:
            part, row_id, _question = forms.locate(self.section, path)
        except UnknownPlace:
            return False
        return row_id is None or self.has_row(part.key, row_id)

    def stored_text(self, path: str) -> str:
        return self.text_of(path, forms.cell_at(self.section, self.draft.answers, path))

    def problem_with(self, path: str) -> str:
        cell = forms.cell_at(self.section, self.draft.answers, path)
        return str(cell.get("problem", "")) if cell else ""

    def _set(self, answers: Answers, *paths: str) -> None:
        if answers == self.draft.answers:
            return
        self.draft.answers = answers
        self._note(*paths)
        if self.draft.standing != Standing.CHANGED:
            self._stand(Standing.CHANGED, None)

    def _stand(self, standing: str, original: ReportVersion | None) -> None:
        self.draft.standing = standing
        self.draft.unchanged_since = original

    def _note(self, *paths: str) -> None:
        mark = [self.draft.version + 1, self.page, self.by]
        self.draft.changes = self.draft.changes | dict.fromkeys(paths, mark)
        self.dirty = True

    def _conflict(self, path: str, mine: str, *, removed: str | None = None) -> Conflict:
        noted = path if removed is None else path.rpartition(".")[0]
        person = self._latest(noted)[2]
        theirs = None
        if removed is None:
            theirs = self.stored_text(path)
        return Conflict(path=path, mine=mine, theirs=theirs, theirs_by=person)


__all__ = ["Conflict", "EditRefused", "SectionEdit", "UnknownPlace"]
