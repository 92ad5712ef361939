"""What a State does to a report that it has filed: correct it, give the correction up, recall it, put it back."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccm_portal.core import clock
from ccm_portal.core.http import private_page
from ccm_portal.core.permissions import may, require
from ccm_portal.core.workflow import TransitionRefused
from reporting.domain import comparing, contents, corrections, filing, keeping, overview, recalls
from reporting.domain.queries import in_force
from reporting.enums import ReportStatus
from reporting.forms import CorrectionForm, NoteForm, RecallForm, ReinstateForm, SeenForm
from reporting.models import Report
from reporting.rules import approvers_of, own_drafts, own_reports
from reporting.views.drafting import HERE_WITHIN


@private_page
@require_POST
def report_correct(request: HttpRequest, state: str, slug: str) -> HttpResponse:
    """Open a filed report for its correction."""
    report = _own_filed(request, state, slug)
    require(request.user, "reporting.correct_report", report)
    try:
        report = corrections.open_correction(report=report, by=request.user, at=clock.now())
    except TransitionRefused as refusal:
        messages.info(request, str(refusal))
        return redirect(report.get_receipt_url())
    return redirect(report.get_draft_url())


@private_page
@require_POST
def correction_note(request: HttpRequest, state: str, slug: str) -> HttpResponse:
    """Keep the note, before filing. Where a colleague has written another, both are shown."""
    report = get_object_or_404(own_drafts(request.user), state__slug=state, slug=slug)
    require(request.user, "reporting.correct_report", report)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return render(request, "reporting/correction_note.html", _of_note(report, form), status=422)
    note, was = form.cleaned_data["note"], form.cleaned_data["was"]
    try:
        corrections.write_note(report=report, note=note, was=was, by=request.user, at=clock.now())
    except corrections.CorrectionClosed as refusal:
        messages.info(request, str(refusal))
        return redirect(report.get_receipt_url())
    except corrections.NoteRefused as refusal:
        theirs = refusal.theirs if isinstance(refusal, corrections.NoteChanged) else was
        again = NoteForm({"note": note, "was": theirs})
        again.add_error("note", str(refusal))
        return render(request, "reporting/correction_note.html", _of_note(report, again), status=409)
    messages.success(request, _("The note is kept. It becomes public when the correction is filed."))
    return redirect(report.get_draft_url())


def _of_note(report: Report, form: NoteForm) -> dict[str, Any]:
    return {"report": report, "state": report.state, "form": form}


@private_page
def correction_abandon(request: HttpRequest, state: str, slug: str) -> HttpResponse:
    """Give a correction up, after reading what is lost by it."""
    report = get_object_or_404(own_drafts(request.user), state__slug=state, slug=slug)
    require(request.user, "reporting.correct_report", report)
    if not report.is_correcting:
        return redirect(report.get_draft_url())
    problem = ""
    if request.method == "POST":
        form = SeenForm(request.POST)
        seen = form.cleaned_data["seen"] if form.is_valid() else {}
        try:
            corrections.abandon_correction(report=report, seen=seen, by=request.user, at=clock.now())
        except corrections.MoreToLose as refusal:
            problem = str(refusal)
        except corrections.CorrectionClosed as refusal:
            messages.info(request, str(refusal))
            return redirect(report.get_receipt_url())
        else:
            messages.success(request, _("The correction is given up. What was filed stands as it was."))
            return redirect(report.get_receipt_url())
    version = in_force(report)
    drafts = list(report.sections.all())
    document = corrections.document_of(report, drafts)
    context = {
        "problem": problem,
        "form": SeenForm(initial={"seen": {draft.key: draft.version for draft in drafts}}),
        "report": report,
        "state": report.state,
        "version": version,
        "difference": comparing.private_difference(version, document, get_language() or "en"),
    }
    return render(request, "reporting/correction_abandon.html", context, status=409 if problem else 200)


def correction_file(request: HttpRequest, report: Report) -> HttpResponse:
    """The last page before a correction is filed: what it changes, why, and the approver's word."""
    may_file = may(request.user, "reporting.file_report", report)
    refused = None
    if request.method == "POST":
        require(request.user, "reporting.file_report", report)
        refused = CorrectionForm(request.POST)
        if refused.is_valid():
            sent = refused.cleaned_data
            try:
                corrections.file_correction(
                    report=report,
                    by=request.user,
                    at=clock.now(),
                    filing_key=sent["filing_key"],
                    seen=sent["seen"],
                    note=sent["note"],
                    provisional=sent["provisional"],
                )
            except (
                filing.ReportIncomplete,
                filing.ChangedSinceSeen,
                filing.KeyUsed,
                corrections.NothingCorrected,
            ) as refusal:
                refused.add_error(None, str(refusal))
            except corrections.NoteRefused as refusal:
                refused.add_error("note", str(refusal))
            except TransitionRefused as refusal:
                messages.info(request, str(refusal))
                return redirect(report.get_receipt_url())
            else:
                return redirect(report.get_receipt_url())
    return render(request, "reporting/draft_file.html", _of_filing(request, report, refused, may_file=may_file))


