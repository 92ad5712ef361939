"""Lists for spreadsheets: who has filed for a year, and the published reports."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language_info, override
from django.utils.translation import gettext as _

from ccm_portal.core import sheets
from reporting.domain.published import Record
from reporting.domain.report_tables import source_mark
from reporting.models import Report

STATUS_COLUMNS = ("iso3", "state", "report", "year", "due", "filed", "standing", "days_late", "page")
LIST_COLUMNS = (
    "iso3", "state", "report", "kind", "year", "period_from", "period_to", "period_as_written", "due", "filed",
    "days_late", "version", "language", "receipt", "provenance", "page",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list: for programs with fixed names in English, for people in their language."""

    keys: Sequence[str]
    labels: Sequence[str]
    rows: Sequence[Sequence[sheets.Value]]
    title: str
    mark: str

    def csv(self) -> str:
        return sheets.csv_text([self.keys, *self.rows])

    def xlsx(self, *, at: datetime, language: str) -> bytes:
        """Labels in the active language. The mark that says what the list is stands on a sheet of its own."""
        columns = [sheets.Column(label=label) for label in self.labels]
        about = sheets.Page(title=_("About this list"), heading=self.title, lines=[(_("Use"), self.mark)])
        table = sheets.Sheet(title=self.title, columns=columns, rows=self.rows)
        return sheets.xlsx(
            sheets.Book(title=self.title, mark=self.mark, at=at, sheets=[table, about], language=language)
        )


def status_csv(record: Record, *, site: str) -> str:
    """Who has filed for one year, as on the page, in English: names of columns and standings stay the same for all."""
    with override("en"):
        return status(record, site=site, coded=True).csv()


def status(record: Record, *, site: str, coded: bool = False) -> Listing:
    """Who has filed for one year, as on the page, in the active language; ``coded`` keeps the words for programs."""
    rows = [
        (
            row.state.iso3,
            row.state.name,
            row.kind.value if coded else str(row.kind.label),
            row.year,
            row.due,
            row.filed_at.date() if row.filed_at else None,
            row.status.value if coded else str(row.status.label),
            row.days_late or None,
            f"{site}/reports/{row.state.slug}/{row.report.slug}/" if row.report else "",
        )
        for row in record.rows
    ]
    return Listing(
        keys=STATUS_COLUMNS,
        labels=(
            _("Three letters"), _("State"), _("Report"), _("Year"), _("Due"), _("Filed"), _("Standing"),
            _("Days late"), _("Page"),
        ),
        rows=rows,
        title=_("Reports for %(year)s") % {"year": record.year},
        mark=source_mark(demonstration=any(row.report and row.report.is_demonstration for row in record.rows)),
    )  # fmt: skip


def reports(found: Iterable[Report], *, site: str, coded: bool = False) -> Listing:
    """The published reports of a list, each in its version in force; ``found`` is ``published.listed()``, filtered.

    ``coded`` keeps the words for programs.
    """
    listed = list(found)
    return Listing(
        keys=LIST_COLUMNS,
        labels=(
            _("Three letters"), _("State"), _("Report"), _("Kind"), _("Year"), _("Period from"), _("Period to"),
            _("Period as written"), _("Due"), _("Filed"), _("Days late"), _("Version"), _("Language"), _("Receipt"),
            _("Source"), _("Page"),
        ),
        rows=[_row(report, site, coded) for report in listed],
        title=_("Reports"),
        mark=source_mark(demonstration=any(report.is_demonstration for report in listed)),
    )  # fmt: skip


def _row(report: Report, site: str, coded: bool) -> tuple[sheets.Value, ...]:
    return (
        report.state.iso3,
        report.state.name,
        report.title,
        report.kind if coded else str(report.get_kind_display()),
        report.year,
        report.period_starts,
        report.period_ends,
        report.period_as_written,
        report.due,
        _day(report),
        report.days_late if report.due else None,  # type: ignore[attr-defined]  # annotated by listed()
        report.version,  # type: ignore[attr-defined]
        report.language if coded else str(get_language_info(report.language)["name_translated"]),
        report.receipt_number,  # type: ignore[attr-defined]
        report.provenance if coded else str(report.get_provenance_display()),
        f"{site}{report.get_absolute_url()}",
    )


def _day(report: Report) -> date | None:
    return report.filed_at.date() if report.filed_at and report.day_is_known else None
