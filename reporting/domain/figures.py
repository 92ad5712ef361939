"""Countable answers as rows: written at filing, made again at any time, added up by State and year.

A figure is derived from a filed version and never changed by hand. Statistics read the versions in force alone.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.postgres.aggregates import ArrayAgg
from django.db import transaction
from django.db.models import Count, Exists, F, Max, OuterRef, QuerySet, Sum
from django.urls import reverse

from ccm_portal.core.models import State
from reporting.enums import FigurePrecision, ReportKind
from reporting.form.editions import edition as edition_of
from reporting.form.figures import figures_of
from reporting.form.values.dates import last_day
from reporting.models import HEAVY, Report, ReportFigure, ReportVersion
from reporting.rules import published_reports

BATCH = 1_000


@dataclass(frozen=True)
class Total:
    """What a State reported of a measure for a year, added up; one for each unit or currency."""

    state: State
    year: int | None
    unit: str
    number: Decimal
    precision: FigurePrecision
    figures: int


@transaction.atomic
def write(version: ReportVersion) -> int:
    """Keep the figures of a version, in place of those that are there. Returns how many."""
    content = version.full_document
    withheld = set(version.withheld)
    year = _year(version.report, content["period"])
    ReportFigure.objects.filter(version=version).delete()
    made = [
        ReportFigure(
            version=version,
            state_id=version.report.state_id,
            year=year,
            measure=figure.measure,
            path=figure.path,
            item=figure.item,
            number=figure.number,
            precision=figure.precision,
            unit=figure.unit,
            withheld="/".join(figure.path.split(".")[:2]) in withheld,
        )
        for figure in figures_of(edition_of(content["edition"]), content)
    ]
    ReportFigure.objects.bulk_create(made, batch_size=BATCH)
    return len(made)


def rewrite(*, again: bool = False) -> Iterator[tuple[ReportVersion, int]]:
    """Make the figures of versions that have none, or of all: each version with the number of its figures."""
    versions = ReportVersion.objects.select_related("report").order_by("pk")
    if not again:
        versions = versions.filter(figures=None)
    for version in versions.iterator(chunk_size=20):
        yield version, write(version)


def _year(report: Report, period: dict[str, str | None]) -> int | None:
    """The year that a report is for; of an initial report the last year of its period, where that is known."""
    return report.year or (last_day(period["to"]).year if period["to"] else None)


def in_force(*, public: bool = True) -> QuerySet[ReportFigure]:
    """The figures of published reports in the version in force. Without ``public``, those kept for States Parties
    are among them: for the State itself and the office alone.

    Where a State filed an initial and an annual report for one year, the annual one speaks for it.
    """
    newest = (
        ReportVersion.objects.filter(report__in=published_reports())
        .values("report")
        .annotate(newest=Max("pk"))
        .values("newest")
    )
    annual = published_reports().filter(
        state=OuterRef("state"), year=OuterRef("year"), kind__in=[ReportKind.ANNUAL, ReportKind.VOLUNTARY]
    )
    figures = ReportFigure.objects.filter(version__in=newest).exclude(
        Exists(annual), version__report__kind=ReportKind.INITIAL
    )
    return figures.public() if public else figures


def totals(measure: str, *, years: Collection[int] | None = None, public: bool = True) -> list[Total]:
    """What each State reported of a measure in each year, latest year first. Two queries.

    A State and year without a row here gave no number: that is not zero.
    """
    figures = in_force(public=public).filter(measure=measure)
    if years is not None:
        figures = figures.filter(year__in=years)
    added = list(
        figures.values("state", "year", "unit")
        .annotate(
            number_in_all=Sum("number"), how_sure=ArrayAgg("precision", distinct=True), figures_in_all=Count("pk")
        )
        .order_by(F("year").desc(nulls_last=True), "state__iso3", "unit")
    )
    states = State.objects.in_bulk({row["state"] for row in added})
    return [
        Total(
            state=states[row["state"]],
            year=row["year"],
            unit=row["unit"],
            number=row["number_in_all"],
            precision=together(row["how_sure"]),
            figures=row["figures_in_all"],
        )
        for row in added
    ]


def together(precisions: Collection[str]) -> FigurePrecision:
    """How sure a sum is of which the parts are that sure."""
    unsure = set(precisions) - {FigurePrecision.EXACT}
    if not unsure:
        return FigurePrecision.EXACT
    return FigurePrecision(unsure.pop()) if len(unsure) == 1 else FigurePrecision.ABOUT


def listed(*, public: bool = True) -> QuerySet[ReportFigure]:
    """The figures in force with their State, report and version, latest year first."""
    heavy = (f"version__{name}" for name in HEAVY)
    return (
        in_force(public=public)
        .select_related("state", "version__report__state")
        .defer(*heavy)
        .order_by(F("year").desc(nulls_last=True), "state__iso3", "version", "pk")
    )


def place_of(figure: ReportFigure) -> str:
    """Where a figure is read: its version, at its section."""
    report = figure.version.report
    address = reverse("reporting:report-version", args=[report.state.slug, report.slug, figure.version.number])
    return f"{address}#{figure.path.partition('.')[0]}"
