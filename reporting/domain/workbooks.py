"""A section's workbook: given out, read when it comes back, taken into the draft once a person has seen what it says.

Reading stores nothing in the draft. Accepting is one change of the section, all or nothing, on the version that the
person had before them.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core import sheets
from ccm_portal.core.files import safe_name
from ccm_portal.core.models import User
from ccm_portal.core.sheet_reading import SheetRefused, read_file
from reporting.domain import contents, sections
from reporting.domain.section_edits import MOST_ROWS
from reporting.domain.sections import Saved, Seen
from reporting.enums import WorkbookStatus
from reporting.form import workbooks as forms
from reporting.form.answers import blank
from reporting.form.editions import edition as edition_of
from reporting.form.parts import Part, Section
from reporting.form.workbook_reading import WorkbookRefused, read
from reporting.form.workbook_review import Review
from reporting.models import Report, ReportVersion, SectionDraft, WorkbookUpload

__all__ = ["AlreadySettled", "SheetRefused", "StillUnread", "WorkbookRefused"]

Json = dict[str, Any]
DRAFT, LAST = "draft", "last"
LONGEST_NAME = 60


class AlreadySettled(Exception):
    """The workbook was accepted or set aside from another page. The message is fit to show the user."""

    def __init__(self) -> None:
        super().__init__(_("This workbook has been accepted or set aside already."))


class StillUnread(Exception):
    """Cells could not be read, and the person did not say that they go in as they are."""

    def __init__(self, count: int) -> None:
        sentence = ngettext(
            "%(count)s cell could not be read. Mend it in the file and upload it again, or say that it goes in as"
            " it is.",
            "%(count)s cells could not be read. Mend them in the file and upload it again, or say that they go in"
            " as they are.",
            count,
        )
        super().__init__(sentence % {"count": count})


@dataclass(frozen=True, kw_only=True)
class Source:
    """Whose rows a workbook starts with: the draft's present ones, or the earlier report's."""

    answers: Json
    words: str


def section_of(draft: SectionDraft) -> Section:
    return edition_of(draft.report.edition).section(draft.key)


def source(draft: SectionDraft, rows: str) -> Source:
    """``rows`` is "draft" or "last"; without an earlier report the draft's."""
    base = contents.base_of(draft.report) if rows == LAST else None
    if base is None:
        return Source(answers=draft.answers or blank(section_of(draft)), words=_("As they stand in the draft"))
    words = _("Those of the earlier report: %(report)s") % {"report": base.report.title}
    return Source(answers=contents.carried(section_of(draft), base), words=words)


def given_out(draft: SectionDraft, rows: str, *, language: str) -> bytes:
    """The section's workbook as XLSX."""
    report, found = draft.report, source(draft, rows)
    section = section_of(draft)
    book = forms.workbook(
        edition_of(report.edition),
        section,
        found.answers,
        language=language,
        title=f"{report.state.name}, {report.title}: {section.title}",
        rows_of=found.words,
        at=draft.updated_at,
    )
    return sheets.xlsx(book)


def given_out_csv(draft: SectionDraft, rows: str, part: Part, *, language: str) -> str:
    """One part of the section as CSV."""
    edition = edition_of(draft.report.edition)
    answers = source(draft, rows).answers
    return sheets.csv_text(forms.table_rows(edition, section_of(draft), part, answers, language=language))


@transaction.atomic
def read_workbook(
    *, section: SectionDraft, content: bytes, name: str, language: str, by: User, at: datetime
) -> WorkbookUpload:
    """Read a file for a section. Nothing changes in the draft; an earlier file of the same person is set aside.

    :raises SheetRefused: if it is no file that can be read.
    :raises WorkbookRefused: if it is no workbook of this section.
    :raises DraftClosed: if the report is not open any more.
    """
    if not section.report.is_open:
        raise sections.DraftClosed
    name = safe_name(name)[-LONGEST_NAME:]
    found = read(
        edition_of(section.report.edition),
        section_of(section),
        read_file(content),
        language=language,
        origin=f"imported:{name}",
        most_rows=MOST_ROWS,
    )
    _settle(section.workbooks.filter(uploaded_by=by, status=WorkbookStatus.READ), WorkbookStatus.DROPPED, at)
    return WorkbookUpload.objects.create(
        section=section, name=name, base_version=section.version, read=found, uploaded_by=by, uploaded_at=at
    )


