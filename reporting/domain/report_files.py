"""Photographs and documents of a report: checked, drawn anew where they are pictures, kept, and named in an answer.

A file stays where it is stored. Taking it out of an answer takes its name out; whoever restores the answer, or reads
the version that was filed with it, finds it again.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ccm_portal.core import files, pictures
from ccm_portal.core.file_kinds import DOCUMENTS, ENDINGS, PICTURES, FileRefused
from ccm_portal.core.models import StoredFile, User
from ccm_portal.core.workflow import locked
from reporting.domain import sections
from reporting.domain.sections import Saved, Seen
from reporting.form.answers import locate
from reporting.form.content import all_cells
from reporting.form.editions import edition as edition_of
from reporting.form.parts import UnknownPlace
from reporting.form.values import Attachments
from reporting.form.values.base import tidy
from reporting.form.values.files import files_of
from reporting.models import Report, ReportFile, ReportVersion, SectionDraft

__all__ = ["FileRefused"]

Json = dict[str, Any]
MOST_FILES = 100  # of one report
MOST_MEGABYTES = 200  # all files of one report together


@transaction.atomic
def add_file(
    *, section: SectionDraft, path: str, content: bytes, name: str, seen: Seen, by: User, at: datetime
) -> Saved:
    """Keep a file and name it in the answer at ``path``. Pictures are drawn anew; all else stays as it came.

    :raises FileRefused: if it is of a kind that is not taken, damaged, or too large, or the report has no more room.
    :raises EditRefused: if a colleague has removed the row.
    :raises UnknownPlace: if no files belong there.
    :raises DraftClosed: if the report was filed meanwhile.
    """
    kind = locate(edition_of(section.report.edition).section(section.key), path)[2].kind
    if not isinstance(kind, Attachments):
        raise UnknownPlace(f"No files belong to “{path}”.")
    found = files.checked_kind(content, PICTURES if kind.images_only else DOCUMENTS)
    if found in PICTURES:
        content, found = pictures.redrawn(content, found)
    stored = _kept(section.report, content, _called(name, found), by=by, at=at)
    named = {
        "name": _called(name, found),
        "sha256": stored.sha256,
        "type": stored.content_type,
        "size": stored.size,
    }
    return sections.change_files(draft=section, seen=seen, path=path, add=[named], by=by, at=at)


@transaction.atomic
def remove_file(*, section: SectionDraft, path: str, sha256: str, seen: Seen, by: User, at: datetime) -> Saved:
    """Name a file no more in the answer at ``path``.

    :raises EditRefused: if a colleague has removed the row.
    :raises UnknownPlace: if no files belong there.
    :raises DraftClosed: if the report was filed meanwhile.
    """
    return sections.change_files(draft=section, seen=seen, path=path, remove=[sha256], by=by, at=at)


def carry(report: Report, base: ReportVersion, *, at: datetime) -> None:
    """Give a report that begins with what ``base`` says the files that ``base`` names."""
    named = named_in(base.full_document)
    ReportFile.objects.bulk_create(
        ReportFile(report=report, sha256=one.sha256, stored_id=one.stored_id, added_by_id=one.added_by_id, added_at=at)
        for one in ReportFile.objects.filter(report=base.report_id, sha256__in=named)
    )


def named_in(document: Json) -> set[str]:
    """The fingerprints of all files that a report names."""
    return {file["sha256"] for file in _named(document)}


def public_file(version: ReportVersion, sha256: str) -> ReportFile | None:
    """A file that everybody may have: one that a public part of this version names."""
    if sha256 not in named_in(version.public_document):
        return None
    return of_report(version.report, [sha256]).first()


def of_report(report: Report, hashes: Collection[str]) -> QuerySet[ReportFile]:
    return ReportFile.objects.select_related("stored").filter(report=report, sha256__in=hashes)


def _named(document: Json) -> Iterator[Json]:
    for _section, _path, _field, cell in all_cells(edition_of(document["edition"]), document):
        yield from files_of(cell)


def _kept(report: Report, content: bytes, name: str, *, by: User, at: datetime) -> StoredFile:
    """The stored file; one that the report has already is not stored twice."""
    report = locked(report)
    sha256 = files.digest(content)
    if known := of_report(report, [sha256]).first():
        return known.stored
    held = report.files.aggregate(bytes=Sum("stored__size"))["bytes"] or 0
    if report.files.count() >= MOST_FILES:
        sentence = ngettext(
            "A report has room for %(most)s file, and it is there. Put several texts into one PDF.",
            "A report has room for %(most)s files, and all are there. Put several texts into one PDF.",
            MOST_FILES,
        )
        raise FileRefused(sentence % {"most": MOST_FILES})
    if held + len(content) > MOST_MEGABYTES * files.MEGABYTE:
        raise FileRefused(
            _("All files of a report together may have %(most)s MB. This one does not fit in.")
            % {"most": MOST_MEGABYTES}
        )
    stored = files.store(content=content, name=name, at=at, kinds=DOCUMENTS)
    ReportFile.objects.create(report=report, sha256=stored.sha256, stored=stored, added_by=by, added_at=at)
    return stored


def _called(name: str, kind: str) -> str:
    """The name as it is filed: on one line, with the ending of what the file is."""
    plain = files.safe_name(tidy(name))
    stem, dot, ending = plain.rpartition(".")
    known = {"jpeg": "jpg"}.get(ending.casefold(), ending.casefold())
    return plain if dot and known == ENDINGS[kind] else f"{stem if dot and len(ending) <= 4 else plain}.{ENDINGS[kind]}"
