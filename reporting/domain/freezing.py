"""What every filing has in common: the report is held, its sections are closed, a version is frozen and given out."""

import json
import secrets
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from ccm_portal.core.models import User
from ccm_portal.core.workflow import locked
from ccm_portal.core.writing import listed
from reporting.domain import colleagues, contents, figures, keeping, pdfs, words, workbooks
from reporting.form import receipts
from reporting.form.checks import Problem
from reporting.form.editions import edition as edition_of
from reporting.models import Report, ReportVersion, SectionDraft, Transmission


class ReportIncomplete(Exception):
    """Something still stops the filing. ``missing`` lists it, so that a page can link to each."""

    def __init__(self, missing: list[Problem]) -> None:
        super().__init__(_("The report cannot be filed yet."))
        self.missing = missing


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


def held(report: Report) -> Report:
    """The report, locked with its State at hand: whoever comes second waits here."""
    fresh = locked(report)
    fresh.state = report.state
    return fresh


def closed_to_saves(report: Report) -> list[SectionDraft]:
    """The sections as they are filed. Raising the versions makes every save in flight start again
    and find the report filed."""
    report.sections.update(version=F("version") + 1)
    return list(report.sections.all())


def refuse_used(key: str) -> None:
    """:raises KeyUsed: if another page has filed with this key."""
    if ReportVersion.objects.filter(filing_key=key).exists():
        raise KeyUsed


def refuse_unseen(report: Report, drafts: list[SectionDraft], seen: Mapping[str, int]) -> None:
    """:raises ChangedSinceSeen: if a section that was just closed had another version than the one in ``seen``."""
    changed = {draft.key for draft in drafts if draft.version - 1 != seen.get(draft.key)}
    if changed:
        form = edition_of(report.edition)
        raise ChangedSinceSeen([str(section.title) for section in form.all_sections if section.key in changed])


def note_period(report: Report, period: dict[str, str | None]) -> None:
    """The period as the header gives it, where it is two whole dates; its words in any case."""
    starts, ends = _day(period["from"]), _day(period["to"])
    if starts and ends and starts > ends:
        starts = ends = None
    report.period_starts, report.period_ends = starts, ends
    report.period_as_written = (period["as_written"] or "")[:200]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and len(text) == len("2026-01-01") else None


def frozen(
    report: Report,
    document: dict[str, Any],
    drafts: list[SectionDraft],
    *,
    number: int,
    due: date | None,
    late: int,
    by: User,
    at: datetime,
    key: str,
    note: str,
) -> ReportVersion:
    """Version ``number`` with its receipt, its documents owed, its words to be searched; loans and comments end.

    What ``drafts`` keep for States Parties is in no public copy, of this version or of an earlier one.
    """
    name = f"CCM-{report.slug.upper()}-{report.state.iso3}-{number}"
    salts = receipts.make_salts(document, token=lambda: secrets.token_hex(32))
    receipt = receipts.make_receipt(document, salts, number=name, version=number, filed_at=at, due=due, days_late=late)
    public = receipts.public_export(document, salts, receipt, contents.withheld_parts(document, drafts))
    version = ReportVersion.objects.create(
        report=report,
        number=number,
        content=receipts.canonical(document).decode(),
        content_hash=receipt["hash"],
        salts=json.dumps(salts),
        public_content=json.dumps(public, ensure_ascii=False),
        receipt_number=name,
        receipt=json.dumps(receipt, ensure_ascii=False),
        filed_by=by,
        filed_at=at,
        filing_key=key,
        due=due,
        days_late=late,
        note=note,
        provenance=document["provenance"],
    )
    keeping.keep_from_earlier(version, contents.marked_parts(drafts))
    Transmission.objects.create(version=version)
    pdfs.owe(version=version)
    words.write_words(version)
    figures.write(version)
    colleagues.close(report, at=at)
    workbooks.close(report)
    return version
