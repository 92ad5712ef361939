"""A State's own desk for reports: what is due, starting a report, its task list, its preview."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ccm_portal.core import clock
from ccm_portal.core.http import private_page
from ccm_portal.core.models import State, User
from ccm_portal.core.permissions import may, require
from ccm_portal.core.workflow import TransitionRefused
from reporting.domain import asking, colleagues, comparing, contents, drafts, overview, papers
from reporting.domain.obligations import is_asked
from reporting.domain.queries import FilingRow, FilingStatus, deadline_of, filed_versions_of, outstanding, record_of
from reporting.domain.reading import Read, blocks_of, lettered_as, passages
from reporting.due_items import basis_of
from reporting.enums import ReportKind, StartFrom
from reporting.form.editions import edition as edition_of
from reporting.form.sentences import presented_report
from reporting.forms import NoteForm, SeenForm, StartForm
from reporting.models import Report, SectionDraft
from reporting.rules import approvers_of, own_drafts, own_reports, own_states, visible_comments, visible_drafts
from reporting.views import starting
from reporting.views.section_comments import where

SOON = 30
HERE_WITHIN = timedelta(minutes=10)


@private_page
def my_state(request: HttpRequest, state: str) -> HttpResponse:
    here = get_object_or_404(own_states(request.user), slug=state)
    may_start = may(request.user, "reporting.start_draft", here)
    now = clock.now()
    due = [
        {
            "owed": owed,
            "draft": draft,
            "basis": basis_of(owed),
            "ends": deadline_of(owed.due),
            "standing": _urgency(owed.due, now.date()),
        }
        for owed, draft in outstanding(State.objects.filter(pk=here.pk), on=now.date())
    ]
    record = record_of(here, at=now)
    listed = {item["owed"].year for item in due}
    begun = list(own_reports(request.user).open().filter(state=here).order_by("due", "pk"))
    recalled = starting.recalled_of(request.user, here)
    context = {
        "state": here,
        "today": now.date(),
        "due": due,
        "owes": is_asked(here, now.date()),
        "may_start": may_start,
        "drafts": [report for report in begun if not report.is_entry],
        "entries": [report for report in begun if report.is_entry],
        "filed": filed_versions_of(here)[:30],
        "recalled": recalled,
        "may_reinstate": bool(recalled) and may(request.user, "reporting.recall_report", recalled[0]),
        "years": [_year(row, may_start=may_start) for row in record if row.year],
        "gaps": any(row.status == FilingStatus.MISSING and row.year and row.year not in listed for row in record),
        "kinds": ReportKind,
    }
    return render(request, "reporting/draft_desk.html", context)


def _year(row: FilingRow, *, may_start: bool) -> dict[str, Any]:
    """One year of the strip: a link to the report, or to starting it where it is missing."""
    url = ""
    if row.report:
        url = row.report.get_absolute_url()
    elif may_start:
        url = f"{reverse('reporting:draft-start', args=[row.state.slug])}?kind={row.kind}&year={row.year}"
    return {
        "year": row.year,
        "status": row.status.drawn,
        "words": row.status.label,
        "url": url,
    }


def _urgency(due: date, today: date) -> str:
    days = (due - today).days
    return "past" if days < 0 else "soon" if days <= SOON else "ahead"


@private_page
def draft_start(request: HttpRequest, state: str) -> HttpResponse:
    here = get_object_or_404(own_states(request.user), slug=state)
    require(request.user, "reporting.start_draft", here)
    versions = list(filed_versions_of(here))

    form = _start_form(request, versions)
    valid = form.is_valid()
    if valid and form.cleaned_data["how"] == StartFrom.FILE:
        return starting.start_from_file(request, here, form, heading=_heading(form))
    if valid:
        base = next((v for v in versions if str(v.pk) == form.cleaned_data.get("base")), None)
        try:
            report = drafts.start_report(
                state=here,
                kind=form.cleaned_data["kind"],
                year=form.cleaned_data.get("year"),
                how=form.cleaned_data["how"],
                base=base,
                changed=form.cleaned_data.get("changed", ()),
                language=form.cleaned_data["language"],
                by=request.user,
                at=clock.now(),
            )
        except drafts.AlreadyBegun as refusal:
            messages.info(request, str(refusal))
            return redirect(_place_of(refusal.report))
        except drafts.StartRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect(report.get_draft_url())
    context = {
        "state": here,
        "form": form,
        "heading": _heading(form),
        "is_voluntary": form["kind"].value() == ReportKind.VOLUNTARY,
        "refusal": _year_refused(request),
    } | starting.met(
        request, here, kind=form["kind"].value(), year=form["year"].value() if "year" in form.fields else ""
    )
    return render(request, "reporting/draft_start.html", context)


def _year_refused(request: HttpRequest) -> str:
    """Why the year in the address is none to start; "" if it may be."""
    asked = request.GET.get("year", "")
    if request.method == "POST" or not asked:
        return ""
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else None
    return drafts.year_refused(year, on=clock.today())


def _heading(form: StartForm) -> str:
    kind = form["kind"].value()
    if kind == ReportKind.ANNUAL:
        return _("Start the report for %(year)s") % {"year": form["year"].value()}
    return _("Start the initial report") if kind == ReportKind.INITIAL else _("Start a voluntary report")


def _start_form(request: HttpRequest, versions: list[Any]) -> StartForm:
    kind = request.GET.get("kind", ReportKind.VOLUNTARY)
    if kind not in ReportKind.values:
        kind = ReportKind.VOLUNTARY
    initial = {
        "kind": kind,
        "year": request.GET.get("year") or clock.today().year,
        "how": StartFrom.NOTHING_CHANGED if kind != ReportKind.INITIAL else StartFrom.SOME_CHANGED,
        "language": get_language(),
    }
    edition = edition_of(drafts.CURRENT_EDITION)
    return StartForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        initial=initial,
        versions=versions,
        sections=[(section.key, str(section.title)) for section in edition.in_order(language=get_language())[1:]],
        languages=settings.LANGUAGES,
    )


def _place_of(report: Report) -> str:
    """A page of the State's own, where what is to be told is shown at once."""
    if report.is_open:
        return report.get_draft_url()
    return report.get_receipt_url()


