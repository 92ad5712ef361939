"""The whole of a filed report, for those whom a State means by "for States Parties only". Decision 0010."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from ccm_portal.core.http import private_page
from ccm_portal.core.views.giving_out import given
from reporting.domain import documents, exports, keeping
from reporting.enums import Audience, PdfStatus
from reporting.form.editions import edition as edition_of
from reporting.models import ReportPdf, ReportVersion
from reporting.rules import visible_full_copies


@require_safe
@private_page
def full_copy(request: HttpRequest, state: str, slug: str, number: int) -> HttpResponse:
    """Where both files are, and what in them the public does not read."""
    version = _version(request, state, slug, number)
    form = edition_of(version.report.edition)
    context = {
        "report": version.report,
        "state": version.report.state,
        "version": version,
        "kept": [keeping.titles(form, name) for name in version.withheld],
        "pdf": ReportPdf.objects.filter(version=version, audience=Audience.FULL).first(),
    }
    return render(request, "reporting/full_copy.html", context)


@require_safe
@private_page
def full_pdf(request: HttpRequest, state: str, slug: str, number: int) -> HttpResponseBase:
    version = _version(request, state, slug, number)
    pdf = ReportPdf.objects.select_related("file").filter(version=version, audience=Audience.FULL).first()
    if pdf is None or pdf.status != PdfStatus.READY:
        return redirect("reporting:full-copy", state=state, slug=slug, number=number)
    return FileResponse(
        pdf.file.file.open("rb"),
        as_attachment=True,
        filename=_whole(documents.file_name(version)),
        content_type="application/pdf",
    )


@require_safe
@private_page
def full_json(request: HttpRequest, state: str, slug: str, number: int) -> HttpResponse:
    version = _version(request, state, slug, number)
    return given(exports.export_text(version, Audience.FULL), _whole(exports.export_name(version)))


def _version(request: HttpRequest, state: str, slug: str, number: int) -> ReportVersion:
    return get_object_or_404(
        visible_full_copies(request.user), report__state__slug=state, report__slug=slug, number=number
    )


def _whole(name: str) -> str:
    """The file's name, so that nobody takes it for the public one: ``ccm-lao-pdr-2025-v1-full.pdf``."""
    stem, _dot, kind = name.rpartition(".")
    return f"{stem}-full.{kind}"
