"""What the world reads: the list of reports, a report, who has filed, the checks, receipts."""

import json
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language

from ccm_portal.core import clock
from ccm_portal.core.http import KEPT_SECONDS, public_page
from ccm_portal.core.panels import record_panels
from ccm_portal.core.views.marks import mark
from reporting.domain import exports, papers, places, published, published_checks, questions
from reporting.domain.comparing import earlier
from reporting.domain.queries import FilingStatus, record_of
from reporting.domain.reading import (
    Reading,
    lateness_words,
    lettered_as,
    report_before,
    year_strip,
)
from reporting.enums import Audience, PdfStatus, Provenance
from reporting.filters import ReportFilter
from reporting.form.sentences import period_words
from reporting.models import HEAVY, Report, ReportPdf, ReportVersion, load_public_copies
from reporting.rules import published_reports, published_versions
from reporting.views.changes import recalled_notice, recalled_receipt

PAGE = 50
LOOKS_AGAIN_SECONDS = "4"


@public_page(mark)
def report_list(request: HttpRequest) -> HttpResponse:
    filtered = ReportFilter(request.GET, queryset=published.listed())
    page = Paginator(filtered.qs, PAGE).get_page(request.GET.get("page"))
    return render(request, "reporting/report_list.html", {"filter": filtered, "page": page})


@public_page(mark)
def report_detail(request: HttpRequest, state: str, slug: str, number: int | None = None) -> HttpResponse:
    report = published_reports().prefetch_related("state__clocks").filter(state__slug=state, slug=slug).first()
    if report is None:
        return recalled_notice(request, state, slug)
    of_state = list(published_versions().filter(report__state=report.state_id).defer(*HEAVY))
    versions = sorted((one for one in of_state if one.report_id == report.pk), key=lambda one: -one.number)
    version = next((one for one in versions if number in (None, one.number)), None)
    if version is None:
        raise Http404
    at = clock.now()
    rows = record_of(report.state, at=at)
    context = {
        "report": report,
        "version": version,
        "versions": versions,
        "first": versions[-1],
        "from_paper": versions[-1].provenance == Provenance.ISO,
        "before_it": earlier(version, of_state),
        "paper": papers.paper_of(report) if version.provenance == Provenance.ISO else None,
        "asked": [
            {"it": one, "place": places.place_title(report, one.place)} for one in questions.shown_beside(report)
        ],
        "newer": versions[0] if versions[0].number > version.number else None,
        "demonstration": version.provenance == Provenance.DEMONSTRATION,
        "entered": version.provenance == Provenance.ISO,
        "years": year_strip(rows, base=f"{reverse('reporting:report-list')}{report.state.slug}/", current=report.slug),
        "panels": record_panels(version, at=at),
        **_body(report, version, of_state),
    }
    return render(request, "reporting/report_detail.html", context)


def _body(report: Report, version: ReportVersion, of_state: list[ReportVersion]) -> dict[str, Any]:
    """The drawn text and what stands beside it. A filed version never changes, but for what later ones keep of it, so
    it is drawn once a language."""
    language = get_language() or "en"
    before = report_before(version, of_state)
    place = f"{settings.RELEASE}:{version.receipt_number}:{version.pk}:{before.pk if before else 0}"
    later = [max(one.kept_by_later.values(), default=0) for one in (version, before) if one]
    standing = sha256(repr(sorted(one.pk for one in of_state)).encode()).hexdigest()[:16]  # what it may link to
    key = f"report-body:{place}:{standing}:{later}:{language}".replace(" ", "")
    kept = caches["pages"].get(key)
    if kept is None:
        load_public_copies(one for one in (version, before) if one)
        reading = Reading(version, before=before, of_state=of_state)
        sections = reading.sections(language)
        context = {"sections": sections, "report": report, "version": version, "language": report.language}
        context["lettered_as"] = lettered_as(report, language)
        kept = {
            "body": render_to_string("reporting/report_body.html", context),
            "contents": [
                {"url": f"#{one.shown.key}", "letter": one.shown.letter, "title": one.shown.title, "new": one.new}
                for one in sections
            ],
            "period": period_words(reading.content["period"], language),
            "provisional": bool(reading.content.get("provisional")),
            "withheld": bool(version.withheld),
            "digest": version.public_export["receipt"]["hash"],
        }
        caches["pages"].set(key, kept, KEPT_SECONDS)
    return {**kept, "before": before}


@public_page(mark)
def filing_status(request: HttpRequest, year: int | None = None) -> HttpResponse:
    on = clock.today()
    current = published.reporting_year(on)
    year = year or current
    if not published.FIRST_YEAR <= year <= current:
        raise Http404
    record = published.record(year, at=clock.now())
    region, order = request.GET.get("region", ""), request.GET.get("sort", "")
    context = {
        "year": year,
        "on": on,
        "record": record,
        "rows": published.arranged(record.rows, region=region, order=order),
        "tiles": published.tiles(record.rows, base=reverse("dashboard:state-list")),
        "legend": published.legend(record.rows),
        "regions": published.regions(record.rows),
        "region": region,
        "order": order,
        "years": range(current, published.FIRST_YEAR - 1, -1),
        "orders": [(key, label) for key, label in published.ORDER_LABELS.items()],
        "columns": [(key, label) for key, label in published.COLUMNS.items()],
    }
    return render(request, "reporting/filing_status.html", context)


@public_page(lambda request: "")
def check_list(request: HttpRequest) -> HttpResponse:
    return render(request, "reporting/check_list.html", {"groups": published_checks.listed()})


@public_page(mark)
def receipt_detail(request: HttpRequest, number: str) -> HttpResponse:
    version = (
        published_versions().defer("content", "public_content", "salts").filter(receipt_number=number.upper()).first()
    )
    if version is None:
        return recalled_receipt(request, number.upper())
    context = {
        "version": version,
        "report": version.report,
        "receipt": json.loads(version.receipt),
        "file_name": exports.export_name(version),
        "standing": FilingStatus.LATE if version.days_late else FilingStatus.ON_TIME,
        "standing_label": lateness_words(version.days_late) if version.due and version.number == 1 else "",
        "demonstration": version.provenance == Provenance.DEMONSTRATION,
        "entered": version.provenance == Provenance.ISO,
    }
    return render(request, "reporting/receipt_detail.html", context)


@public_page()
def report_paper(request: HttpRequest, state: str, slug: str, number: int) -> HttpResponse:
    """The way to the PDF: to the file once it is there, until then a page that says how it stands and looks again."""
    version = (
        published_versions().defer(*HEAVY).filter(report__state__slug=state, report__slug=slug, number=number).first()
    )
    if version is None:
        return recalled_notice(request, state, slug)
    pdf = ReportPdf.objects.filter(version=version, audience=Audience.PUBLIC).first()
    if pdf and pdf.status == PdfStatus.READY:
        return redirect("files:report-pdf", state=state, slug=slug, number=number)
    failed = pdf is not None and pdf.status == PdfStatus.FAILED
    context = {"version": version, "report": version.report, "pdf": pdf, "failed": failed}
    answer = render(request, "reporting/report_paper.html", context)
    if not failed:
        answer["Refresh"] = LOOKS_AGAIN_SECONDS
    return answer
