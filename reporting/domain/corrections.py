"""Corrections: a filed report is opened again, and filed as its next version, with the reason for everybody to read."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core import register
from ccm_portal.core.models import User
from ccm_portal.core.workflow import TransitionRefused
from ccm_portal.core.writing import plain
from reporting import emails
from reporting.domain import colleagues, contents, keeping, originals, remarks, restoring
from reporting.domain.freezing import (
    ReportIncomplete,
    closed_to_saves,
    frozen,
    held,
    note_period,
    refuse_unseen,
    refuse_used,
)
from reporting.domain.queries import in_force, newest_version
from reporting.enums import Provenance
from reporting.form.differences import compare
from reporting.models import Report, ReportVersion, SectionDraft
from reporting.workflow import CORRECT

LONGEST_NOTE = 2_000


class CorrectionClosed(TransitionRefused):
    """No correction is open: it was filed or given up. ``version`` is in force."""

    def __init__(self, version: ReportVersion | None) -> None:
        super().__init__(_("This correction is not open any more: it was filed or given up."))
        self.version = version


class NoteRefused(Exception):
    """The note cannot stand like that. The message is fit to show the user."""


class NoteChanged(NoteRefused):
    """A colleague has written another note meanwhile: ``theirs``."""

    def __init__(self, theirs: str) -> None:
        super().__init__(_("A colleague has changed the note meanwhile. It now says: “%(note)s”") % {"note": theirs})
        self.theirs = theirs


class MoreToLose(Exception):
    """Somebody wrote in the correction after the page that shows what is lost was opened."""

    def __init__(self) -> None:
        super().__init__(_("A colleague has written in this correction after you opened this page. Read it again."))


class NothingCorrected(Exception):
    """The correction says what the version in force says."""

    def __init__(self, version: ReportVersion) -> None:
        super().__init__(
            _("Nothing differs from version %(number)s, so there is nothing to file. Change what was wrong, then file.")
            % {"number": version.number}
        )


@transaction.atomic
def open_correction(*, report: Report, by: User, at: datetime) -> Report:
    """Open the sections of a filed report for its next version. They begin with what is in force.

    Whoever comes second finds the correction open and works on the same one.

    :raises TransitionRefused: if the report is not filed.
    """
    report = held(report)
    CORRECT.check(report)
    if report.is_correcting:
        return report
    version = in_force(report)
    if not restoring.holds(report, version):
        restoring.put_back(report, version, by=by, at=at)
    report.correction_opened_at, report.correction_opened_by, report.correction_note = at, by, ""
    report.shown_to_iso_at = None
    report.save(update_fields=["correction_opened_at", "correction_opened_by", "correction_note", "shown_to_iso_at"])
    register.append(
        action="reporting.report.open_correction",
        by=by,
        at=at,
        state=report.state,
        obj=report,
        data={"version": version.number},
    )
    return report


@transaction.atomic
def write_note(*, report: Report, note: str, was: str, by: User, at: datetime) -> Report:
    """Keep the note that will say in public why the report was corrected. ``was`` is the note as the page showed it.

    :raises CorrectionClosed: if no correction is open.
    :raises NoteChanged: if a colleague has written another one meanwhile.
    :raises NoteRefused: if it is too long.
    """
    report = held(report)
    _refuse_closed(report)
    note = note_of(note)
    if report.correction_note not in (note_of(was), note):
        raise NoteChanged(report.correction_note)
    report.correction_note = note
    report.save(update_fields=["correction_note"])
    return report


@transaction.atomic
def abandon_correction(*, report: Report, by: User, at: datetime, seen: Mapping[str, int] | None = None) -> Report:
    """Give the correction up: the sections say again what is in force, and what was written in them is lost.

    :raises CorrectionClosed: if no correction is open.
    :raises MoreToLose: if a section has another version than the one in ``seen``.
    """
    report = held(report)
    _refuse_closed(report)
    if seen is not None:
        drafts = report.sections.select_for_update().order_by("pk")
        if any(draft.version != seen.get(draft.key) for draft in drafts):
            raise MoreToLose
    version = in_force(report)
    restoring.put_back(report, version, by=by, at=at)
    _close(report)
    report.save()
    colleagues.close(report, at=at)
    register.append(
        action="reporting.report.abandon_correction",
        by=by,
        at=at,
        state=report.state,
        obj=report,
        data={"version": version.number},
    )
    return report


@transaction.atomic
def file_correction(
    *,
    report: Report,
    by: User,
    at: datetime,
    filing_key: str,
    note: str,
    seen: Mapping[str, int] | None = None,
    provisional: bool = False,
) -> ReportVersion:
    """File the correction as the next version: frozen, published, owed to whoever got the one before.

    However often the same page is posted there is one version. The report stays as late as its first version was.
    What the ISO entered from a paper becomes the State's own by its correction. ``seen`` as in ``file_report``.

    :raises CorrectionClosed: if it was filed from another page, or given up.
    :raises KeyUsed: if this page has filed another report.
    :raises NoteRefused: if no note says why.
    :raises ChangedSinceSeen: if a section has another version than the one in ``seen``.
    :raises NothingCorrected: if it says what the version in force says.
    :raises ReportIncomplete: if a check blocks.
    """
    report = held(report)
    if mine := report.versions.select_related("report__state").filter(filing_key=filing_key).first():
        return mine
    _refuse_closed(report)
    CORRECT.check(report)
    refuse_used(filing_key)
    note = note_of(note)
    if not note:
        raise NoteRefused(_("Say in a sentence why the report is corrected. Everybody will read it."))
    before = in_force(report)
    drafts = closed_to_saves(report)
    if seen is not None:
        refuse_unseen(report, drafts, seen)
    report.provisional = provisional
    document = document_of(report, drafts)
    hides = keeping.newly_kept(report, contents.marked_parts(drafts))
    if not hides and not differs(before, document, contents.withheld_parts(document, drafts)):
        raise NothingCorrected(before)
    if blocking := remarks.blocking(report, document, drafts, on=at.date()):
        raise ReportIncomplete(blocking)

    note_period(report, document["period"])
    _close(report)
    CORRECT.apply(report)
    version = frozen(
        report,
        document,
        drafts,
        number=before.number + 1,
        due=None,
        late=0,
        by=by,
        at=at,
        key=filing_key,
        note=note,
    )
    originals.point_on(report, version)
    emails.report_filed(version, by=by, at=at)
    told = {"receipt": version.receipt_number, "version": version.number, "note": note}
    CORRECT.record(
        report,
        by=by,
        at=at,
        content_hash=version.content_hash,
        data={**told, "kept_from_earlier": hides} if hides else told,
    )
    return version


def document_of(report: Report, drafts: list[SectionDraft]) -> dict[str, Any]:
    """What the correction would say if it were filed now: by the State, whoever entered what it corrects."""
    invented = report.provenance == Provenance.DEMONSTRATION
    return contents.document_of(
        report, drafts, provenance=str(Provenance.DEMONSTRATION if invented else Provenance.PORTAL)
    )


def differs(before: ReportVersion, document: dict[str, Any], withheld: list[str]) -> bool:
    """Whether it says anything else than before: another answer, another mark, or another choice of what is public."""
    return (
        kept_otherwise(before, document, withheld)
        or not compare(before.full_document, document, "en", most_rows=1).is_empty
    )


def kept_otherwise(before: ReportVersion, document: dict[str, Any], withheld: list[str]) -> bool:
    """Whether other parts are kept for States Parties than before."""
    kept = [f"{key}/{part}" for key in document["sections"] for part in contents.withheld_in(before, key)]
    return sorted(kept) != sorted(withheld)


def note_of(text: str) -> str:
    """The note without what surrounds it.

    :raises NoteRefused: if it is too long.
    """
    note = plain(text)
    if len(note) > LONGEST_NOTE:
        raise NoteRefused(
            _("This note has %(length)s characters; there is room for %(longest)s. Shorten it.")
            % {"length": len(note), "longest": LONGEST_NOTE}
        )
    return note


def _refuse_closed(report: Report) -> None:
    if not report.is_correcting:
        raise CorrectionClosed(newest_version(report))


def _close(report: Report) -> None:
    report.correction_opened_at = report.correction_opened_by = None
    report.correction_note = ""
    report.shown_to_iso_at = None
