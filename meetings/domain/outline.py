"""The outline as plain rows: read, compared, written, and every change kept so that it can be undone.

A step holds only the rows that a change touched, as they were before it (``None`` for a row that was not there).
Undoing puts them back and notes what they were; redoing puts those back. A new change lets go of what was undone. Work
on the desk is not in the register, like a draft's: publishing is.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from ccm_portal.core.workflow import locked
from meetings.domain import outline_links, steps
from meetings.domain.agenda_numbers import in_order
from meetings.domain.agenda_publishing import AgendaChanged, AgendaRefused
from meetings.models import Agenda, AgendaItem, AgendaStep, Meeting

Row = dict[str, Any]
PLAIN = ("position", "is_numbered", "kind", "words", "minutes", "speakers", "lead_name")
LINKED = ("sitting", "lead_body", "lead_state", "about_state", "problem")  # by primary key
MOST_STEPS = 300  # that can be undone


@dataclass
class Outline:
    """Rows by code. ``parent`` is a code too."""

    rows: dict[int, Row]
    next_code: int
    minutes_per_speaker: int
    added: list[int] = field(default_factory=list)

    def children(self, under: int | None) -> list[int]:
        """The codes below one, in order."""
        below = [code for code, row in self.rows.items() if row["parent"] == under]
        return sorted(below, key=lambda code: (self.rows[code]["position"], code))

    def tree(self) -> dict[int | None, list[int]]:
        """All children at once."""
        found: dict[int | None, list[int]] = defaultdict(list)
        for code in sorted(self.rows, key=lambda code: (self.rows[code]["position"], code)):
            found[self.rows[code]["parent"]].append(code)
        return found

    def below(self, code: int) -> set[int]:
        """The codes of everything under one."""
        found: set[int] = set()
        for child in self.children(code):
            found |= {child} | self.below(child)
        return found

    def depth(self, code: int | None) -> int:
        """0 at the top; -1 for the place above all."""
        deep = -1
        while code is not None:
            deep, code = deep + 1, self.rows[code]["parent"]
        return deep

    def height(self, code: int) -> int:
        """How many levels stand under one."""
        return max((1 + self.height(child) for child in self.children(code)), default=0)

    def settle(self, under: int | None, order: Iterable[int]) -> None:
        """Give the children of one their places."""
        for place, code in enumerate(order):
            self.rows[code] |= {"parent": under, "position": place}

    def add(self, row: Row) -> int:
        """A new row with the next code. Codes are never given twice."""
        code, self.next_code = self.next_code, self.next_code + 1
        self.rows[code] = row
        self.added.append(code)
        return code


Change = Callable[[Outline], steps.Told]


def read(agenda: Agenda) -> Outline:
    """The rows as they stand. One query."""
    found = list(AgendaItem.objects.filter(agenda=agenda))
    codes = {row.pk: row.code for row in found}
    rows = {
        row.code: {"parent": codes[row.parent_id] if row.parent_id else None}
        | {name: getattr(row, name) for name in PLAIN}
        | {name: getattr(row, f"{name}_id") for name in LINKED}
        for row in found
    }
    return Outline(rows, agenda.next_code, agenda.minutes_per_speaker)


@transaction.atomic
def change(*, meeting: Meeting, version: int, by: User | None, at: datetime, how: Change) -> Agenda:
    """One change of the outline, if it is still the one that was seen. ``how`` changes it and says what it did; where
    it changes nothing, nothing is written.

    :raises AgendaChanged: if somebody else has changed it since.
    :raises AgendaRefused: if ``how`` refuses.
    """
    agenda = held(meeting, version)
    before = read(agenda)
    after = deepcopy(before)
    told = how(after)
    delta = _differences(before, after)
    agenda.next_code = after.next_code
    if delta is None:
        return agenda
    agenda.steps.filter(after__isnull=False).delete()
    AgendaStep.objects.create(agenda=agenda, version=agenda.version, label=steps.kept(told), before=delta, by=by, at=at)
    agenda.steps.filter(version__lte=agenda.version - MOST_STEPS).delete()
    _write(agenda, before, after)
    outline_links.let_go(meeting, before.rows, after.rows, by=by, at=at)
    return agenda


@transaction.atomic
def undo(*, meeting: Meeting, version: int, by: User | None, at: datetime) -> Agenda:
    """Take the last change back, whoever made it.

    :raises AgendaChanged: if the outline is not the one that was seen.
    :raises AgendaRefused: if there is nothing to take back.
    """
    agenda = held(meeting, version)
    step = undoable(agenda)
    if step is None:
        raise AgendaRefused(_("There is nothing to undo."))
    step.after = _restored(agenda, step.before, by=by, at=at)
    step.save(update_fields=["after"])
    return agenda


@transaction.atomic
def redo(*, meeting: Meeting, version: int, by: User | None, at: datetime) -> Agenda:
    """Make the change again that was taken back last.

    :raises AgendaChanged: if the outline is not the one that was seen.
    :raises AgendaRefused: if nothing was taken back, or something was changed since.
    """
    agenda = held(meeting, version)
    step = redoable(agenda)
    if step is None or step.after is None:
        raise AgendaRefused(_("There is nothing to redo."))
    step.before = _restored(agenda, step.after, by=by, at=at)
    step.after = None
    step.save(update_fields=["before", "after"])
    return agenda


def in_reading_order(lines: Outline) -> list[int]:
    """Every code, top to bottom."""
    return [code for code, _depth in in_order(lines.tree())]


def undoable(agenda: Agenda) -> AgendaStep | None:
    """The change that undoing takes back next."""
    return agenda.steps.filter(after__isnull=True).order_by("-version").first()


def redoable(agenda: Agenda) -> AgendaStep | None:
    """The change that redoing makes next."""
    return agenda.steps.filter(after__isnull=False).order_by("version").first()


def held(meeting: Meeting, version: int) -> Agenda:
    """The agenda, locked, made at the first touch.

    :raises AgendaChanged: if it has another version than the one seen.
    """
    agenda = locked(Agenda.objects.get_or_create(meeting=meeting)[0])
    if agenda.version != version:
        since = (
            agenda.steps.filter(version__gte=version, after__isnull=True)
            .select_related("by")
            .order_by("-version")
            .first()
        )
        raise AgendaChanged(agenda, steps.changed_since(since))
    return agenda


def _differences(before: Outline, after: Outline) -> dict[str, Any] | None:
    """The rows that differ, as they were before; ``None`` if nothing does."""
    codes = before.rows.keys() | after.rows.keys()
    touched = {str(code): before.rows.get(code) for code in codes if before.rows.get(code) != after.rows.get(code)}
    delta: dict[str, Any] = {"items": touched}
    if before.minutes_per_speaker != after.minutes_per_speaker:
        delta["minutes_per_speaker"] = before.minutes_per_speaker
    return delta if touched or len(delta) > 1 else None


def _restored(agenda: Agenda, delta: dict[str, Any], *, by: User | None, at: datetime) -> dict[str, Any]:
    """Put rows back as a delta says. Returns the delta that leads back from there."""
    before = read(agenda)
    after = deepcopy(before)
    for code, row in delta["items"].items():
        if row is None:
            after.rows.pop(int(code), None)
        else:
            after.rows[int(code)] = row
    after.minutes_per_speaker = delta.get("minutes_per_speaker", after.minutes_per_speaker)
    outline_links.forget_what_is_gone(agenda.meeting, [row for row in delta["items"].values() if row])
    back = _differences(before, after)
    _write(agenda, before, after)
    outline_links.let_go(agenda.meeting, before.rows, after.rows, by=by, at=at)
    outline_links.take_up(agenda.meeting, before.rows, after.rows, by=by, at=at)
    return back or {"items": {}}


def _write(agenda: Agenda, before: Outline, after: Outline) -> None:
    """The rows that differ, in at most five statements, and the version that counts this."""
    gone = before.rows.keys() - after.rows.keys()
    new = after.rows.keys() - before.rows.keys()
    changed = {code for code in after.rows if after.rows[code] != before.rows.get(code)}
    AgendaItem.objects.bulk_create([AgendaItem(agenda=agenda, code=code, **_columns(after.rows[code])) for code in new])
    found = {row.code: row for row in AgendaItem.objects.filter(agenda=agenda)}
    touched = []
    for code in changed:
        row, wanted = found[code], after.rows[code]
        for name, value in _columns(wanted).items():
            setattr(row, name, value)
        row.parent = found[wanted["parent"]] if wanted["parent"] is not None else None
        touched.append(row)
    AgendaItem.objects.bulk_update(touched, ["parent", *PLAIN, *LINKED])
    if gone:
        AgendaItem.objects.filter(agenda=agenda, code__in=gone).delete()
    agenda.minutes_per_speaker = after.minutes_per_speaker
    agenda.version += 1
    agenda.save()


def _columns(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in PLAIN} | {f"{name}_id": row[name] for name in LINKED}
