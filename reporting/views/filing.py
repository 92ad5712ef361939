"""Filing a report, and the receipt afterwards."""

import secrets

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language

from ccm_portal.core import clock
from ccm_portal.core.http import private_page
from ccm_portal.core.permissions import may, require
from reporting.domain import comparing, filing, overview, transmissions
from reporting.domain.queries import days_late, deadline_of
from reporting.enums import Provenance, ReportStatus
from reporting.forms import FileForm
from reporting.models import HEAVY, Report, ReportVersion
from reporting.rules import approvers_of, own_reports
from reporting.views.afterwards import afterwards_of
from reporting.views.corrections import afterwards, correction_file
from reporting.views.drafting import HERE_WITHIN


@private_page
def draft_file(request: HttpRequest, state: str, slug: str) -> HttpResponse:
    report = _own_report(request, state, slug)
    if not report.is_open:
        return redirect(report.get_receipt_url())
    if report.is_correcting:
        return correction_file(request, report)
    may_file = may(request.user, "reporting.file_report", report)
    form = None
    if request.method == "POST":
        require(request.user, "reporting.file_report", report)
        form = FileForm(request.POST)
        if form.is_valid():
            try:
                filing.file_report(
                    report=report,
                    by=request.user,
                    at=clock.now(),
                    filing_key=form.cleaned_data["filing_key"],
                    seen=form.cleaned_data["seen"],
                    provisional=form.cleaned_data["provisional"],
                )
            except (filing.ReportIncomplete, filing.ChangedSinceSeen, filing.KeyUsed, filing.TwinFiled) as refusal:
                form.add_error(None, str(refusal))
            except filing.AlreadyFiled as refusal:
                messages.info(request, str(refusal))
                return redirect(report.get_receipt_url())
            else:
                return redirect(report.get_receipt_url())
    now = clock.now()
    whole = overview.of_draft(report, for_person=request.user, since=now - HERE_WITHIN, on=now.date())
    fresh = {"filing_key": secrets.token_hex(16), "seen": {draft.key: draft.version for draft in whole.drafts}}
    fresh["provisional"] = form["provisional"].value() if form else report.provisional
    before = comparing.before_draft(report)
    context = {
        "report": report,
        "state": report.state,
        "refused": form,
        "form": FileForm(initial=fresh),
        "before": before,
        "difference": comparing.private_difference(before, whole.document, get_language() or "en") if before else None,
        "overview": whole,
        "may_file": may_file,
        "approvers": approvers_of(report.state, on=now.date()),
        "today": now.date(),
        "days_late": days_late(due=report.due, at=now),
        "deadline": deadline_of(report.due),
    }
    return render(request, "reporting/draft_file.html", context)


@private_page
def draft_filed(request: HttpRequest, state: str, slug: str) -> HttpResponse:
    """The receipt, for the State's own people: with what still happens to the report."""
    report = _own_report(request, state, slug)
    if report.status == ReportStatus.DRAFT:
        return redirect(report.get_draft_url())
    version = (
        ReportVersion.objects.select_related("report__state", "filed_by", "transmission")
        .prefetch_related("pdfs")
        .filter(report=report)
        .order_by("-number")[0]
    )
    context = {
        "report": report,
        "state": report.state,
        "version": version,
        "entered": version.provenance == Provenance.ISO,
        "is_demonstration": version.provenance == Provenance.DEMONSTRATION,
        "sending": transmissions.sending_of(version),
        "pdfs": [
            {"audience": pdf.get_audience_display(), "status": pdf.status, "words": pdf.get_status_display()}
            for pdf in sorted(version.pdfs.all(), key=lambda pdf: pdf.audience)
        ],
        "deadline": deadline_of(version.due),
        "versions": ReportVersion.objects.filter(report=report).defer(*HEAVY).order_by("-number"),
        **afterwards(report, request.user),
        **afterwards_of(report, version, request.user),
    }
    return render(request, "reporting/draft_filed.html", context)


def _own_report(request: HttpRequest, state: str, slug: str) -> Report:
    return get_object_or_404(own_reports(request.user), state__slug=state, slug=slug)
