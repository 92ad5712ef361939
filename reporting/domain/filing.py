"""Filing: a draft becomes what the State has reported, once, in one transaction."""

import json
import secrets
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from ccm_portal.core.workflow import TransitionRefused, locked
from ccm_portal.core.writing import listed
from reporting import emails
from reporting.domain import contents, pdfs, remarks, words
from reporting.domain.queries import days_late
from reporting.enums import ReportStatus
from reporting.form import receipts
from reporting.form.checks import Problem
from reporting.form.editions import edition as edition_of
from reporting.models import Report, ReportVersion, SectionDraft, Transmission
from reporting.workflow import FILE


class ReportIncomplete(Exception):
    """Something still stops the filing. ``missing`` lists it, so that a page can link to each."""

    def __init__(self, missing: list[Problem]) -> None:
        super().__init__(_("The report cannot be filed yet."))
        self.missing = missing


class AlreadyFiled(TransitionRefused):
    """Somebody was faster. ``version`` is what was filed."""

    def __init__(self, version: ReportVersion) -> None:
        super().__init__(_("This report is already filed."))
        self.version = version


class KeyUsed(Exception):
    """The page's key has filed another report."""

    def __init__(self) -> None:
        super().__init__(_("This page is out of date. Load it again, then file."))


class ChangedSinceSeen(Exception):
    """Somebody wrote in the draft after the approver had read it. ``sections`` names where."""

    def __init__(self, sections: list[str]) -> None:
        super().__init__(
            _("The draft was changed after you opened this page: %(sections)s. Read it again, then file.")
            % {"sections": listed(sections, strong=True)}
        )
        self.sections = sections


@transaction.atomic
def file_report(
    *, report: Report, by: User, at: datetime, filing_key: str, seen: Mapping[str, int] | None = None
) -> ReportVersion:
    """File the draft: freeze it with its receipt, publish it, and owe the messages and documents.

    However often the same page is posted, there is one filing, and everybody gets the same version.
    Late is marked, never refused. ``seen`` holds the versions of the sections that the approver read.

    :raises AlreadyFiled: if it was filed from another page.
    :raises KeyUsed: if this page has filed another report.
    :raises ChangedSinceSeen: if a section has another version than the one in ``seen``.
    :raises ReportIncomplete: if a check blocks.
    """
    report = _held(report)
    if report.status != ReportStatus.DRAFT:
        return _filed_before(report, filing_key)
    FILE.check(report)
    if ReportVersion.objects.filter(filing_key=filing_key).exists():
        raise KeyUsed
    drafts = _closed_to_saves(report)
    if seen is not None:
        _refuse_unseen(report, drafts, seen)
    document = contents.document_of(report, drafts)
    if blocking := remarks.blocking(report, document, drafts, on=at.date()):
        raise ReportIncomplete(blocking)

    version = _published(report, document, contents.withheld_parts(document, drafts), by=by, at=at, key=filing_key)
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
    report = _held(report)
    FILE.check(report)
    drafts = _closed_to_saves(report)
    if seen is not None:
        _refuse_unseen(report, drafts, seen)
    document = contents.document_of(report, drafts)
    report.due = report.due if received_on else None
    dated = datetime.combine(received_on, time(12), tzinfo=UTC) if received_on else at
    version = _published(
        report, document, contents.withheld_parts(document, drafts), by=by, at=dated, key=filing_key, note=note
    )
    _recorded(version, by=by, at=at)
    return version


def _published(
    report: Report, document: dict[str, Any], withheld: list[str], *, by: User, at: datetime, key: str, note: str = ""
) -> ReportVersion:
    """Take the arrow, freeze the content with its receipt, and owe the documents."""
    report.filed_at = at
    _note_period(report, document["period"])
    FILE.apply(report)
    version = _frozen(report, document, withheld, by=by, at=at, key=key, note=note)
    Transmission.objects.create(version=version)
    pdfs.owe(version=version)
    words.write_words(version)
    return version


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


def _held(report: Report) -> Report:
    """The report, locked with its State at hand: whoever files second waits here."""
    fresh = locked(report)
    fresh.state = report.state
    return fresh


def _filed_before(report: Report, filing_key: str) -> ReportVersion:
    version = ReportVersion.objects.select_related("report__state").filter(report=report).order_by("-number").first()
    if version is None:
        FILE.check(report)
        raise AssertionError("a report that is no draft has a version")
    if version.filing_key != filing_key:
        raise AlreadyFiled(version)
    return version


def _closed_to_saves(report: Report) -> list[SectionDraft]:
    """The sections as they are filed. Raising the versions makes every save in flight start again
    and find the report filed."""
    report.sections.update(version=F("version") + 1)
    return list(report.sections.all())


def _refuse_unseen(report: Report, drafts: list[SectionDraft], seen: Mapping[str, int]) -> None:
    changed = {draft.key for draft in drafts if draft.version - 1 != seen.get(draft.key)}
    if changed:
        form = edition_of(report.edition)
        raise ChangedSinceSeen([str(section.title) for section in form.all_sections if section.key in changed])


def _note_period(report: Report, period: dict[str, str | None]) -> None:
    """The period as the header gives it, where it is two whole dates; its words in any case."""
    starts, ends = _day(period["from"]), _day(period["to"])
    if starts and ends and starts > ends:
        starts = ends = None
    report.period_starts, report.period_ends = starts, ends
    report.period_as_written = (period["as_written"] or "")[:200]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and len(text) == len("2026-01-01") else None


def _frozen(
    report: Report, document: dict[str, Any], withheld: list[str], *, by: User, at: datetime, key: str, note: str
) -> ReportVersion:
    late = days_late(due=report.due, at=at)
    number = f"CCM-{report.slug.upper()}-{report.state.iso3}-1"
    salts = receipts.make_salts(document, token=lambda: secrets.token_hex(32))
    receipt = receipts.make_receipt(
        document, salts, number=number, version=1, filed_at=at, due=report.due, days_late=late
    )
    public = receipts.public_export(document, salts, receipt, withheld)
    return ReportVersion.objects.create(
        report=report,
        number=1,
        content=receipts.canonical(document).decode(),
        content_hash=receipt["hash"],
        salts=json.dumps(salts),
        public_content=json.dumps(public, ensure_ascii=False),
        receipt_number=number,
        receipt=json.dumps(receipt, ensure_ascii=False),
        filed_by=by,
        filed_at=at,
        filing_key=key,
        due=report.due,
        days_late=late,
        note=note,
        provenance=report.provenance,
    )
