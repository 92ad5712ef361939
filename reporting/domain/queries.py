"""Questions about reports that other apps may ask."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import F, Max, OuterRef, QuerySet, Subquery, TextChoices
from django.utils.translation import pgettext_lazy

from ccm_portal.core.models import State
from ccm_portal.core.models.states import StateQuerySet
from ccm_portal.treaty import deadlines
from reporting.domain.obligations import (
    Owed,
    owed_around,
    owed_until,
)
from reporting.enums import Provenance, ReportKind, ReportStatus, Standing
from reporting.models import Report, ReportVersion, SectionDraft


class FilingStatus(TextChoices):
    ON_TIME = "on-time", pgettext_lazy("report in the record", "On time")
    LATE = "late", pgettext_lazy("report in the record", "Late")
    MISSING = "missing", pgettext_lazy("report in the record", "Missing")
    AWAITED = "awaited", pgettext_lazy("report in the record", "Not yet due")
    UNDATED = "undated", pgettext_lazy("report in the record", "Filed, day not known")
    UNRECORDED = "unrecorded", pgettext_lazy("report in the record", "Before the portal’s record")

    @property
    def drawn(self) -> str:
        """The name under which badges, maps and strips draw it."""
        return {"awaited": "not-due", "undated": "filed"}.get(self.value, str(self.value))


@dataclass(frozen=True, kw_only=True)
class FilingRow:
    """One report that is owed, and what became of it. ``days_late`` runs on while it is missing."""

    owed: Owed
    status: FilingStatus
    days_late: int
    report: Report | None

    @property
    def state(self) -> State:
        return self.owed.state

    @property
    def kind(self) -> ReportKind:
        return self.owed.kind

    @property
    def year(self) -> int | None:
        return self.owed.year

    @property
    def due(self) -> date:
        return self.owed.due

    @property
    def filed_at(self) -> datetime | None:
        return self.report.filed_at if self.report and self.report.day_is_known else None


def days_late(*, due: date | None, at: datetime) -> int:
    """The one function of the portal that decides how late a report is; 0 when on time."""
    if due is None:
        return 0
    return deadlines.days_late(due=due, at=at, utc_offset_hours=settings.LATE_AFTER_UTC_OFFSET_HOURS)


def deadline_of(due: date | None) -> datetime | None:
    """The instant from which a report due on ``due`` is late."""
    if due is None:
        return None
    return deadlines.ends_at(due, utc_offset_hours=settings.LATE_AFTER_UTC_OFFSET_HOURS)


def record_of(state: State, *, at: datetime) -> list[FilingRow]:
    """Every report owed by ``state`` until now, and that of this year if it came early, oldest first. Two queries."""
    owed = list(owed_until(state, at.year))
    reports = Report.objects.with_state().filed().filter(state=state, kind__in=[ReportKind.ANNUAL, ReportKind.INITIAL])
    return [row for row in rows_of(owed, reports, at=at) if row.report or row.year != at.year]


def rows_of(owed: Iterable[Owed], reports: Iterable[Report], *, at: datetime) -> list[FilingRow]:
    """What became of each report that is owed, given those that were filed."""
    filed = {(r.state_id, r.kind, r.year): r for r in reports}
    return [_row(item, filed.get((item.state.pk, item.kind, item.year)), at=at) for item in owed]


def is_before_record(owed: Owed) -> bool:
    """Whether it fell due before the portal keeps record: a report that is not here may well have been filed."""
    return owed.due < settings.RECORD_BEGINS


def _row(owed: Owed, report: Report | None, *, at: datetime) -> FilingRow:
    if report and not report.day_is_known:
        return FilingRow(owed=owed, status=FilingStatus.UNDATED, days_late=0, report=report)
    if report is None and is_before_record(owed):
        return FilingRow(owed=owed, status=FilingStatus.UNRECORDED, days_late=0, report=None)
    late = days_late(due=owed.due, at=report.filed_at or at if report else at)
    if report:
        status = FilingStatus.LATE if late else FilingStatus.ON_TIME
    else:
        status = FilingStatus.MISSING if late else FilingStatus.AWAITED
    return FilingRow(owed=owed, status=status, days_late=late, report=report)


def latest_versions(reports: QuerySet[Report]) -> QuerySet[ReportVersion]:
    """The version in force of each of ``reports``, latest filed first."""
    newest = (
        ReportVersion.objects.filter(report__in=reports).values("report").annotate(newest=Max("pk")).values("newest")
    )
    return ReportVersion.objects.filter(pk__in=newest).select_related("report__state").order_by("-filed_at", "-pk")


def newest_version(report: Report) -> ReportVersion | None:
    """What was filed last of a report, with its State; also of one that was recalled. None for a draft."""
    return ReportVersion.objects.select_related("report__state").filter(report=report).order_by("-number").first()


def in_force(report: Report) -> ReportVersion:
    """The same of a report that was filed."""
    version = newest_version(report)
    assert version is not None, "a report that is no draft has a version"
    return version


def filed_versions_of(state: State) -> QuerySet[ReportVersion]:
    """What a new report of ``state`` can be carried forward from, latest period first.

    ``first_days_late`` is how late the report was: that of its first version, however often it was corrected.
    """
    first = ReportVersion.objects.filter(report=OuterRef("report"), number=1)
    return (
        latest_versions(Report.objects.with_state().filed().filter(state=state))
        .annotate(first_days_late=Subquery(first.values("days_late")[:1]))
        .order_by(F("report__year").desc(nulls_last=True), "-filed_at")
    )


def latest_filed(state: State) -> ReportVersion | None:
    """The report of the latest period that ``state`` has filed; an old one entered today does not come first."""
    return filed_versions_of(state).first()


def sections_to_do(drafts: Iterable[Report]) -> frozenset[int]:
    """Of these drafts, the keys of those in which nobody has said yet how some section stands. One query."""
    undecided = SectionDraft.objects.filter(report__in=list(drafts), standing=Standing.UNDECIDED)
    return frozenset(undecided.values_list("report", flat=True))


def outstanding(states: StateQuerySet, *, on: date) -> Iterator[tuple[Owed, Report | None]]:
    """What these States owe about now and have not filed, each with its draft if one is begun. Three queries."""
    return ((owed, begun) for owed, begun, _language in outstanding_in_words(states, on=on))


def outstanding_in_words(
    states: StateQuerySet, *, on: date, as_it_was: bool = False
) -> Iterator[tuple[Owed, Report | None, str]]:
    """The same with the language in which the State filed last: English where it is not known or none of the portal's.

    Three queries, for any number of States. ``as_it_was``: what was filed after ``on`` was not filed yet.
    """
    bound = list(states.exclude(entry_into_force=None).with_clocks())
    found: dict[tuple[int, str, int | None], Report] = {}
    languages: dict[int, str] = {}
    known = dict(settings.LANGUAGES)
    reports = Report.objects.filter(state__in=bound).exclude(status=ReportStatus.RECALLED)
    for report in reports.order_by(F("filed_at").asc(nulls_first=True), "pk"):
        if report.filed_at and report.language in known and report.provenance != Provenance.ISO:
            languages[report.state_id] = report.language
        key = (report.state_id, report.kind, report.year)
        if as_it_was and report.created_at.date() > on:
            continue
        if key not in found or report.status == ReportStatus.FILED:
            found[key] = report
    for state in bound:
        for owed in owed_around(state, on):
            begun = found.get((state.pk, owed.kind, owed.year))
            if begun is None and is_before_record(owed):
                continue
            was_open = as_it_was and begun and begun.filed_at and begun.filed_at.date() > on
            if begun is None or begun.status == ReportStatus.DRAFT or was_open:
                yield owed, begun, languages.get(state.pk, "en")