def _of_filing(
    request: HttpRequest, report: Report, refused: CorrectionForm | None, *, may_file: bool
) -> dict[str, Any]:
    now = clock.now()
    whole = overview.of_draft(report, for_person=request.user, since=now - HERE_WITHIN, on=now.date())
    before = in_force(report)
    fresh = {
        "filing_key": secrets.token_hex(16),
        "seen": {draft.key: draft.version for draft in whole.drafts},
        "note": refused["note"].value() if refused else report.correction_note,
        "provisional": bool(refused and refused["provisional"].value()),
    }
    withheld = contents.withheld_parts(whole.document, whole.drafts)
    withdrawn = keeping.withdrawn(report, contents.marked_parts(whole.drafts))
    return {
        "report": report,
        "state": report.state,
        "refused": refused,
        "form": CorrectionForm(initial=fresh),
        "overview": whole,
        "may_file": may_file,
        "approvers": approvers_of(report.state, on=now.date()),
        "today": now.date(),
        "before": before,
        "difference": comparing.private_difference(before, whole.document, get_language() or "en"),
        "withdrawn": withdrawn,
        "kept_otherwise": bool(withdrawn) or corrections.kept_otherwise(before, whole.document, withheld),
    }


@private_page
def report_recall(request: HttpRequest, state: str, slug: str) -> HttpResponse:
    """Take a report out of sight, saying why."""
    report = _own_filed(request, state, slug)
    require(request.user, "reporting.recall_report", report)
    if report.status == ReportStatus.RECALLED:
        return redirect(report.get_receipt_url())
    version = in_force(report)
    form = RecallForm(request.POST if request.method == "POST" else None, initial={"seen": version.number})
    if request.method == "POST" and form.is_valid():
        try:
            recalls.recall_report(
                report=report,
                reason=form.cleaned_data["reason"],
                seen=form.cleaned_data["seen"],
                by=request.user,
                at=clock.now(),
            )
        except recalls.RecallRefused as refusal:
            form.add_error(None, str(refusal))
        except TransitionRefused as refusal:
            messages.info(request, str(refusal))
            return redirect(report.get_receipt_url())
        else:
            messages.success(request, _("The report is recalled. You can put it back at any time."))
            return redirect(report.get_receipt_url())
    context = {"report": report, "state": report.state, "version": version, "form": form}
    return render(request, "reporting/report_recall.html", context)


@private_page
@require_POST
def report_reinstate(request: HttpRequest, state: str, slug: str) -> HttpResponse:
    """Put a recalled report back."""
    report = _own_filed(request, state, slug)
    require(request.user, "reporting.recall_report", report)
    form = ReinstateForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else None
    try:
        recalls.reinstate_report(report=report, seen=seen, by=request.user, at=clock.now())
    except (recalls.RecalledAnew, TransitionRefused) as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("The report is public again, as it was filed."))
    return redirect(report.get_receipt_url())


def afterwards(report: Report, user: Any) -> dict[str, bool]:
    """What this person may do to a filed report: the buttons to draw."""
    filed, recalled = report.status == ReportStatus.FILED, report.status == ReportStatus.RECALLED
    may_recall = may(user, "reporting.recall_report", report)
    return {
        "may_correct": filed and may(user, "reporting.correct_report", report),
        "may_recall": filed and may_recall and not report.is_correcting,
        "may_reinstate": recalled and may_recall,
    }


def _own_filed(request: HttpRequest, state: str, slug: str) -> Report:
    """A report that was filed: a draft has nothing to correct or recall."""
    reports = own_reports(request.user).exclude(status=ReportStatus.DRAFT)
    return get_object_or_404(reports, state__slug=state, slug=slug)