@private_page
def draft_detail(request: HttpRequest, state: str, slug: str) -> HttpResponse:
    report = _visible_draft(request, state, slug)
    now = clock.now()
    whole = overview.of_draft(report, for_person=request.user, since=now - HERE_WITHIN, on=now.date())
    context = {
        "report": report,
        "state": report.state,
        "today": now.date(),
        "base": contents.beside(report),
        "note_form": NoteForm(initial={"note": report.correction_note, "was": report.correction_note}),
        "overview": whole,
        "may_edit": may(request.user, "reporting.edit_draft", report),
        "may_file": may(request.user, "reporting.file_report", report),
        "may_show": may(request.user, "reporting.show_draft_to_iso", report),
        "approvers": approvers_of(report.state, on=now.date()),
        "entry": _entry(report, whole.drafts, request.user) if report.is_entry else None,
    } | _among_colleagues(request, report)
    return render(request, "reporting/draft_detail.html", context)


def _among_colleagues(request: HttpRequest, report: Report) -> dict[str, Any]:
    """What stands beside the task list for the delegation alone: loans, comments, and the request to file."""
    if not may(request.user, "reporting.view_own_report", report):
        return {"borrowers": {}, "said": [], "said_in": {}, "asked": None}
    edition = edition_of(report.edition)
    said = list(visible_comments(request.user).filter(section__report=report, settled_at=None).order_by("pk"))
    for comment in said:
        section = edition.section(comment.section.key)
        comment.where = where(section, comment.path)  # type: ignore[attr-defined]
        comment.section_title = section.title  # type: ignore[attr-defined]
    return {
        "borrowers": colleagues.borrowers(report, at=clock.now()),
        "said": said,
        "said_in": Counter(comment.section.key for comment in said),
        "asked": asking.asked_of(report),
    }


def _entry(report: Report, drafted: list[SectionDraft], user: User) -> dict[str, Any]:
    """What a paper that the ISO is entering shows besides its sections."""
    return {
        "paper": papers.paper_of(report),
        "office": may(user, "reporting.enter_paper", report),
        "may_take_over": may(user, "reporting.take_over_entry", report),
        "form": SeenForm(initial={"seen": {draft.key: draft.version for draft in drafted}}),
    }


@private_page
@require_POST
def draft_show(request: HttpRequest, state: str, slug: str) -> HttpResponse:
    """Let the ISO read the draft, or end that."""
    report = get_object_or_404(own_drafts(request.user), state__slug=state, slug=slug)
    require(request.user, "reporting.show_draft_to_iso", report)
    shown = request.POST.get("shown") == "yes"
    try:
        report = drafts.show_to_iso(report=report, shown=shown, by=request.user, at=clock.now())
    except TransitionRefused as refusal:
        messages.info(request, str(refusal))
        return redirect(_place_of(report))
    if report.shown_to_iso_at:
        messages.success(request, _("The ISO can read this draft now. You can end that at any time."))
    else:
        messages.success(request, _("The ISO can no longer see this draft."))
    return redirect(report.get_draft_url())


@private_page
def draft_preview(request: HttpRequest, state: str, slug: str) -> HttpResponse:
    report = _visible_draft(request, state, slug)
    drafted = list(report.sections.all())
    document = contents.document_of(report, drafted)
    withheld = contents.withheld_parts(document, drafted)
    words = presented_report(edition_of(report.edition), document, get_language(), withheld=withheld)
    before = comparing.before_draft(report)
    context = {
        "report": report,
        "state": report.state,
        "before": before,
        "withheld": withheld,
        "may_edit": may(request.user, "reporting.edit_draft", report),
        "sections": [
            Read(section, tuple(passages(section.blocks, blocks_of(before, section.key, get_language() or "en"))))
            for section in words
        ],
        "language": report.language,
        "lettered_as": lettered_as(report, get_language() or "en"),
        "contents": [{"label": section.title, "url": f"#{section.key}"} for section in words],
    }
    return render(request, "reporting/draft_preview.html", context)


def _visible_draft(request: HttpRequest, state: str, slug: str) -> Report:
    return get_object_or_404(visible_drafts(request.user), state__slug=state, slug=slug)