def review_of(upload: WorkbookUpload, draft: SectionDraft) -> Review:
    """What the file says beside the draft as it stands."""
    base = contents.base_of(draft.report)
    return _review(upload, draft, base)


@transaction.atomic
def accept(*, upload: WorkbookUpload, seen: Seen, remove: bool, with_unread: bool, by: User, at: datetime) -> Saved:
    """Take the file's rows into the draft: all of them, or none.

    ``remove`` takes out the rows that are not in the file. ``with_unread`` puts cells that could not be read in as they
    are, to be mended in the form.

    :raises AlreadySettled: if it was settled from another page.
    :raises StillUnread: if cells could not be read and ``with_unread`` does not say what becomes of them.
    :raises ChangedSinceSeen: if the section was changed since ``seen``; the file stays to be accepted.
    :raises EditRefused: if a table has no room for so many rows.
    :raises DraftClosed: if the report was filed meanwhile.
    """
    upload = _held(upload)
    draft = SectionDraft.objects.select_related("report__state").get(pk=upload.section_id)
    if upload.read["problems"] and not with_unread:
        raise StillUnread(len(upload.read["problems"]))
    base = contents.base_of(draft.report)

    def compose(draft: SectionDraft) -> tuple[Json, Json]:
        review = _review(upload, draft, base)
        merged = review.merged(draft.answers, remove=remove)
        return merged, review.removed(draft.answers) if remove else {}

    page = f"workbook-{upload.pk}"
    seen = Seen(version=seen.version, page=page)
    saved = sections.take_in(draft=draft, seen=seen, compose=compose, base=base, by=by, at=at)
    _settle(WorkbookUpload.objects.filter(pk=upload.pk), WorkbookStatus.ACCEPTED, at)
    return saved


@transaction.atomic
def drop(*, upload: WorkbookUpload, by: User, at: datetime) -> None:
    """Set a file aside: nothing of it is kept.

    :raises AlreadySettled: if it was settled from another page.
    """
    _settle(WorkbookUpload.objects.filter(pk=_held(upload).pk), WorkbookStatus.DROPPED, at)


def close(report: Report) -> None:
    """Forget the workbooks of a report's sections, in the transaction that files it."""
    WorkbookUpload.objects.filter(section__report=report).delete()


def waiting(draft: SectionDraft, *, by: User) -> WorkbookUpload | None:
    """The file that this person has uploaded and not settled."""
    mine = draft.workbooks.filter(status=WorkbookStatus.READ, uploaded_by=by)
    return mine.defer("read").order_by("-pk").first()


def _held(upload: WorkbookUpload) -> WorkbookUpload:
    held = WorkbookUpload.objects.select_for_update().get(pk=upload.pk)
    if held.status != WorkbookStatus.READ:
        raise AlreadySettled
    return held


def _settle(uploads: QuerySet[WorkbookUpload], status: WorkbookStatus, at: datetime) -> None:
    """What was read goes: the draft has it, or nobody wants it."""
    uploads.update(status=status, settled_at=at, read={})


def _review(upload: WorkbookUpload, draft: SectionDraft, base: ReportVersion | None) -> Review:
    section = section_of(draft)
    last = contents.carried(section, base) if base else {}
    known = {key: {row["id"] for row in part.get("rows", [])} for key, part in last.get("parts", {}).items()}
    return Review(section, draft.answers, upload.read, known_ids=known)
