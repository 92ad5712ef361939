"""Files that leave: PDF, JSON, receipts, and the program that checks them. Each passes the check of its report."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from ccm_portal.core import clock
from ccm_portal.core.http import public_page
from ccm_portal.core.sheets import CSV
from ccm_portal.core.views.giving_out import given
from ccm_portal.core.views.marks import mark
from reporting import receipt_check
from reporting.domain import documents, exports, published, tables
from reporting.enums import Audience, PdfStatus
from reporting.form.editions import EDITIONS
from reporting.form.schema import schema_text
from reporting.models import HEAVY, PUBLIC_COPY, ReportPdf
from reporting.rules import published_versions
from reporting.views.changes import gone_if_recalled

PROGRAM = Path(receipt_check.__file__)


def site() -> str:
    return settings.SITE_ADDRESS.rstrip("/")


@public_page()
@gone_if_recalled
def report_pdf(request: HttpRequest, state: str, slug: str, number: int) -> HttpResponseBase:
    version = get_object_or_404(
        published_versions().defer(*HEAVY), report__state__slug=state, report__slug=slug, number=number
    )
    pdf = ReportPdf.objects.select_related("file").filter(version=version, audience=Audience.PUBLIC).first()
    if pdf is None or pdf.status != PdfStatus.READY:
        return redirect("reporting:report-paper", state=state, slug=slug, number=number)
    tag = quote_etag(pdf.file.sha256)
    if held := get_conditional_response(request, etag=tag):
        return held
    return FileResponse(
        pdf.file.file.open("rb"),
        as_attachment=True,
        filename=documents.file_name(version),
        content_type="application/pdf",
        headers={"ETag": tag, "Cache-Control": "public, max-age=60"},
    )


@public_page(mark)
@gone_if_recalled
def report_json(request: HttpRequest, state: str, slug: str, number: int) -> HttpResponse:
    version = get_object_or_404(
        published_versions().only(*PUBLIC_COPY, "report__slug", "report__state__slug"),
        report__state__slug=state,
        report__slug=slug,
        number=number,
    )
    return given(exports.export_text(version, Audience.PUBLIC), exports.export_name(version))


@public_page(mark)
@gone_if_recalled
def receipt_json(request: HttpRequest, number: str) -> HttpResponse:
    version = get_object_or_404(
        published_versions().only("receipt", "receipt_number", "report__state__slug"), receipt_number=number.upper()
    )
    return given(version.receipt, f"{version.receipt_number}.json")


@public_page(lambda request: "")
def receipt_program(request: HttpRequest) -> HttpResponse:
    return given(PROGRAM.read_text(encoding="utf-8"), "receipt_check.py", kind="text/x-python; charset=utf-8")


@public_page(lambda request, edition: "")
def report_schema(request: HttpRequest, edition: str) -> HttpResponse:
    if edition not in EDITIONS:
        raise Http404
    return given(schema_text(EDITIONS[edition]), f"report-schema-{edition}.json")


@public_page(mark)
def status_csv(request: HttpRequest, year: int) -> HttpResponse:
    now = clock.now()
    if not published.FIRST_YEAR <= year <= published.reporting_year(now.date()):
        raise Http404
    table = tables.status_csv(published.record(year, at=now), site=site())
    return given(table, f"ccm-reports-{year}.csv", kind=CSV)
