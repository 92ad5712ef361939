"""Spreadsheets that leave: a report, the list of reports, a year's record. In the language that the address names."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import override

from ccm_portal.core import clock
from ccm_portal.core.http import public_page
from ccm_portal.core.sheets import CSV, XLSX
from ccm_portal.core.views.giving_out import given
from ccm_portal.core.views.marks import mark
from reporting.domain import exports, published, tables
from reporting.domain.report_tables import ReportTables
from reporting.filters import ReportFilter
from reporting.models import ReportVersion
from reporting.rules import published_versions
from reporting.views.changes import gone_if_recalled
from reporting.views.files import site


@public_page(mark)
@gone_if_recalled
def report_xlsx(request: HttpRequest, state: str, slug: str, number: int) -> HttpResponse:
    version = _version(state, slug, number)
    found = ReportTables(version, _language(request, version.report.language))
    return given(found.xlsx(), _named(version, "xlsx"), kind=XLSX)


@public_page(mark)
@gone_if_recalled
def report_csv(request: HttpRequest, state: str, slug: str, number: int) -> HttpResponse:
    version = _version(state, slug, number)
    found = ReportTables(version, _language(request, version.report.language))
    return given(found.csv(), _named(version, "csv"), kind=CSV)


@public_page(mark)
def list_xlsx(request: HttpRequest) -> HttpResponse:
    language = _language(request)
    with override(language):
        listing = _listing(request)
        return given(listing.xlsx(at=clock.now(), language=language), "ccm-reports.xlsx", kind=XLSX)


@public_page(mark)
def list_csv(request: HttpRequest) -> HttpResponse:
    with override(_language(request)):
        return given(_listing(request, coded=True).csv(), "ccm-reports.csv", kind=CSV)


@public_page(mark)
def status_xlsx(request: HttpRequest, year: int) -> HttpResponse:
    now = clock.now()
    if not published.FIRST_YEAR <= year <= published.reporting_year(now.date()):
        raise Http404
    language = _language(request)
    with override(language):
        listing = tables.status(published.record(year, at=now), site=site())
        return given(listing.xlsx(at=now, language=language), f"ccm-reports-{year}.xlsx", kind=XLSX)


def _version(state: str, slug: str, number: int) -> ReportVersion:
    return get_object_or_404(
        published_versions().defer("content", "salts", "receipt"),
        report__state__slug=state,
        report__slug=slug,
        number=number,
    )


def _listing(request: HttpRequest, *, coded: bool = False) -> tables.Listing:
    return tables.reports(ReportFilter(request.GET, queryset=published.listed()).qs, site=site(), coded=coded)


def _language(request: HttpRequest, otherwise: str = "en") -> str:
    """The language that the address asks for, if the portal has it."""
    asked = request.GET.get("lang", "")
    return asked if asked in dict(settings.LANGUAGES) else otherwise


def _named(version: ReportVersion, ending: str) -> str:
    return exports.export_name(version).removesuffix("json") + ending
