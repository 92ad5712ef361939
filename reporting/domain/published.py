"""What the public reads: the reports in force, one year's record, who never filed the first report."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy

from ccm_portal.core.models import RegionGroup, State
from ccm_portal.core.tiles import tile
from reporting.domain.obligations import Owed, annual_owed, initial_owed
from reporting.domain.queries import FilingRow, FilingStatus, rows_of
from reporting.enums import ReportKind
from reporting.models import HEAVY, Report, ReportVersion
from reporting.rules import published_reports, published_versions

# The Convention entered into force on 1 August 2010; the first annual reports covered that year or the next.
FIRST_YEAR = 2010


def reporting_year(on: date) -> int:
    """The year that the reports now coming in cover: the last that is over."""
    return on.year - 1


@dataclass(frozen=True)
class Record:
    """One year's reports, and the initial reports that were never filed."""

    year: int
    rows: list[FilingRow]
    never_filed: list[FilingRow]

    def of(self, *statuses: FilingStatus) -> list[FilingRow]:
        return [row for row in self.rows if row.status in statuses]

    @property
    def on_time(self) -> list[FilingRow]:
        return self.of(FilingStatus.ON_TIME)

    @property
    def late(self) -> list[FilingRow]:
        return self.of(FilingStatus.LATE)

    @property
    def missing(self) -> list[FilingRow]:
        return self.of(FilingStatus.MISSING)

    @property
    def filed(self) -> list[FilingRow]:
        return self.of(FilingStatus.ON_TIME, FilingStatus.LATE, FilingStatus.UNDATED)

    @property
    def unrecorded(self) -> list[FilingRow]:
        """Due before the portal keeps record, and not here: nothing is said of them."""
        return self.of(FilingStatus.UNRECORDED)


def record(year: int, *, at: datetime) -> Record:
    """Who owes a report for ``year``, by name, what became of it, and who never filed the first. Three queries."""
    this_year: list[Owed] = []
    initial: list[Owed] = []
    for state in State.objects.exclude(entry_into_force=None).with_clocks().select_related("region_group").by_name():
        first = initial_owed(state)
        if first and first.record_year == year:
            this_year.append(first)
        if first and state.is_party_on(at.date()):
            initial.append(first)
        if annual := annual_owed(state, year):
            this_year.append(annual)
    reports = list(Report.objects.filed().filter(Q(kind=ReportKind.ANNUAL, year=year) | Q(kind=ReportKind.INITIAL)))
    missing = [row for row in rows_of(initial, reports, at=at) if row.status == FilingStatus.MISSING]
    return Record(year, rows_of(this_year, reports, at=at), missing)


def listed() -> QuerySet[Report]:
    """Every published report with what a list shows of it, filed last first. The first version tells lateness."""
    versions = ReportVersion.objects.filter(report=OuterRef("pk"))
    first = versions.filter(number=1)
    return (
        published_reports()
        .annotate(
            version=Subquery(versions.order_by("-number").values("number")[:1]),
            receipt_number=Subquery(versions.order_by("-number").values("receipt_number")[:1]),
            days_late=Subquery(first.values("days_late")[:1]),
        )
        .order_by("-filed_at", "-pk")
    )


def was_late() -> Exists:
    """The condition behind "late" in a list."""
    return Exists(ReportVersion.objects.filter(report=OuterRef("pk"), number=1, days_late__gt=0))


def latest_published(limit: int) -> list[ReportVersion]:
    """What was filed last, one line a report. One query."""
    versions = published_versions().defer(*HEAVY).order_by("-filed_at", "-pk")[: limit * 3]
    return list(_first_of_each(versions))[:limit]


def _first_of_each(versions: Iterable[ReportVersion]) -> Iterable[ReportVersion]:
    seen: set[int] = set()
    for version in versions:
        if version.report_id not in seen:
            seen.add(version.report_id)
            yield version


ORDERS: dict[str, Callable[[FilingRow], Any]] = {
    "due": lambda row: row.due,
    "filed": lambda row: row.filed_at or datetime.max.replace(tzinfo=UTC),
    "status": lambda row: list(FilingStatus).index(row.status),
    "late": lambda row: -row.days_late,
}
COLUMNS = {
    "": gettext_lazy("State"),
    "due": gettext_lazy("Due"),
    "filed": gettext_lazy("Filed"),
    "status": gettext_lazy("Standing"),
    "late": gettext_lazy("Days late"),
}
ORDER_LABELS = {
    "": gettext_lazy("State"),
    "due": gettext_lazy("Due, earliest first"),
    "filed": gettext_lazy("Filed, earliest first"),
    "status": gettext_lazy("Standing"),
    "late": gettext_lazy("Latest first"),
}


def arranged(rows: Iterable[FilingRow], *, region: str = "", order: str = "") -> list[FilingRow]:
    """The rows of one regional group, or of all, in an order that the address names; by name where it names none."""
    chosen = [row for row in rows if not region or (row.state.region_group and row.state.region_group.key == region)]
    return sorted(chosen, key=ORDERS[order]) if order in ORDERS else chosen


def regions(rows: Iterable[FilingRow]) -> list[RegionGroup]:
    groups = {row.state.region_group for row in rows if row.state.region_group}
    return sorted(groups, key=lambda group: group.name)


def tiles(rows: Iterable[FilingRow], *, base: str) -> list[dict[str, Any]]:
    """The map of who has filed: one square for each State that owed a report."""
    of_state: dict[int, FilingRow] = {}
    for row in rows:
        before = of_state.get(row.state.pk)
        if before is None or _weight(row) > _weight(before):
            of_state[row.state.pk] = row
    drawn = (
        tile(row.state, status=row.status.drawn, words=str(row.status.label), url=f"{base}{row.state.slug}/")
        for row in of_state.values()
    )
    return [one for one in drawn if one]


def _weight(row: FilingRow) -> int:
    """Where a State owed two reports, the square tells the worse."""
    return [
        FilingStatus.AWAITED,
        FilingStatus.UNRECORDED,
        FilingStatus.ON_TIME,
        FilingStatus.UNDATED,
        FilingStatus.LATE,
        FilingStatus.MISSING,
    ].index(row.status)


def legend(rows: Iterable[FilingRow]) -> list[tuple[str, str]]:
    """What the map's squares mean; what no report is in is left out, apart from the three that anyone looks for."""
    there = {row.status for row in rows} | {FilingStatus.ON_TIME, FilingStatus.LATE, FilingStatus.MISSING}
    return [(status.drawn, str(status.label)) for status in FilingStatus if status in there]
