"""Reports that came on paper: the ISO enters them, the State confirms them."""

import secrets

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ccm_portal.core import clock, files
from ccm_portal.core.http import private_page
from ccm_portal.core.permissions import may, require
from reporting.domain import filing, overview, papers
from reporting.domain.reading import Read, lettered_as, passages
from reporting.enums import Confirmation
from reporting.form.editions import edition as edition_of
from reporting.form.sentences import presented_report
from reporting.forms import SeenForm
from reporting.forms_afterwards import BeginPaperForm, ContestForm, DropPaperForm, EnterPaperForm, RevisionForm
from reporting.models import Report, ReportVersion
from reporting.rules import entries, office_reports, own_reports, visible_drafts, visible_papers
from reporting.views.drafting import HERE_WITHIN


@private_page
def paper_begin(request: HttpRequest) -> HttpResponse:
    if not may(request.user, "reporting.look_after_reports", None):
        raise Http404
    initial = {"language": "en", "year": clock.today().year - 1}
    form = BeginPaperForm(request.POST or None, request.FILES or None, initial=initial)
    if form.is_valid():
        cleaned = form.cleaned_data
        sent = cleaned["source"]
        try:
            paper = papers.begin(
                state=cleaned["state"],
                kind=cleaned["kind"],
                year=cleaned["year"],
                language=cleaned["language"],
                channel=cleaned["channel"],
                received_on=cleaned["received_on"],
                source=(sent.name, sent.read()) if sent else None,
                remarks=cleaned["remarks"],
                by=request.user,
                at=clock.now(),
            )
        except (papers.PaperRefused, files.FileRefused) as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(paper.report.get_draft_url())
    return render(request, "reporting/paper_begin.html", {"form": form}, status=422 if form.errors else 200)


@private_page
def paper_enter(request: HttpRequest, state: str, slug: str) -> HttpResponse:
    """The last look before what was entered is published."""
    report = entries(request.user).filter(state__slug=state, slug=slug).first()
    if report is None:  # a second press of the button, or a colleague was faster
        get_object_or_404(office_reports(request.user), state__slug=state, slug=slug)
        return redirect("reporting:office-report", state, slug)
    require(request.user, "reporting.enter_paper", report)
    form = None
    if request.method == "POST":
        form = EnterPaperForm(request.POST)
        if form.is_valid():
            try:
                papers.enter(
                    report=report,
                    note=form.cleaned_data["note"],
                    filing_key=form.cleaned_data["filing_key"],
                    seen=form.cleaned_data["seen"],
                    by=request.user,
                    at=clock.now(),
                )
            except (papers.PaperRefused, filing.ChangedSinceSeen, filing.KeyUsed) as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("The report is entered and public. The State is asked to confirm it."))
                return redirect("reporting:office-report", state, slug)
    now = clock.now()
    whole = overview.of_draft(report, for_person=request.user, since=now - HERE_WITHIN, on=now.date())
    fresh = {
        "filing_key": secrets.token_hex(16),
        "seen": {draft.key: draft.version for draft in whole.drafts},
        "note": form["note"].value() if form else "",
    }
    context = {
        "report": report,
        "state": report.state,
        "paper": papers.paper_of(report),
        "overview": whole,
        "refused": form,
        "form": EnterPaperForm(initial=fresh),
    }
    return render(request, "reporting/paper_enter.html", context, status=422 if form else 200)


@private_page
def paper_drop(request: HttpRequest, state: str, slug: str) -> HttpResponse:
    """Give an entry up, after reading what is lost by it."""
    report = entries(request.user).filter(state__slug=state, slug=slug).first()
    if report is None:  # a colleague was faster, or entered it
        get_object_or_404(office_reports(request.user), state__slug=state, slug=slug)
        return redirect("reporting:office-report", state, slug)
    require(request.user, "reporting.enter_paper", report)
    form = None
    if request.method == "POST":
        form = DropPaperForm(request.POST)
        if form.is_valid():
            try:
                papers.drop(report=report, by=request.user, at=clock.now(), seen=form.cleaned_data["seen"])
            except filing.ChangedSinceSeen as refusal:
                form.add_error(None, str(refusal))
            except papers.PaperRefused as refusal:
                messages.info(request, str(refusal))
                return redirect("reporting:office-reports")
            else:
                messages.success(request, _("The entry is given up. Nothing of it was public."))
                return redirect("reporting:office-reports")
    now = clock.now()
    whole = overview.of_draft(report, for_person=request.user, since=now - HERE_WITHIN, on=now.date())
    context = {
        "report": report,
        "state": report.state,
        "paper": papers.paper_of(report),
        "written": [task for task in whole.tasks if task.draft.version > 1],
        "refused": form,
        "form": DropPaperForm(initial={"seen": {draft.key: draft.version for draft in whole.drafts}}),
    }
    return render(request, "reporting/paper_drop.html", context, status=422 if form else 200)


