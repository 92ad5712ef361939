"""What can be done to one section of a draft.

Autosaves come many a second, so a section is not locked: each operation changes a copy and stores
it with one UPDATE that holds only if the version is still the one it started from; otherwise it
starts again from what is there now. Filing raises every version first, so that no save can slip
in behind it.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from reporting.domain import contents
from reporting.domain.originals import CannotStayUnchanged, original_of
from reporting.domain.section_edits import Conflict, EditRefused, SectionEdit
from reporting.enums import ReportKind, Standing
from reporting.form.editions import edition as edition_of
from reporting.form.values import base as values
from reporting.models import ReportVersion, SectionDraft


class DraftClosed(Exception):
    """The report is neither a draft nor being corrected. The message is fit to show the user."""

    def __init__(self) -> None:
        super().__init__(_("This report has been filed meanwhile. What you wrote is not in it."))


@dataclass(frozen=True, kw_only=True)
class Saved:
    """The section as it is now stored."""

    draft: SectionDraft
    new_row: str = ""


class StaleSection(Exception):
    """Some texts met a colleague's. All others are stored; both texts of each are in ``conflicts``."""

    def __init__(self, saved: Saved, conflicts: list[Conflict]) -> None:
        super().__init__(_("A colleague has changed the same place. Both texts are shown; choose one."))
        self.saved = saved
        self.conflicts = conflicts


class ChangedSinceSeen(Exception):
    """A colleague wrote in the section after it was shown. The message is fit to show the user."""

    def __init__(self) -> None:
        super().__init__(_("The section was changed after you opened this page. Here it is as it stands now."))


@dataclass(frozen=True, kw_only=True)
class Seen:
    """What the person had before them: the version, the page (one load in one tab), the language."""

    version: int
    page: str = ""
    language: str = "en"


def save_cells(
    *,
    draft: SectionDraft,
    seen: Seen,
    texts: Mapping[str, str],
    keep: Sequence[str] = (),
    by: User,
    at: datetime,
) -> Saved:
    """Store what was typed, place by place; at the places in ``keep`` the earlier report's answer.

    A text that is too long is not stored: see ``too_long``.

    :raises StaleSection: if a place was changed by a colleague; the other places are stored.
    :raises DraftClosed: if the report was filed meanwhile.
    """

    def change(edit: SectionEdit) -> None:
        _put_texts(edit, texts)
        _keep(edit, keep)

    return _edit(draft, seen, change, by=by, at=at)


def save_page(
    *,
    draft: SectionDraft,
    seen: Seen,
    texts: Mapping[str, str],
    nones: Mapping[str, bool],
    withheld: Mapping[str, bool],
    standing: str | None,
    act: str,
    place: str,
    by: User,
    at: datetime,
) -> Saved:
    """Store a whole page as posted and do what its button says: ``act`` on ``place``.

    :raises StaleSection: if a place was changed by a colleague; the other places are stored.
    :raises EditRefused: if the act is refused; the texts are stored all the same.
    :raises DraftClosed: if the report was filed meanwhile.
    """
    refused: list[EditRefused] = []

    def change(edit: SectionEdit) -> str:
        refused.clear()
        _put_texts(edit, texts)
        new_row = ""
        try:
            _set_withheld(edit, withheld)  # first: whatever else is refused, what is to be kept is kept
            for part, none in nones.items():
                edit.set_none(part, none)
            if standing is not None:
                _stand(edit, standing)
                _set_withheld(edit, withheld)  # what the person said goes before what the earlier report kept
            if act:
                new_row = _act(edit, act, place) or ""
                _set_withheld(edit, withheld)
        except EditRefused as refusal:
            refused.append(refusal)
        return new_row

    saved = _edit(draft, seen, change, by=by, at=at)
    if refused:
        raise refused[0]
    return saved


def change_files(
    *,
    draft: SectionDraft,
    seen: Seen,
    path: str,
    add: Sequence[dict[str, Any]] = (),
    remove: Sequence[str] = (),
    by: User,
    at: datetime,
) -> Saved:
    """Name files in an answer, or no more. See ``report_files``, which also keeps them.

    :raises EditRefused: if a colleague has removed the row.
    :raises DraftClosed: if the report was filed meanwhile.
    """
    return _edit(draft, seen, lambda edit: edit.change_files(path, add=add, remove=remove), by=by, at=at)


def take_in(
    *,
    draft: SectionDraft,
    seen: Seen,
    compose: Callable[[SectionDraft], tuple[dict[str, Any], dict[str, Any]]],
    base: ReportVersion | None = None,
    by: User,
    at: datetime,
) -> Saved:
    """Put many rows in at once, all or none: ``compose`` gives the new answers, and what brings removed rows back.
    They may be those of ``base``: what the State keeps of that, it keeps of them.

    :raises ChangedSinceSeen: if the section is not the one that was seen.
    :raises EditRefused: if a table has no room for so many rows.
    :raises DraftClosed: if the report was filed meanwhile.
    """

    def change(edit: SectionEdit) -> None:
        if edit.draft.version != seen.version:
            raise ChangedSinceSeen
        before = edit.draft.answers.get("parts", {})
        edit.take_in(*compose(edit.draft))
        after = edit.draft.answers.get("parts", {})
        if base:
            _keep_as(edit, base, [part for part in after if after[part] != before.get(part)])

    return _edit(draft, seen, change, by=by, at=at)


