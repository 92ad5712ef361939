"""Filing: a draft becomes what the State has reported, once, in one transaction."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from ccm_portal.core.models import State, User
from ccm_portal.core.workflow import TransitionRefused
from reporting import emails
from reporting.domain import contents, remarks
from reporting.domain.freezing import (
    ChangedSinceSeen,
    KeyUsed,
    ReportIncomplete,
    closed_to_saves,
    frozen,
    held,
    note_period,
    refuse_unseen,
    refuse_used,
)
from reporting.domain.queries import days_late, in_force
from reporting.enums import ReportKind, ReportStatus
from reporting.models import Report, ReportVersion, SectionDraft
from reporting.workflow import FILE

__all__ = [
    "AlreadyFiled",
    "ChangedSinceSeen",
    "KeyUsed",
    "ReportIncomplete",
    "TwinFiled",
    "enter_report",
    "file_report",
    "refuse_twin",
]


class AlreadyFiled(TransitionRefused):
    """Somebody was faster. ``version`` is what was filed."""

    def __init__(self, version: ReportVersion) -> None:
        super().__init__(_("This report is already filed."))
        self.version = version


class TwinFiled(TransitionRefused):
    """Another report of the same kind and year is filed, so that this one cannot be too."""

    def __init__(self, twin: Report) -> None:
        super().__init__(
            _("%(title)s is filed already, as another report. Correct that one instead.") % {"title": twin.title}
        )
        self.twin = twin


@transaction.atomic
def file_report(
    *,
    report: Report,
    by: User,
    at: datetime,
    filing_key: str,
    seen: Mapping[str, int] | None = None,
    provisional: bool = False,
) -> ReportVersion:
    """File the draft: freeze it with its receipt, publish it, and owe the messages and documents.

    However often the same page is posted, there is one filing, and everybody gets the same version.
    Late is marked, never refused. ``seen`` holds the versions of the sections that the approver read.
    ``provisional`` says with the report that its figures may still change.

    :raises AlreadyFiled: if it was filed from another page.
    :raises KeyUsed: if this page has filed another report.
    :raises ChangedSinceSeen: if a section has another version than the one in ``seen``.
    :raises ReportIncomplete: if a check blocks.
    :raises TwinFiled: if the report of that kind and year is filed as another one.
    """
    report = held(report)
    if report.status != ReportStatus.DRAFT:
        return _filed_before(report, filing_key)
    FILE.check(report)
    refuse_used(filing_key)
    refuse_twin(report)
    drafts = closed_to_saves(report)
    if seen is not None:
        refuse_unseen(report, drafts, seen)
    report.provisional = provisional
    document = contents.document_of(report, drafts)
    if blocking := remarks.blocking(report, document, drafts, on=at.date()):
        raise ReportIncomplete(blocking)

    version = _published(report, document, drafts, by=by, at=at, key=filing_key)
    emails.report_filed(version, by=by, at=at)
    _recorded(version, by=by, at=at)
    return version


@transaction.atomic
def enter_report(
    *,
    report: Report,
    by: User,
    at: datetime,
    received_on: date | None,
    filing_key: str,
    note: str,
    seen: Mapping[str, int] | None = None,
) -> ReportVersion:
    """Enter a report that came on another way than this portal, as it is: what the paper leaves
    open stays open, and checks stop nothing. It is dated by the day it was received, where that is
    known; where it is not, nothing is said of late or on time. No message is owed: it has arrived.

    :raises TransitionRefused: if it is not a draft.
    :raises ChangedSinceSeen: if a section has another version than the one in ``seen``.
    """
    report = held(report)
    FILE.check(report)
    refuse_twin(report)
    drafts = closed_to_saves(report)
    if seen is not None:
        refuse_unseen(report, drafts, seen)
    document = contents.document_of(report, drafts)
    report.due = report.due if received_on else None
    dated = datetime.combine(received_on, time(12), tzinfo=UTC) if received_on else at
    version = _published(report, document, drafts, by=by, at=dated, key=filing_key, note=note)
    _recorded(version, by=by, at=at)
    return version


def _published(
    report: Report,
    document: dict[str, Any],
    drafts: list[SectionDraft],
    *,
    by: User,
    at: datetime,
    key: str,
    note: str = "",
) -> ReportVersion:
    """Take the arrow, freeze the content with its receipt, and owe the documents."""
    report.filed_at = at
    note_period(report, document["period"])
    FILE.apply(report)
    late = days_late(due=report.due, at=at)
    return frozen(report, document, drafts, number=1, due=report.due, late=late, by=by, at=at, key=key, note=note)


def _recorded(version: ReportVersion, *, by: User, at: datetime) -> None:
    """The act in the register: the transaction's last statement."""
    report = version.report
    FILE.record(
        report,
        by=by,
        at=at,
        content_hash=version.content_hash,
        data={"receipt": version.receipt_number, "version": version.number, "days_late": version.days_late},
    )


def _filed_before(report: Report, filing_key: str) -> ReportVersion:
    version = in_force(report)
    if version.filing_key != filing_key:
        raise AlreadyFiled(version)
    return version


def refuse_twin(report: Report) -> None:
    """The filings of one State wait here for each other, where two of them could be the same report.

    :raises TwinFiled: if the report of that kind and year is filed as another one.
    """
    if report.kind == ReportKind.VOLUNTARY:
        return
    State.objects.select_for_update(no_key=True).get(pk=report.state_id)
    same = Report.objects.filed().exclude(pk=report.pk).filter(state=report.state_id, kind=report.kind)
    if report.kind == ReportKind.ANNUAL:
        same = same.filter(year=report.year)
    if twin := same.first():
        raise TwinFiled(twin)