@private_page
@require_POST
def paper_take_over(request: HttpRequest, state: str, slug: str) -> HttpResponse:
    """The State goes on with the draft itself."""
    report = get_object_or_404(visible_drafts(request.user), state__slug=state, slug=slug)
    require(request.user, "reporting.take_over_entry", report)
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else {}
    try:
        papers.take_over(report=report, seen=seen, by=request.user, at=clock.now())
    except papers.PaperRefused as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("The draft is yours now. The ISO no longer sees it."))
    return redirect(report.get_draft_url())


@private_page
def paper_confirm(request: HttpRequest, state: str, slug: str) -> HttpResponse:
    """The source beside the entry, and two choices: confirm it, or say what is wrong."""
    report = get_object_or_404(own_reports(request.user).filed(), state__slug=state, slug=slug)
    paper = get_object_or_404(visible_papers(request.user), report=report)
    may_answer = may(request.user, "reporting.confirm_entry", report)
    refused = None
    if request.method == "POST":
        require(request.user, "reporting.confirm_entry", report)
        confirms = request.POST.get("do") == "confirm"
        refused = (RevisionForm if confirms else ContestForm)(request.POST)
        if refused.is_valid():
            seen = {"paper": paper, "revision": refused.cleaned_data["revision"]}
            try:
                if confirms:
                    papers.confirm(**seen, by=request.user, at=clock.now())
                    messages.success(request, _("Confirmed. Readers see that your State has confirmed the report."))
                else:
                    text = refused.cleaned_data["text"]
                    papers.contest(**seen, text=text, by=request.user, at=clock.now())
                    messages.success(
                        request, _("The ISO is told what is wrong. Readers see that the entry is not right.")
                    )
            except papers.PaperChanged as refusal:
                paper = refusal.paper
                refused.add_error(None, str(refusal))
            except papers.PaperRefused as refusal:
                refused.add_error(None, str(refusal))
            else:
                return redirect(report.get_receipt_url())
    first = report.versions.get(number=1)
    context = {
        "report": report,
        "state": report.state,
        "paper": paper,
        "may_answer": may_answer and paper.confirmation != Confirmation.CONFIRMED and papers.stands_as_entered(report),
        "refused": refused,
        "confirm_form": RevisionForm(initial={"revision": paper.revision}, auto_id="confirm_%s"),
        "contest_form": ContestForm(
            initial={"revision": paper.revision, "text": request.POST.get("text", paper.answer)}, auto_id="contest_%s"
        ),
        **_entry(report, first),
    }
    return render(request, "reporting/paper_confirm.html", context, status=422 if refused else 200)


def _entry(report: Report, version: ReportVersion) -> dict[str, object]:
    """What was entered, whole: this page is the State's own."""
    language = get_language() or "en"
    words = presented_report(edition_of(report.edition), version.full_document, language)
    return {
        "sections": [Read(section, tuple(passages(section.blocks))) for section in words],
        "language": report.language,
        "lettered_as": lettered_as(report, language),
    }


@require_safe
@private_page
def paper_source(request: HttpRequest, state: str, slug: str) -> HttpResponseBase:
    """The source as it was attached: for the State and the ISO alone."""
    paper = get_object_or_404(
        visible_papers(request.user).filter(source__isnull=False), report__state__slug=state, report__slug=slug
    )
    return FileResponse(
        paper.source.file.open("rb"),
        as_attachment=True,
        filename=paper.source.name,
        content_type=paper.source.content_type,
    )