def told(draft: SectionDraft, seen: Seen, paths: Sequence[str], *, by: User) -> dict[str, Any]:
    """What a page that saved ``paths`` has to learn: the problems with them, the texts that other
    pages changed since it looked, whether rows came, went or moved there, and whether all of it is ``by``'s own."""
    edit = _working_copy(draft, seen, by=by.pk)
    newer = [path for path in draft.changes if edit.changed_by_another(path) and path not in paths]
    texts = {path: edit.stored_text(path) for path in newer if edit.is_box(path)}
    return {
        "problems": {path: edit.problem_with(path) for path in paths if edit.is_box(path)},
        "others": texts,
        "moved": len(texts) < len(newer),
        "own": all(draft.changes[path][2] == by.pk for path in newer),
    }


def too_long(texts: Mapping[str, str]) -> dict[str, str]:
    """Of the texts that are too long to be stored: their places, and why."""
    return {path: problem for path, text in texts.items() if (problem := values.too_long(text))}


def _set_withheld(edit: SectionEdit, withheld: Mapping[str, bool]) -> None:
    for part, kept in withheld.items():
        edit.set_withheld(part, kept)


def _put_texts(edit: SectionEdit, texts: Mapping[str, str]) -> None:
    for path, text in texts.items():
        edit.put_text(path, text)


def _act(edit: SectionEdit, act: str, place: str) -> str | None:
    part, _dot, row = place.partition(".")
    if act == "add":
        return edit.add_row(part)
    if act == "remove":
        edit.remove_row(part, row)
    elif act == "restore":
        edit.restore_row(part, row)
    elif act in ("up", "down"):
        edit.move_row(part, row, by=-1 if act == "up" else 1)
    elif act == "keep":
        _keep(edit, [place])
    else:
        raise EditRefused(_("This page asked for something the portal does not know."))
    return None


def _keep(edit: SectionEdit, places: Sequence[str]) -> None:
    """Take the earlier report's answer at each of the places."""
    if not places:
        return
    base = contents.beside(edit.draft.report)
    if base is None:
        raise EditRefused(_("There is no earlier report to keep an answer from."))
    last = contents.answers_beside(edit.section, base, edit.draft.report)
    for place in places:
        edit.keep_last(place, last)
    _keep_as(edit, base, [place.partition(".")[0] for place in places])


def _keep_as(edit: SectionEdit, base: ReportVersion, parts: Iterable[str]) -> None:
    """What the State keeps of ``base`` by now it keeps where an answer comes from there, unless somebody has chosen in
    this draft."""
    marked = contents.marked_in(base, edit.draft.key)
    for part in parts:
        if part in marked and f"withheld.{part}" not in edit.draft.changes:
            edit.set_withheld(part, True)


def _stand(edit: SectionEdit, standing: str) -> str:
    if standing not in (Standing.CHANGED, Standing.UNCHANGED, Standing.NOT_APPLICABLE):
        raise EditRefused(_("Choose whether the section is changed, unchanged or not applicable."))
    original = None
    if standing == Standing.UNCHANGED:
        original = unchanged_original(edit.draft)
    is_new = original is not None and original != edit.draft.unchanged_since
    edit.set_standing(standing, original=original)
    if original and is_new:
        for part in contents.kept_with(original, edit.draft.key):
            edit.set_withheld(part, True)
    return ""


def unchanged_original(draft: SectionDraft) -> ReportVersion:
    """The dated report that an unchanged section points to.

    :raises EditRefused: in an initial report, or where no earlier report says it.
    """
    if draft.report.kind == ReportKind.INITIAL:
        raise EditRefused(_("An initial report says everything for the first time: nothing is unchanged."))
    base = contents.base_of(draft.report)
    if base is None:
        raise EditRefused(_("There is no earlier report in the portal that this section could refer to."))
    try:
        return original_of(base, draft.key)
    except CannotStayUnchanged as refusal:
        raise EditRefused(str(refusal)) from refusal


def _edit(
    draft: SectionDraft,
    seen: Seen,
    change: Callable[[SectionEdit], str | None],
    *,
    by: User,
    at: datetime,
) -> Saved:
    while True:
        if not draft.report.is_open:
            raise DraftClosed
        edit = _working_copy(draft, seen, by=by.pk)
        new_row = change(edit) or ""
        if not edit.dirty or _stored(draft, by=by, at=at):
            break
        draft = SectionDraft.objects.select_related("report__state").get(pk=draft.pk)
    saved = Saved(draft=draft, new_row=new_row)
    if edit.conflicts:
        raise StaleSection(saved, edit.conflicts)
    return saved


def _working_copy(draft: SectionDraft, seen: Seen, *, by: int) -> SectionEdit:
    return SectionEdit(
        draft=draft,
        section=edition_of(draft.report.edition).section(draft.key),
        base=seen.version,
        page=seen.page,
        language=seen.language,
        by=by,
    )


def _stored(draft: SectionDraft, *, by: User, at: datetime) -> bool:
    """Store the copy if nobody was faster."""
    base = draft.version
    draft.version, draft.updated_by, draft.updated_at = base + 1, by, at
    unmoved = SectionDraft.objects.filter(pk=draft.pk, version=base)
    return bool(
        unmoved.update(
            answers=draft.answers,
            changes=draft.changes,
            removed=draft.removed,
            withheld=draft.withheld,
            standing=draft.standing,
            unchanged_since=draft.unchanged_since,
            version=draft.version,
            updated_by=by,
            updated_at=at,
        )
    )
